from django.db import models


class Sample(models.Model):
    patient = models.ForeignKey("clinic.Patient", on_delete=models.CASCADE, related_name="samples")
    code = models.CharField(max_length=10)
