"""Responses hold what their schema declares, and nothing more."""

from typing import get_origin

from ninja.constants import NOT_SET
from ninja.operation import Operation
from ninja.responses import Status
from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

__all__ = ["answered", "declared", "narrowed"]


def answered(operation: Operation, result: object) -> tuple[int, object]:
    """Return the status and the value that the result of an endpoint stands for.

    A pair whose first part is a number is a status and a value, as in django-ninja, unless a tuple is what the endpoint
    declares.
    """
    match result:
        case Status():
            return result.status_code, result.value
        case (int(status), value) if isinstance(result, tuple) and not _declares_tuple(operation):
            return status, value
        case _:
            return _usual_status(operation), result


def declared(operation: Operation, status: int) -> FieldInfo | None:
    """Return what the operation declares for the status; None where that is nothing."""
    model = operation.response_models.get(status, operation.response_models.get(...))
    return None if model is None or model is NOT_SET else model.model_fields["response"]


def narrowed(annotation: object, value: object) -> object:
    """Return the value, turned into exactly the class that is declared where it is of a subclass.

    django-ninja passes an instance of the declared class as it is, and dumps all that a subclass adds. Nested instances
    need no care: Pydantic dumps them by the declared class.
    """
    if not isinstance(annotation, type) or not issubclass(annotation, BaseModel):
        return value
    if not isinstance(value, annotation) or type(value) is annotation:
        return value
    if isinstance(value, RootModel):
        return annotation.model_validate(value.root)
    values = {name: getattr(value, name) for name in annotation.model_fields}
    exact = annotation.model_validate(values, by_name=True, by_alias=False)
    # What was never set stays so, for `exclude_unset`.
    exact.model_fields_set.intersection_update(value.model_fields_set)
    return exact


def _usual_status(operation: Operation) -> int:
    statuses = list(operation.response_models)
    return statuses[0] if len(statuses) == 1 and isinstance(statuses[0], int) else 200


def _declares_tuple(operation: Operation) -> bool:
    field = declared(operation, _usual_status(operation))
    return field is not None and (get_origin(field.annotation) or field.annotation) is tuple
