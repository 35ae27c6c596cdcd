from django import forms

from bistro.staff.models import Shift


class ShiftForm(forms.ModelForm):  # L503 ShiftForm
    class Meta:
        model = Shift
        fields = ["waiter"]


class Plain(forms.Form):
    name = forms.CharField()
