import importlib
from importlib import import_module as load
from typing import TYPE_CHECKING, Any

import django.db.models as dm  # L401 clinic.services.violating
from asgiref.sync import sync_to_async
from django.apps import apps  # L401 clinic.services.violating
from django.contrib.auth import get_user_model as gum  # L401 clinic.services.violating
from django.contrib.contenttypes.models import ContentType  # L401 clinic.services.violating
from django.db import IntegrityError  # L401 clinic.services.violating
from django.db import connection  # L401 clinic.services.violating
from django.db import transaction as trx  # L401 clinic.services.violating
from django.shortcuts import get_object_or_404  # L401 clinic.services.violating
from django.utils.module_loading import import_string

from clinic.models import Patient as PatientRecord, Visit  # L101 clinic.services.violating 2
from clinic.repositories import DbPatients  # L101 clinic.services.violating
from clinic.repositories.orm.patient import DbPatients as Concrete  # L101 clinic.services.violating
from clinic.repositories.patient import PatientRepository
from clinic.schemas import PatientIn
from lab.models import Sample  # L103 clinic.services.violating
from lab.repositories import samples as lab_samples  # L103 clinic.services.violating

if TYPE_CHECKING:
    from django.http import HttpRequest  # L406 clinic.services.violating
    from clinic.models import Ward  # L101 clinic.services.violating

User = gum()


def count_patients() -> int:
    return PatientRecord.objects.count()  # L402 count_patients


def via_manager() -> Any:
    manager = PatientRecord._default_manager  # L402 via_manager
    return manager.first()  # L403 via_manager


def saves(patient: "PatientRecord") -> None:  # L410 saves
    patient.name = "x"
    patient.save(update_fields=["name"])  # L404 saves


def related(visit: Visit) -> str:  # L410 related
    visit.refresh_from_db()  # L404 related
    return visit.patient.name  # L412 related


def related_manager(pk: int) -> int:
    patient = get_object_or_404(PatientRecord, pk=pk)  # L402 related_manager
    return patient.visits.count()  # L403 related_manager # L412 related_manager


def raw() -> Any:
    with connection.cursor() as cursor:  # L405 raw
        cursor.execute("SELECT 1")  # L405 raw
        return cursor.fetchone()


def dynamic() -> Any:
    return importlib.import_module("clinic.models").Patient  # L101 dynamic


def dynamic2() -> Any:
    return load("clinic.repositories.orm.patient").DbPatients  # L101 dynamic2


def dynamic3() -> Any:
    return import_string("clinic.models.Patient")  # L101 dynamic3


def dynamic4() -> Any:
    return apps.get_model("clinic.Patient").objects.all()  # L402 dynamic4


def content() -> Any:
    return ContentType.objects.get(app_label="clinic", model="patient")  # L402 content


async def wrapped() -> Any:
    return await sync_to_async(list)(PatientRecord.objects.all())  # L402 wrapped


async def wrapped2(pk: int) -> Any:
    return await sync_to_async(PatientRecord.objects.get)(pk=pk)  # L402 wrapped2


def user_from(request) -> Any:
    return request.user  # L408 user_from


def http(request: "HttpRequest") -> int:  # L408 http
    return request.META["X"]  # L408 http


@trx.atomic  # L409 decorated
def decorated() -> None:
    return None


def block() -> None:
    with trx.atomic():  # L409 block
        pass


def local_import() -> None:
    from django.http import Http404  # L407 local_import

    raise Http404("x")  # L407 local_import


def ninja_error() -> None:
    from ninja.errors import HttpError  # L407 ninja_error

    raise HttpError(404, "x")  # L407 ninja_error


class Writer:
    def __init__(self, patients: PatientRepository, uow) -> None:
        self._patients = patients
        self._uow = uow

    def twice(self, data: PatientIn) -> None:
        row = self._patients.add(data)
        self._patients.rename(row.id, "x")  # L411 Writer.twice

    def loop(self, items: list[PatientIn]) -> None:
        for item in items:
            self._patients.add(item)  # L411 Writer.loop

    def half(self, data: PatientIn) -> None:
        row = self._patients.add(data)  # L411 Writer.half
        with self._uow():
            self._patients.rename(row.id, "x")

    def via_private(self, data: PatientIn) -> None:
        self._store(data)
        self._store(data)  # L411 Writer.via_private

    def _store(self, data: PatientIn) -> None:
        self._patients.add(data)

    def comp(self, items: list[PatientIn]) -> Any:
        return [self._patients.add(item) for item in items]  # L411 Writer.comp

    def two_uows(self, data: PatientIn) -> None:
        with self._uow():
            row = self._patients.add(data)
        with self._uow():
            self._patients.delete(row.id)

    def bulk(self, pk: int) -> None:
        Q = dm.Q(pk=pk)
        User.objects.filter(Q).update(name="x")  # L402 Writer.bulk

    def unknown_value(self, patient) -> None:
        patient.save()  # L404 Writer.unknown_value
        patient.delete()  # L404 Writer.unknown_value

    def unknown_qs(self, rows) -> Any:
        return rows.filter(pk=1).select_related("ward")  # L403 Writer.unknown_qs

    def unknown_relation(self, patient) -> Any:
        return [v.note for v in patient.visits.all()]  # L403 Writer.unknown_relation

    def set_relation(self, visit: Any) -> None:
        visit.tags.set([1])  # L403 Writer.set_relation

    def errors(self, pk: int) -> None:
        try:
            self._patients.get(pk)
        except PatientRecord.DoesNotExist:
            pass
        except IntegrityError:
            pass
