"""Responses hold what their schema declares, and nothing more."""

from ninja.operation import Operation
from ninja.responses import Status
from pydantic import BaseModel

__all__ = ["narrowed"]


def narrowed(operation: Operation, result: object) -> object:
    """Return the result of an endpoint, turned into exactly the class that it declares for its status.

    django-ninja passes an instance of the declared class as it is, and dumps all that a subclass adds. Nested instances
    need no care: Pydantic dumps them by the declared class.
    """
    match result:
        case Status():
            return Status(result.status_code, _exactly(_declared(operation, result.status_code), result.value))
        case (int(status), value):
            return status, _exactly(_declared(operation, status), value)
        case _:
            statuses = list(operation.response_models)
            return _exactly(_declared(operation, statuses[0] if len(statuses) == 1 else 200), result)


def _declared(operation: Operation, status: int) -> object:
    """Return what the operation declares for the status: a class, another annotation, or None."""
    model = operation.response_models.get(status, operation.response_models.get(...))
    if isinstance(model, type) and issubclass(model, BaseModel):
        return model.model_fields["response"].annotation
    return None


def _exactly(declared: object, result: object) -> object:
    if not isinstance(declared, type) or not issubclass(declared, BaseModel):
        return result
    if not isinstance(result, declared) or type(result) is declared:
        return result
    values = {name: getattr(result, name) for name in declared.model_fields}
    return declared.model_validate(values, by_name=True, by_alias=False)
