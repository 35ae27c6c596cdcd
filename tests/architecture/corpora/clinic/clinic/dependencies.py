from clinic.repositories import DbPatients
from clinic.services.admission import Admission
from django.db import transaction
from lab import dependencies as lab


def admission() -> Admission:
    return Admission(patients=DbPatients(), samples=lab.sample_service(), unit_of_work=transaction.atomic)
