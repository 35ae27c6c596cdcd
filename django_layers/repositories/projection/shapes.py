"""Which values a field of a schema takes as they are, seen from the core schema that Pydantic validates it with.

A core schema says all that there is to a field: annotations, constraints, validators, defaults, configuration. What is
not recognised here is left to Pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, TypeAlias

from django.conf import settings
from pydantic import BaseModel

__all__ = ["CONTAINERS", "Shape", "core_schema_of", "shape_of", "shapes_of"]

Core: TypeAlias = "Mapping[str, Any]"

CONTAINERS: Final[dict[str, Callable[[list[object]], object]]] = {
    "frozenset": frozenset,
    "list": list,
    "set": set,
    "tuple": tuple,
}
"""What the many values of a field are held in."""

# What may stand in a core schema without any effect on a value that is of its type already.
_WITHOUT_EFFECT: Final = frozenset(
    {"type", "ref", "metadata", "serialization", "strict", "microseconds_precision", "variadic_item_index"}
)
_PLAIN: Final = frozenset(
    {"any", "bool", "bytes", "date", "datetime", "decimal", "float", "int", "str", "time", "timedelta", "uuid"}
)
# What an enumeration makes of a value that is none of its members, unless it says otherwise: nothing.
_MISSING: Final = Enum._missing_.__func__  # type: ignore[attr-defined]
_JSON: Final = "pydantic.types.JsonValue:"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a field takes as it is.

    Attributes:
        kind: the type of its values, as core schemas name it; "any", "json", "model" and the containers among them;
            empty where it is not recognised.
        nullable: whether None is one of them.
        members: the value of the field by the stored value, where only some are allowed.
        schema: the DTO, of a model.
        items: what a container holds, where it takes any number of them.
    """

    kind: str = ""
    nullable: bool = False
    members: Mapping[object, object] = field(default_factory=dict)
    schema: type[BaseModel] | None = None
    items: Shape | None = None


_UNKNOWN: Final = Shape()


def core_schema_of(schema: type[BaseModel]) -> tuple[Core, Mapping[str, Core]]:
    """Return what Pydantic validates a schema with, and what that refers to by name."""
    # One whose building was deferred has none before.
    schema.model_rebuild()
    core: Core = schema.__pydantic_core_schema__
    known: dict[str, Core] = {}
    if core["type"] == "definitions":
        known = {each["ref"]: each for each in core["definitions"]}
        core = core["schema"]
    return _resolved(core, known), known


def shapes_of(schema: type[BaseModel]) -> Mapping[str, Shape]:
    """Return what each field of a schema takes as it is; nothing of a schema with validators of its own."""
    core, known = core_schema_of(schema)
    inner = core.get("schema", {})
    if core["type"] != "model" or inner.get("type") != "model-fields":
        return {}
    return {name: shape_of(field["schema"], known) for name, field in inner["fields"].items()}


def shape_of(core: Core, known: Mapping[str, Core]) -> Shape:
    """Return what a field takes as it is.

    Args:
        core: the core schema of the field.
        known: what it may refer to by name.
    """
    core, nullable = _bare(core, known)
    kind = str(core["type"])
    if str(core.get("ref", "")).startswith(_JSON):
        return Shape(kind="json", nullable=True)
    if kind == "model":
        return Shape(kind=kind, nullable=nullable, schema=core["cls"])
    if kind == "enum" and core["cls"]._missing_.__func__ is _MISSING:
        return _one_of({member.value: member for member in core["members"]}, core, nullable)
    if kind == "literal":
        return _one_of({value: value for value in core["expected"]}, core, nullable)
    if kind in CONTAINERS:
        return _container(core, known, nullable)
    if kind == "datetime" and core.get("tz_constraint") == ("aware" if settings.USE_TZ else "naive"):
        core = {key: value for key, value in core.items() if key != "tz_constraint"}
    if kind in _PLAIN and core.keys() <= _WITHOUT_EFFECT:
        return Shape(kind=kind, nullable=nullable or kind == "any")
    return _UNKNOWN


def _bare(core: Core, known: Mapping[str, Core]) -> tuple[Core, bool]:
    """Return a core schema without what says that there may be None, or nothing at all, and whether None may be."""
    core, nullable = _resolved(core, known), False
    while core["type"] in {"nullable", "default"} and core.get("on_error", "raise") == "raise":
        nullable |= core["type"] == "nullable"
        core = _resolved(core["schema"], known)
    return core, nullable


def _resolved(core: Core, known: Mapping[str, Core]) -> Core:
    while core["type"] == "definition-ref" and core["schema_ref"] in known:
        core = known[core["schema_ref"]]
    return core


def _one_of(members: dict[object, object], core: Core, nullable: bool) -> Shape:
    """Return the shape of an enumeration or of literals: text or integers, and nothing that makes more of others."""
    types = {type(value) for value in members}
    ours = _WITHOUT_EFFECT | {"cls", "members", "sub_type", "expected"}
    if types not in ({str}, {int}) or not core.keys() <= ours:
        return _UNKNOWN
    return Shape(kind=types.pop().__name__, nullable=nullable, members=members)


def _container(core: Core, known: Mapping[str, Core], nullable: bool) -> Shape:
    items = core.get("items_schema")
    if core["type"] == "tuple":
        # Of any length: the one schema is that of all items.
        items = items[0] if core.get("variadic_item_index") == 0 and items and len(items) == 1 else None
    if not core.keys() <= _WITHOUT_EFFECT | {"items_schema"}:
        items = None
    return Shape(kind=str(core["type"]), nullable=nullable, items=None if items is None else shape_of(items, known))
