from django import forms
from django.shortcuts import get_object_or_404, render
from django.views.generic import ListView, TemplateView

from clinic import dependencies
from clinic.models import Patient  # L101 clinic.views


class PatientForm(forms.ModelForm):  # L503 PatientForm
    class Meta:
        model = Patient
        fields = ["name"]


class PatientList(ListView):
    model = Patient


class Home(TemplateView):
    template_name = "home.html"


def detail(request, pk):
    patient = get_object_or_404(Patient, pk=pk)  # L502 detail
    return render(request, "x.html", {"patient": patient})


def page(request):
    return render(request, "y.html", {"rows": dependencies.admission().all_names()})
