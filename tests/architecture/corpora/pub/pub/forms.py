from django import forms
from django.contrib.auth.models import User
from pub.models import Beer
from pub.schemas.beer import BeerCreate


class BeerForm(forms.ModelForm):  # L503 BeerForm
    class Meta:
        model = Beer
        fields = ["name"]


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email"]


class Search(forms.Form):
    beer = forms.ModelChoiceField(queryset=Beer.objects.all())
