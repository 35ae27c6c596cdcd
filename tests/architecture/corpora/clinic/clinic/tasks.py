from celery import shared_task
from django.db import transaction

from clinic import dependencies
from clinic.models import Patient  # L101 clinic.tasks


@shared_task
def nightly() -> None:
    dependencies.admission().admit_all()


@shared_task
def purge() -> None:
    with transaction.atomic():  # L501 purge
        Patient.objects.filter(name="").delete()  # L502 purge
