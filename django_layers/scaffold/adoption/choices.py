"""The choices of a column: the enumeration that they come from, or their values."""

import json
import sys
from collections.abc import Iterator
from types import ModuleType

from django.db.models import Choices
from django.utils.choices import CallableChoiceIterator

from django_layers.scaffold.adoption.fields import AnyField, AnyModel

__all__ = ["choice_type", "enumeration_of"]

_MOST_CHOICES = 50


def choice_type(field: AnyField, model: AnyModel) -> tuple[str, tuple[str, ...]] | None:
    """Return the type of a column with choices and what stands after it; None where its choices are no few values.

    An enumeration is named where schemas may import it. One that stands among the models can't be imported without
    them, so its values are written out.
    """
    values = _values(field)
    if not values:
        return None
    enumeration = enumeration_of(field, model)
    is_blank = field.blank and not field.null and all(isinstance(value, str) for value in values)
    if enumeration is not None and not is_blank and not is_among_models(enumeration):
        members = (f"{member.name}={json.dumps(member.value)}" for member in enumeration)
        return "enum", (f"{enumeration.__module__}.{enumeration.__qualname__}", *members)
    shown = [*([""] if is_blank and "" not in values else []), *values]
    return "literal", tuple(json.dumps(value, ensure_ascii=False) for value in shown)


def enumeration_of(field: AnyField, model: AnyModel) -> type[Choices] | None:
    """Return the enumeration that the choices of a column come from, as far as its model's modules know it."""
    values = {value for value in _values(field) if value != ""}
    for found in _enumerations(model):
        if {member.value for member in found} == values:
            return found
    return None


def is_among_models(enumeration: type[Choices]) -> bool:
    """Return whether an enumeration stands in a module of models, or inside of a class."""
    return "models" in enumeration.__module__.split(".") or "." in enumeration.__qualname__


def _values(field: AnyField) -> tuple[str | int, ...]:
    if not field.choices or isinstance(field.choices, CallableChoiceIterator):
        return ()
    values = tuple(value for value, _ in field.flatchoices if value is not None)
    is_plain = all(isinstance(value, str | int) and not isinstance(value, bool) for value in values)
    is_few = len(values) <= _MOST_CHOICES and {type(value) for value in values} in ({str}, {int})
    return values if is_plain and is_few else ()


def _enumerations(model: AnyModel) -> Iterator[type[Choices]]:
    """Yield the enumerations in the modules of a model and its bases, and in those classes: first what is importable."""
    found: list[type[Choices]] = []
    for kind in model.__mro__:
        module = sys.modules.get(kind.__module__)
        for place in (module, kind):
            if isinstance(place, ModuleType | type) and not kind.__module__.startswith(("django.", "builtins")):
                found += [each for each in vars(place).values() if _is_enumeration(each)]
    yield from sorted(dict.fromkeys(found), key=is_among_models)


def _is_enumeration(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Choices) and len(value) > 0
