"""Legal."""
from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clinic.repositories.patient import PatientRepository
from clinic.schemas import AdmitRequest, PatientIn, PatientOut
from lab.schemas.sample import SampleOut
from lab.services.sampling import SampleService

logger = logging.getLogger(__name__)


def admit_quietly(patient_id: int) -> None:
    logger.info("admitted %s at %s", patient_id, timezone.now())


class Admission:
    def __init__(
        self,
        patients: PatientRepository,
        samples: SampleService,
        unit_of_work: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._patients = patients
        self._samples = samples
        self._unit_of_work = unit_of_work
        self.objects = patients

    def admit(self, request: AdmitRequest) -> PatientOut:
        """`request` is a DTO here."""
        if not request.user:
            raise PermissionDenied(_("nobody"))
        patient = self._patients.get(request.patient_id)
        send_mail(slugify(patient.name), "", settings.DEFAULT_FROM_EMAIL, [])
        with translation.override("de"):
            mail.mail_admins("x", "y")
        return patient

    def register(self, request: PatientIn, user: int) -> PatientOut:
        with self._unit_of_work():
            patient = self._patients.add(request)
            self._patients.rename(patient.id, get_random_string(3))
        return patient

    def filter(self, names: list[str]) -> list[str]:
        seen: set[str] = set()
        for name in names:
            seen.add(name)
        cache.delete("names")
        return list(filter(None, seen))

    def update(self, data: dict[str, str]) -> dict[str, str]:
        found = dict(data)
        found.update(name="x")
        found.get("x")
        found.values()
        return found

    def all_names(self) -> list[str]:
        return [one.name for one in self.objects.all()]

    def either(self, pk: int, name: str | None) -> None:
        if name is None:
            self._patients.delete(pk)
        else:
            self._patients.rename(pk, name)

    def samples(self, pk: int) -> list[SampleOut]:
        return self._samples.of_patient(pk)

    def first(self, rows: list[PatientOut]) -> PatientOut | None:
        return rows[0] if rows else None

    def remove(self, pk: int) -> None:
        try:
            self._patients.get(pk)
        except ValidationError:
            return
        self._patients.delete(pk)

    def save(self) -> None:
        self.admit_all()

    def admit_all(self) -> None:
        for one in self._patients.stream():
            logger.info(one.name)

    def create_report(self, title: str) -> dict[str, str]:
        report = Report(title)
        report.save()
        report.delete()
        return {"title": report.title}


class Report:
    def __init__(self, title: str) -> None:
        self.title = title

    def save(self) -> None:
        return None

    def delete(self) -> None:
        return None
