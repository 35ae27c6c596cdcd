from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class PatientQuerySet(models.QuerySet["Patient"]):
    def admitted(self) -> "PatientQuerySet":
        return self.filter(discharged_at__isnull=True)


class Ward(models.Model):
    name = models.CharField(max_length=50)


class Patient(models.Model):
    doctor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="patients")  # L701 Patient
    ward = models.ForeignKey(Ward, null=True, on_delete=models.SET_NULL, related_name="inmates")  # L701 Patient
    sample = models.ForeignKey("lab.Sample", null=True, on_delete=models.SET_NULL)  # L701 Patient
    name = models.CharField(max_length=100)
    discharged_at = models.DateTimeField(null=True)

    objects = PatientQuerySet.as_manager()

    def discharge(self) -> None:
        self.discharged_at = timezone.now()


class Visit(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="visits")
    note = models.TextField(blank=True)
    tags = models.ManyToManyField("clinic.Ward", related_name="tagged")
