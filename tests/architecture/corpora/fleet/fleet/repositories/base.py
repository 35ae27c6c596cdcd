from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
D = TypeVar("D")


class Reader(Protocol[D]):
    def get(self, pk: int) -> D: ...
    def list(self) -> list[D]: ...


class BaseRepo(Generic[M, D]):
    model: type[M]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    def get_queryset(self) -> models.QuerySet[M]:  # L301 BaseRepo.get_queryset
        return self.model._default_manager.all()

    def to_dto(self, row: M) -> D:  # L303 BaseRepo.to_dto
        raise NotImplementedError

    def get(self, pk: int) -> D:
        return self.to_dto(self.get_queryset().get(pk=pk))

    def raw_get(self, pk: int):  # L306 BaseRepo.raw_get
        return self.get_queryset().get(pk=pk)  # L302 BaseRepo.raw_get

    def count(self) -> int:
        return self.get_queryset().count()

    def _instance(self, pk: int) -> M:
        return self.get_queryset().get(pk=pk)
