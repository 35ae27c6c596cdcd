from __future__ import annotations

import typing as t
from abc import ABC, abstractmethod

from django.db.models import QuerySet

from clinic import models  # L101 clinic.repositories.leaky_protocol

PatientRow: t.TypeAlias = models.Patient
P = t.TypeVar("P", bound=models.Patient)


class Reads(t.Protocol):
    def one(self, pk: int) -> PatientRow: ...  # L301 Reads.one
    def many(self) -> "QuerySet[models.Patient]": ...  # L301 Reads.many
    def lazily(self) -> t.Iterator[models.Patient]: ...  # L301 Reads.lazily
    def paired(self) -> tuple[int, models.Patient]: ...  # L301 Reads.paired
    def mapped(self) -> dict[int, models.Patient]: ...  # L301 Reads.mapped
    def maybe(self) -> t.Optional["models.Patient"]: ...  # L301 Reads.maybe
    async def later(self) -> t.AsyncIterator[models.Patient]: ...  # L301 Reads.later
    def store(self, row: models.Patient) -> None: ...  # L303 Reads.store
    def narrowed(self, within: "QuerySet[models.Patient] | None" = None) -> int: ...  # L303 Reads.narrowed


class Base(ABC):
    @property
    @abstractmethod
    def current(self) -> models.Patient: ...  # L301 Base.current

    @abstractmethod
    def generic(self, row: P) -> P: ...  # L301 Base.generic # L303 Base.generic
