"""What is wrong with a request, said so that the caller finds it and learns nothing else."""

from collections.abc import Iterable, Iterator

from ninja.errors import ValidationErrorContext
from ninja.params.models import ParamModel
from pydantic_core import ErrorDetails

__all__ = ["errors_of"]

NOT_AN_OBJECT = frozenset({"model_type", "model_attributes_type", "dataclass_type", "dict_type"})
OWN_MESSAGES = {"value_error": "Value error, ", "assertion_error": "Assertion failed, "}


def errors_of(contexts: Iterable[ValidationErrorContext[ParamModel]]) -> list[dict[str, object]]:
    """Return the errors of all sources of a request, without the values that were sent.

    The location of each is its source and the path inside it, as the caller sees it: names of parameters of Python
    functions are not in it.
    """
    return [
        {"type": details["type"], "loc": _location(context.model, details["loc"]), "msg": _message(details)}
        for context in contexts
        for details in context.pydantic_validation_error.errors(
            include_url=False, include_context=False, include_input=False
        )
    ]


def _location(model: ParamModel, path: tuple[int | str, ...]) -> tuple[int | str, ...]:
    source = str(model.__ninja_param_source__)
    if getattr(model, "__read_from_single_attr__", None):
        return (source, *path[1:])
    for prefix in _prefixes(path):
        flat = getattr(model, "__ninja_flatten_map_reverse__", {}).get(prefix)
        if flat is not None:
            return (source, *flat, *path[len(prefix) :])
    return (source, *path)


def _prefixes(path: tuple[int | str, ...]) -> Iterator[tuple[int | str, ...]]:
    """Give the path and its beginnings, the longest first."""
    for length in range(len(path), 0, -1):
        yield path[:length]


def _message(details: ErrorDetails) -> str:
    kind = details["type"]
    if kind in NOT_AN_OBJECT:
        return "Input should be an object"  # Pydantic's text names the class
    if kind == "extra_forbidden":
        return "There is no such name."
    return details["msg"].removeprefix(OWN_MESSAGES.get(kind, ""))
