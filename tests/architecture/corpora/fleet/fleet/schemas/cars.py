from __future__ import annotations

import enum
import uuid
from datetime import date
from typing import Annotated, Generic, NamedTuple, TypeVar

from annotated_types import Gt
from pydantic import BaseModel, EmailStr, TypeAdapter, computed_field

from shared.pagination import Page

T = TypeVar("T")


class Kind(enum.StrEnum):
    CAR = "car"


class CarDTO(BaseModel):
    id: int
    plate: str
    model: str = ""
    objects: int = 0

    @computed_field
    @property
    def label(self) -> str:
        return self.plate.upper()

    @classmethod
    def from_model(cls, car: object) -> CarDTO:
        return cls(id=car.pk, plate=car.plate)


class TripDTO(NamedTuple):
    id: int
    km: int


class Query(BaseModel):
    filter: dict[str, str] = {}
    request: str = ""
