"""The kinds of values that matter at the borders of layers."""

from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from django_layers.architecture.names.symbols import Symbol

__all__ = [
    "ANY_MODEL",
    "MAPPING",
    "PLAIN",
    "UNKNOWN",
    "Kind",
    "Value",
    "container",
    "element_of",
    "flattened",
    "held",
    "is_orm",
    "item_of",
    "join",
    "rows_of",
    "with_model",
]


class Kind(Enum):
    """What a value is."""

    # The hash of enumerations is worked out in Python, and kinds are looked up in sets by the hundred thousand.
    __hash__ = object.__hash__

    UNKNOWN = auto()
    """Nothing is known of it: it may be anything."""
    PLAIN = auto()
    """It is nothing of the ORM."""
    INSTANCE = auto()
    """An instance of a model."""
    QUERYSET = auto()
    """A QuerySet; `inner` is `PLAIN` where its rows are no instances."""
    MANAGER = auto()
    """The manager of a model."""
    RELATED = auto()
    """The manager of the rows that belong to an instance."""
    MODEL = auto()
    """The class of a model."""
    CONTAINER = auto()
    """Holds what `inner` is."""
    SYMBOL = auto()
    """A module, class or function itself."""
    METHOD = auto()
    """A method of the value `inner`; `symbol` where the project defines it."""
    OBJECT = auto()
    """An instance of the class `symbol` of the project; `inner` is what it was given of the ORM."""
    MADE = auto()
    """What calling something external, whose name is `of`, gave."""
    REQUEST = auto()
    """The HTTP request."""
    CLOSURE = auto()
    """A function within a function, which returns `inner`."""


class Value(NamedTuple):
    """What is known of a value.

    Attributes:
        kind: what it is.
        of: the dotted name of its model, or of what made it, the name of a method, or `MAPPING` for a container whose
            keys are run through and whose values are held.
        symbol: the class, function or module that it is, or is an instance of.
        inner: what it holds, or the receiver of a method.
        parts: of a container with a place for each value, such as a tuple, what stands in them.
    """

    kind: Kind
    of: str = ""
    symbol: Symbol | None = None
    inner: "Value | None" = None
    parts: "tuple[Value, ...]" = ()

    @property
    def model(self) -> str:
        """The name of the class of its model; empty where it is not known."""
        return self.of.rpartition(".")[2]


MAPPING = "mapping"

UNKNOWN = Value(Kind.UNKNOWN)
PLAIN = Value(Kind.PLAIN)

ORM = frozenset({Kind.INSTANCE, Kind.QUERYSET, Kind.MANAGER, Kind.RELATED})
ANY_MODEL = frozenset({"django.db.models.Model", "django.db.models.base.Model"})
"""The names of what may be any model, which is what a generic repository says that it gives."""
_ROWS = frozenset({Kind.QUERYSET, Kind.MANAGER, Kind.RELATED})


def held(value: Value) -> Value | None:
    """Return what of the ORM a value is or holds; None where it is nothing of it."""
    while value.kind in {Kind.CONTAINER, Kind.OBJECT} and value.inner is not None:
        value = value.inner
    return value if value.kind in ORM else None


def is_orm(value: Value) -> bool:
    """Tell whether a value is, or holds, something of the ORM."""
    return held(value) is not None


def flattened(value: Value, depth: int = 2) -> Value:
    """Return a value with what it holds of the ORM no deeper than some containers in each other, as one that holds it."""
    found = held(value)
    if found is None or value is found:
        return value
    return _flat(value, found, depth)


def _flat(value: Value, found: Value, depth: int) -> Value:
    if value.kind is not Kind.CONTAINER or value.inner is None:
        return value
    if not depth:
        return Value(Kind.CONTAINER, inner=found)
    inner = _flat(value.inner, found, depth - 1)
    return value._replace(inner=inner, parts=tuple(_flat(one, found, depth - 1) for one in value.parts))


def with_model(value: Value, model: Value) -> Value:
    """Return a value with another model in place of its own.

    Args:
        value: something of the ORM, or what holds it.
        model: an instance of the model.
    """
    if value.kind is Kind.INSTANCE:
        return model
    if value.kind in ORM:
        return value._replace(of=model.of)
    inner = None if value.inner is None else with_model(value.inner, model)
    return value._replace(
        inner=inner, parts=tuple(with_model(one, model) if is_orm(one) else one for one in value.parts)
    )


def rows_of(value: Value) -> bool:
    """Tell whether a value stands for rows that a query reads."""
    return value.kind in _ROWS


def element_of(value: Value) -> Value:
    """Return what running through a value gives."""
    if value.kind in _ROWS:
        return value.inner or Value(Kind.INSTANCE, value.of)
    if value.kind is Kind.CONTAINER:
        return PLAIN if value.of == MAPPING else value.inner or UNKNOWN
    return PLAIN if value.kind is Kind.PLAIN else UNKNOWN


def item_of(value: Value, number: int = -1) -> Value:
    """Return what an item of a value is.

    Args:
        value: the value.
        number: which item; -1 where that is not known.
    """
    if 0 <= number < len(value.parts):
        return value.parts[number]
    return value.inner or UNKNOWN if value.of == MAPPING else element_of(value)


def container(*parts: Value) -> Value:
    """Return a container with a place for each of some values."""
    return Value(Kind.CONTAINER, inner=join(parts) if parts else PLAIN, parts=parts)


def join(values: Iterable[Value]) -> Value:
    """Return one value for several that are possible: one of the ORM before any other, an unknown one last."""
    known = [value for value in values if value.kind is not Kind.UNKNOWN]
    for value in known:
        if is_orm(value):
            return value
    other = [value for value in known if value.kind is not Kind.PLAIN]
    return (other or known or [UNKNOWN])[0]
