"""What an endpoint returns, written as the bytes of its response in one pass.

django-ninja validates a result, dumps it into dictionaries, and has Python's `json` write those. A result that is of
exactly the declared type needs neither of the first two steps, and all of them can be written by pydantic-core.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypedDict, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.operation import Operation, ResponseObject
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder, Status
from pydantic import BaseModel, TypeAdapter

from django_layers.api.exactness import Check, exactly
from django_layers.api.narrowing import answered, declared, narrowed
from django_layers.conf import layers_settings

if TYPE_CHECKING:
    from pydantic_core import SchemaSerializer

__all__ = ["Responder", "responder_of"]

Responder: TypeAlias = Callable[[HttpRequest, object, HttpResponse], object]
"""Takes the request, the result of its endpoint, and the response that the endpoint may have given headers and cookies.

What it returns is the response, or what is left for django-ninja to make one of.
"""

OWN_DUMPS = ("model_dump", "model_dump_json")
"""Methods of a model that django-ninja calls, or a reader expects it to; one that is overridden is left to it."""


def responder_of(operation: Operation) -> Responder:
    """Return what turns the results of an operation into responses.

    An API with a renderer of its own, and a project that sets `RESPONSE_BYTES` to False, have django-ninja write them.
    """
    in_bytes = type(operation.api.renderer) is JSONRenderer and layers_settings.response_bytes
    return _Bytes(operation) if in_bytes else _narrowing(operation)


def _narrowing(operation: Operation) -> Responder:
    def respond(request: HttpRequest, result: object, response: HttpResponse) -> object:
        if isinstance(result, HttpResponseBase):
            return result
        status, value = answered(operation, result)
        field = declared(operation, status)
        return Status(status, value if field is None else narrowed(field.annotation, value))

    return respond


class _Bytes:
    """Responds in bytes where the operation declares what it answers with."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._narrow = _narrowing(operation)
        # Made when they are first needed: a schema may refer to classes that are defined later.
        self._writers: dict[int, _Writer | None] = {}

    def __call__(self, request: HttpRequest, result: object, response: HttpResponse) -> object:
        if isinstance(result, HttpResponseBase):
            return result
        status, value = answered(self._operation, result)
        if status not in self._writers:
            self._writers[status] = _writer_of(self._operation, status)
        writer = self._writers[status]
        if writer is None:
            return self._narrow(request, result, response)
        response.content = writer.write(value, {"request": request, "response_status": status})
        response.status_code = status
        return response


class _Options(TypedDict):
    """What an operation says of aliases, and of what to leave out."""

    by_alias: bool
    exclude_unset: bool
    exclude_defaults: bool
    exclude_none: bool


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes values of one declared type as JSON.

    Attributes:
        annotation: what is declared.
        is_exact: whether a value is written without validation.
        model: django-ninja's model, with the declared type as its one field, `response`.
        serializer: pydantic-core's, of the declared type.
        options: of the operation.
    """

    annotation: object
    is_exact: Check
    model: type[BaseModel]
    serializer: SchemaSerializer
    options: _Options

    def write(self, value: object, context: dict[str, Any]) -> bytes:
        """Return the value as JSON, with nothing that is not declared.

        Args:
            value: what the endpoint returned.
            context: for validators and serializers, as django-ninja gives it.

        Raises:
            ValidationError: of Pydantic; the value is not what is declared.
            PydanticSerializationError: a value inside is not of the type that its schema declares.
        """
        if not self.is_exact(value):
            value = self._validated(narrowed(self.annotation, value), context)
        return self.serializer.to_json(
            value, warnings="error", fallback=_ENCODER.default, context=context, **self.options
        )

    def _validated(self, value: object, context: dict[str, Any]) -> object:
        if self.is_exact(value):
            return value
        # As django-ninja does it: from attributes, and with the resolvers of its own schemas.
        validated = self.model.model_validate(ResponseObject(cast("HttpResponse", value)), context=context)
        return validated.response  # type: ignore[attr-defined]  # the one field of every model that django-ninja makes


_ENCODER = NinjaJSONEncoder()


def _writer_of(operation: Operation, status: int) -> _Writer | None:
    """Return what writes the values of a status, or None where that is left to django-ninja."""
    field = declared(operation, status)
    model = operation.response_models.get(status, operation.response_models.get(...))
    if field is None or model is None or _dumps_itself(field.annotation):
        return None
    # The field holds what was annotated, a discriminator for instance, and is an annotation itself.
    adapter: TypeAdapter[object] = TypeAdapter(cast("type[object]", Annotated[field.annotation, field]))
    return _Writer(
        annotation=field.annotation,
        is_exact=exactly(field.annotation, field.metadata),
        model=model,
        serializer=adapter.serializer,
        options=_Options(
            by_alias=operation.by_alias,
            exclude_unset=operation.exclude_unset,
            exclude_defaults=operation.exclude_defaults,
            exclude_none=operation.exclude_none,
        ),
    )


def _dumps_itself(annotation: object) -> bool:
    return (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and any(getattr(annotation, name) is not getattr(BaseModel, name) for name in OWN_DUMPS)
    )
