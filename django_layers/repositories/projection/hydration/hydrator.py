"""What was fetched for a projection becomes DTOs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

from pydantic import BaseModel, ValidationError

from django_layers.conf import validates_rows
from django_layers.repositories.projection.fetching import Fetched
from django_layers.repositories.projection.hydration.source import source_of
from django_layers.repositories.projection.hydration.tiers import Tier, tier_of
from django_layers.repositories.projection.hydration.unreadable import unreadable
from django_layers.repositories.projection.plan import Nested, Projection

__all__ = ["hydrate", "tiers_of"]

Group: TypeAlias = "dict[object, tuple[Any, ...]]"
Build: TypeAlias = Callable[..., None]

_SETTERS: Final = {
    "new": object.__new__,
    # What Pydantic sets too, past what forbids it to others.
    "set_dict": BaseModel.__dict__["__dict__"].__set__,
    "set_fields_set": BaseModel.__dict__["__pydantic_fields_set__"].__set__,
    "set_extra": BaseModel.__dict__["__pydantic_extra__"].__set__,
    "set_private": BaseModel.__dict__["__pydantic_private__"].__set__,
}


def hydrate(projection: Projection, fetched: Fetched) -> tuple[BaseModel, ...]:
    """Return a DTO of every row; where the settings say so, of validated rows also where the columns say that they fit.

    Args:
        projection: how rows become DTOs.
        fetched: what was read for it.

    Raises:
        UnreadableRow: a row does not fit the schema.
    """
    try:
        return tuple(_built(projection, fetched, validates_rows()))
    except _Missing:
        # Validation says what it is that does not fit.
        return tuple(_built(projection, fetched, True))


def tiers_of(projection: Projection) -> Iterator[tuple[Nested, Tier]]:
    """Give each DTO that a projection builds, with how it is built: the outermost first, collections last."""
    yield from _tiers(projection.root)
    for collection in projection.collections:
        if collection.projection is not None:
            yield from tiers_of(collection.projection)


def _tiers(nested: Nested) -> Iterator[tuple[Nested, Tier]]:
    yield nested, tier_of(nested)
    for inner in nested.nested:
        yield from _tiers(inner)


class _Missing(KeyError):
    """A value is none of those that there may be."""


def _missing() -> object:
    raise _Missing


class _Members(dict[object, object]):
    """The members of an enumeration by their values."""

    def __missing__(self, value: object) -> object:
        raise _Missing


def _built(projection: Projection, fetched: Fetched, checked: bool) -> list[BaseModel]:
    found: list[BaseModel] = []
    if fetched.rows:
        build = _compiled(projection, len(fetched.rows[0]), False, checked)
        build(fetched.rows, found, *_groups(projection, fetched, checked))
    return found


def _groups(projection: Projection, fetched: Fetched, checked: bool) -> Iterator[Group]:
    for collection, rows in zip(projection.collections, fetched.collections, strict=True):
        found: defaultdict[object, list[object]] = defaultdict(list)
        if collection.projection is None:
            for value, key in rows.rows:
                found[key].append(value)
        elif rows.rows:
            build = _compiled(collection.projection, len(rows.rows[0]), True, checked)
            build(rows.rows, found, *_groups(collection.projection, rows, checked))
        yield {key: tuple(values) for key, values in found.items()}


_builds: WeakKeyDictionary[Projection, dict[tuple[int, bool, bool], Build]] = WeakKeyDictionary()


def _compiled(projection: Projection, width: int, grouped: bool, checked: bool) -> Build:
    known = _builds.setdefault(projection, {})
    build = known.get((width, grouped, checked))
    if build is None:
        build = known[width, grouped, checked] = _compile(projection, width, grouped, checked)
    return build


def _compile(projection: Projection, width: int, grouped: bool, checked: bool) -> Build:
    real = {id(nested): (nested, tier) for nested, tier in _tiers(projection.root)}
    tiers = {key: Tier.VALIDATED if checked else tier for key, (_, tier) in real.items()}
    source = source_of(projection, tiers, width=width, grouped=grouped)
    namespace: dict[str, Any] = {**_SETTERS, "missing": _missing}
    for name, value in source.namespace.items():
        if isinstance(value, Nested):
            tier = real[id(value)][1]
            value = _constructing(value) if tiers[id(value)] is Tier.CONSTRUCTED else _validating(value, tier)
        elif type(value) is dict:
            value = _Members(value)
        namespace[name] = value
    exec(compile(source.text, f"<the hydrator of {projection.schema.__name__}>", "exec"), namespace)
    return namespace["build"]  # type: ignore[no-any-return]


def _constructing(nested: Nested) -> Callable[[dict[str, Any]], BaseModel]:
    schema, names = nested.schema, frozenset(nested.schema.model_fields)

    def construct(values: dict[str, Any]) -> BaseModel:
        return schema.model_construct(set(names), **values)

    return construct


def _validating(nested: Nested, tier: Tier) -> Callable[[dict[str, Any]], BaseModel]:
    """Return what validates a row: to the letter where it would be believed otherwise."""
    validate = nested.schema.__pydantic_validator__.validate_python
    is_strict = tier is not Tier.VALIDATED

    def validated(values: dict[str, Any]) -> BaseModel:
        try:
            return validate(values, strict=is_strict or None, by_alias=False, by_name=True)  # type: ignore[no-any-return]
        except ValidationError as error:
            raise unreadable(nested.model, nested.schema, _plainest(values, error)) from None

    def _plainest(values: dict[str, Any], error: ValidationError) -> ValidationError:
        # What nothing can be made of is told better: which values there may be, and not only that it is none of them.
        try:
            validate(values, by_alias=False, by_name=True)
        except ValidationError as plainer:
            return plainer
        return error

    return validated
