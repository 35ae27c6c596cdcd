import typing

import pydantic as pd  # L201 clinic.models.leaky
from django.db import models
from django.http import Http404  # L202 clinic.models.leaky

if typing.TYPE_CHECKING:
    from clinic.schemas.patient import PatientOut  # L101 clinic.models.leaky


class Bed(models.Model):
    number = models.IntegerField()

    def as_schema(self) -> "PatientOut":
        from ..schemas import patient  # L101 Bed.as_schema

        return patient.PatientOut(id=self.pk, name=str(self.number))

    def notify(self) -> None:
        from clinic.services.admission import admit_quietly  # L101 Bed.notify

        admit_quietly(self.pk)

    def owner_or_404(self) -> None:
        raise Http404


class Config(pd.BaseModel):
    beds: int
