from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.forms.models import model_to_dict

from clinic.models import Patient, Visit
from clinic.schemas import PatientIn, PatientOut


def _out(row: Patient) -> PatientOut:
    return PatientOut(id=row.pk, name=row.name)


class DbPatients:
    """Legal throughout."""

    def get(self, patient_id: int) -> PatientOut:
        return _out(Patient.objects.get(pk=patient_id))

    def add(self, data: PatientIn) -> PatientOut:
        return _out(Patient.objects.create(name=data.name))

    def rename(self, patient_id: int, name: str) -> None:
        Patient.objects.filter(pk=patient_id).update(name=name)

    def delete(self, patient_id: int) -> None:
        Patient.objects.filter(pk=patient_id).delete()

    def all(self) -> Sequence[PatientOut]:
        return [_out(row) for row in self._rows()]

    def stream(self) -> Iterator[PatientOut]:
        for row in self._rows().iterator():
            yield _out(row)

    def total(self) -> int:
        return self._rows().count()

    def any_left(self) -> bool:
        return self._rows().exists()

    def names(self) -> list[str]:
        return list(self._rows().values_list("name", flat=True))

    def ids(self) -> set[int]:
        return set(Patient.objects.values_list("pk", flat=True))

    def dicts(self) -> list[dict[str, Any]]:
        return list(Patient.objects.values("id", "name"))

    def stats(self) -> dict[str, Any]:
        return Patient.objects.aggregate(n=Count("pk"))

    def as_dict(self, patient_id: int) -> dict[str, Any]:
        return model_to_dict(Patient.objects.get(pk=patient_id))

    def by_id(self, ids: Sequence[int]) -> dict[int, PatientOut]:
        return {pk: _out(row) for pk, row in Patient.objects.in_bulk(ids).items()}

    def first_name(self) -> str | None:
        row = self._rows().order_by("pk").first()
        return row.name if row else None

    def ensure(self, name: str) -> bool:
        row, created = Patient.objects.get_or_create(name=name)
        return created

    def validated(self) -> list[PatientOut]:
        return [PatientOut.model_validate(row, from_attributes=True) for row in self._rows()]

    def orm_validated(self, pk: int) -> PatientOut:
        return PatientOut.from_orm(self._rows().get(pk=pk))

    def visits_of(self, pk: int) -> list[str]:
        patient = Patient.objects.prefetch_related(Prefetch("visits", queryset=Visit.objects.order_by("pk"))).get(pk=pk)
        return [visit.note for visit in patient.visits.all()]

    def plan(self) -> str:
        return self._rows().explain()

    def sql(self) -> str:
        return str(self._rows().query)

    async def aget(self, pk: int) -> PatientOut:
        return _out(await Patient.objects.aget(pk=pk))

    async def astream(self) -> Any:
        async for row in Patient.objects.all():
            yield _out(row)

    def has(self, condition: dict[str, str]) -> bool:
        return Patient.objects.filter(Q(**condition)).exists()

    def newest_pk(self) -> int | None:
        return max((row.pk for row in self._rows()), default=None)

    def grouped(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in self._rows():
            found.setdefault(row.name, []).append(row.pk)
        return found

    def sorted_names(self) -> tuple[str, ...]:
        return tuple(sorted((row.name for row in self._rows()), key=len))

    def deleted(self, pk: int) -> int:
        count, _ = Patient.objects.filter(pk=pk).delete()
        return count

    def updated(self, pk: int) -> int:
        return Patient.objects.filter(pk=pk).update(name="x")

    def created_many(self, names: list[str]) -> int:
        return len(Patient.objects.bulk_create([Patient(name=name) for name in names]))

    def _rows(self):
        return Patient.objects.filter(discharged_at=None)
