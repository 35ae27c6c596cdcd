"""The four kinds of DTO: what comes in, what changes, what goes out, what stays inside."""

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationInfo, field_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from django_layers.schemas.missing import without_missing_defaults
from django_layers.schemas.numbers import refuse_bool
from django_layers.schemas.text import refuse_nul

__all__ = ["InternalSchema", "RequestSchema", "ResponseSchema", "UpdateSchema"]


class RequestSchema(BaseModel):
    """What a caller sends.

    Unknown names are refused, white space around text is removed, and so is what no database stores: NUL characters in
    text, and numbers that are not finite. A number may be sent as text, as it is in a query, but not as true or false.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )

    _refuse_nul = field_validator("*", mode="before")(refuse_nul)

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_bool(cls, value: object, info: ValidationInfo) -> object:
        field = cls.model_fields.get(info.field_name or "")
        return value if field is None else refuse_bool(value, field.annotation)


class UpdateSchema(RequestSchema):
    """What a caller sends to change something: every field is `T | MISSING = MISSING`.

    A field that is left out is `MISSING` and keeps its value; null is a value, and refused where `T` does not allow it.
    """

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        """Return the JSON schema, in which fields that may be missing are not required and have no default."""
        return handler(without_missing_defaults(core_schema))


class ResponseSchema(BaseModel):
    """What a caller gets back."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class InternalSchema(BaseModel):
    """What a service hands to a repository: already checked, and never seen outside."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
