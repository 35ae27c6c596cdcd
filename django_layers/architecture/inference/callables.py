"""What functions outside of the project give for values of the ORM: one table."""

from collections.abc import Callable, Sequence

from django_layers.architecture.facts.expressions import Call, Text
from django_layers.architecture.inference.values import (
    MAPPING,
    PLAIN,
    UNKNOWN,
    Kind,
    Value,
    container,
    element_of,
    is_orm,
    join,
)
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.symbols import ClassSymbol

__all__ = ["ASYNC_WRAPPERS", "CALLERS", "result_of_builtin", "result_of_external"]

_SAME = frozenset({"iter", "reversed", "copy", "deepcopy"})
_COLLECTING = frozenset({"list", "tuple", "set", "frozenset", "sorted", "dict"})
_CHOOSING = frozenset({"next", "min", "max"})

_HOLDERS = frozenset({"Page", "Paginator", "Prefetch", "deque", "OrderedDict", "defaultdict"})
"""External classes and functions that hold what they are given."""
_HANDING_ON = (
    "itertools.",
    "more_itertools.",
    "functools.",
    "heapq.",
    "random.",
    "operator.",
    "collections.",
    "types.",
    "weakref.",
)
"""Modules whose functions give what they are given, in other containers or one at a time."""

_MAPPINGS = frozenset({"OrderedDict", "defaultdict"})

ASYNC_WRAPPERS = frozenset({"sync_to_async", "database_sync_to_async", "async_to_sync"})
"""What makes a function another one that gives the same."""

CALLERS = {"partial": 0, "to_thread": 0, "run_sync": 0, "get_or_set": 1, "run_in_executor": 1, "SimpleLazyObject": 0}
"""What calls a function that it is given, or binds its arguments, with the position of that function."""


def result_of_builtin(name: str, arguments: Sequence[Value]) -> Value:
    """Return what a builtin function gives.

    Args:
        name: its name.
        arguments: what it is called with.
    """
    first = arguments[0] if arguments else PLAIN
    if name in _SAME:
        return Value(Kind.CONTAINER, inner=element_of(first)) if is_orm(first) else first
    if name == "type" and first.kind is Kind.INSTANCE:
        return Value(Kind.MODEL, first.of, first.symbol)
    if name == "type" and first.kind is Kind.OBJECT:
        return Value(Kind.SYMBOL, first.of, first.symbol)
    if name == "enumerate":
        return Value(Kind.CONTAINER, inner=container(PLAIN, element_of(first)))
    if name == "zip":
        return Value(Kind.CONTAINER, inner=container(*map(element_of, arguments)))
    if name == "dict" and first.of == MAPPING:
        return first
    if name == "dict" and len(pair := element_of(first).parts) == 2:
        return Value(Kind.CONTAINER, MAPPING, inner=pair[1])
    if name in _COLLECTING:
        held = [element_of(argument) for argument in arguments]
        return Value(Kind.CONTAINER, inner=join(held) if held else PLAIN)
    if name == "filter" and len(arguments) > 1:
        return Value(Kind.CONTAINER, inner=element_of(arguments[1]))
    if name in _CHOOSING:
        return join([element_of(first), *arguments[1:]])
    return PLAIN if name in {"len", "str", "int", "bool", "repr", "sum", "any", "all", "isinstance"} else UNKNOWN


def result_of_external(name: str, call: Call, arguments: Sequence[Value], models: Models) -> Value:
    """Return what calling something outside of the project gives.

    Args:
        name: its dotted name.
        call: the call.
        arguments: what it is called with, keywords last.
        models: the models of the project.
    """
    last = name.rpartition(".")[2]
    first = arguments[0] if arguments else UNKNOWN
    known = _KNOWN.get(last)
    if known is not None:
        return known(first)
    if last == "get_model":
        label = ".".join(argument.value for argument in call.arguments if isinstance(argument, Text))
        return Value(Kind.MODEL, models.labelled(label) or label)
    if last in _HOLDERS:
        orm = next((argument for argument in arguments if is_orm(argument)), None)
        if orm is None and last in _MAPPINGS:
            return Value(Kind.CONTAINER, MAPPING, inner=container())
        return Value(Kind.CONTAINER, inner=orm) if orm else Value(Kind.MADE, name)
    if last in {"copy", "deepcopy"} or name == "dataclasses.replace":
        return first
    if last == "from_queryset" and isinstance(symbol := first.symbol, ClassSymbol):
        # A class whose instances are managers that have the methods of these QuerySets.
        return Value(Kind.CLOSURE, inner=Value(Kind.MANAGER, "", symbol))
    if last == "groupby" and is_orm(first):
        return Value(Kind.CONTAINER, inner=container(PLAIN, Value(Kind.CONTAINER, inner=element_of(first))))
    if name.startswith(_HANDING_ON) and (orm := next((one for one in arguments if is_orm(one)), None)):
        return Value(Kind.CONTAINER, inner=orm)
    return Value(Kind.MADE, name)


def _user_model(_: Value) -> Value:
    return Value(Kind.MODEL, "settings.AUTH_USER_MODEL")


def _one(source: Value) -> Value:
    return Value(Kind.INSTANCE, source.of)


def _many(source: Value) -> Value:
    return Value(Kind.CONTAINER, inner=_one(source))


_KNOWN: dict[str, Callable[[Value], Value]] = {
    "get_user_model": _user_model,
    "get_user": _one,
    "get_object_or_404": _one,
    "aget_object_or_404": _one,
    "get_list_or_404": _many,
    "aget_list_or_404": _many,
}
