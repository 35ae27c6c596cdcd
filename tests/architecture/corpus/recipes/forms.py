from django import forms

from accounts.models import Member
from recipes.models import Recipe  # legal: Django asks for the class


class RecipeForm(forms.ModelForm):  # L503 RecipeForm
    class Meta:
        model = Recipe


class MemberForm(forms.ModelForm):  # legal: an app without layers
    class Meta:
        model = Member
