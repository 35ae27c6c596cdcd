from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ninja import Field, FilterSchema, Schema
from pydantic import BaseModel, ConfigDict, field_validator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PatientOut(Schema):
    id: int
    name: str = Field(..., description=str(_("name")))


class PatientIn(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str  # L703 PatientIn
    discharged_at: datetime | None = None

    @field_validator("discharged_at")
    @classmethod
    def past(cls, value: datetime | None) -> datetime | None:
        if value and value > timezone.now():
            raise ValueError("in the future")
        return value


class PatientFilter(FilterSchema):
    name: str | None = None


@dataclass(frozen=True, slots=True)
class AdmitRequest:
    patient_id: int
    user: str
