import ninja
from django import http  # L204 clinic.schemas.bad
from django.db.models import QuerySet  # L203 clinic.schemas.bad
from django.db.models import TextChoices  # legal
from ninja import ModelSchema, Schema  # L203 clinic.schemas.bad
from pydantic import BaseModel, field_validator

import clinic.models as m  # L101 clinic.schemas.bad


class Kind(TextChoices):
    A = "a"


class WardOut(ModelSchema):  # L503 WardOut
    class Meta:
        model = m.Ward
        fields = ["id"]


class VisitOut(ninja.ModelSchema):  # L503 VisitOut
    class Meta:
        model = m.Visit
        fields = "__all__"


class PatientWithVisits(Schema):
    visits: list[int]

    @staticmethod
    def resolve_visits(obj: object, context: dict[str, object]) -> list[int]:
        return [v.pk for v in obj.visits.all()]  # L205 PatientWithVisits.resolve_visits


class Unique(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def free(cls, value: str) -> str:
        if m.Patient.objects.filter(name=value).exists():  # L205 Unique.free
            raise ValueError("taken")
        return value


class Download(BaseModel):
    def render(self) -> http.HttpResponse:
        return http.HttpResponse("")


def rows(qs: QuerySet) -> int:
    return qs.count()  # L205 rows
