"""The bases of the DTOs of an app; imports no Django.

Nothing here inherits from `ninja.Schema`: plain frozen Pydantic models are what django-ninja does not validate twice.
"""

from pydantic import MISSING

from django_layers.schemas.base import InternalSchema, RequestSchema, ResponseSchema, UpdateSchema
from django_layers.schemas.paging import Page, PageQuery
from django_layers.schemas.types import AwareDatetime, Duration, Int16, Int32, Int64, NaiveTime
from django_layers.schemas.upload import Upload

__all__ = [
    "MISSING",
    "AwareDatetime",
    "Duration",
    "Int16",
    "Int32",
    "Int64",
    "InternalSchema",
    "NaiveTime",
    "Page",
    "PageQuery",
    "RequestSchema",
    "ResponseSchema",
    "UpdateSchema",
    "Upload",
]
