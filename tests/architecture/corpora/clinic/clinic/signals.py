from django.db.models.signals import post_save
from django.dispatch import receiver

from clinic import dependencies
from clinic.models import Patient


@receiver(post_save, sender=Patient)
def patient_saved(sender, instance, created, **kwargs):
    if created:
        dependencies.admission().admit_all()


@receiver(post_save, sender="lab.Sample")  # L602 sample_saved
def sample_saved(sender, instance, **kwargs):
    pass
