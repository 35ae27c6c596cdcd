"""How much of Pydantic it takes to build a DTO of values that come from a table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from django_layers.repositories.projection.plan import Collection, Column, Nested
from django_layers.repositories.projection.shapes import Shape, core_schema_of, shape_of

__all__ = ["Tier", "tier_of"]


class Tier(Enum):
    """How a DTO is built.

    Members:
        TRUSTED: its attributes are set, as Pydantic would set them. For schemas whose fields are annotated as the
            columns are: no constraints, no validators, and nothing that runs after.
        CONSTRUCTED: by `model_construct`, without validation. For schemas that would be trusted if it were not for
            private attributes, `model_post_init` or `extra="allow"`.
        VALIDATED: by validation. For all others.
    """

    TRUSTED = "trusted"
    CONSTRUCTED = "constructed"
    VALIDATED = "validated"


# What may stand in the core schema of a model, of its configuration and of its fields without any effect on values.
_OF_MODELS: Final = frozenset(
    {
        "cls",
        "config",
        "custom_init",
        "extra_behavior",
        "frozen",
        "generic_origin",
        "metadata",
        "post_init",
        "ref",
        "root_model",
        "schema",
        "serialization",
        "strict",
        "type",
    }
)
_OF_CONFIGURATIONS: Final = frozenset(
    {
        "cache_strings",
        "extra_fields_behavior",
        "from_attributes",
        "hide_input_in_errors",
        "loc_by_alias",
        "populate_by_name",
        "ser_json_bytes",
        "ser_json_inf_nan",
        "ser_json_temporal",
        "ser_json_timedelta",
        "serialize_by_alias",
        "strict",
        "title",
        "validate_by_alias",
        "validate_by_name",
        "validate_default",
        "validation_error_cause",
    }
)
_OF_FIELDS: Final = frozenset(
    {
        "frozen",
        "metadata",
        "schema",
        "serialization_alias",
        "serialization_exclude",
        "serialization_exclude_if",
        "type",
        "validation_alias",
    }
)


def tier_of(nested: Nested) -> Tier:
    """Return how the DTOs of a node of a projection are built."""
    core, known = core_schema_of(nested.schema)
    if not _is_plain(nested, core):
        return Tier.VALIDATED
    fields: Mapping[str, Any] = core["schema"]["fields"]
    if not all(field.keys() <= _OF_FIELDS for field in fields.values()):
        return Tier.VALIDATED
    shapes = {name: shape_of(field["schema"], known) for name, field in fields.items()}
    parts: tuple[Column | Nested | Collection, ...] = (*nested.columns, *nested.nested, *nested.collections)
    if not all(_fits(part, shapes[part.name]) for part in parts):
        return Tier.VALIDATED
    runs_after = bool(core.get("post_init")) or nested.schema.model_config.get("extra") == "allow"
    return Tier.CONSTRUCTED if runs_after else Tier.TRUSTED


def _is_plain(nested: Nested, core: Mapping[str, Any]) -> bool:
    """Return whether a schema is its fields, and no code of its own runs before it is there."""
    return (
        core["type"] == "model"
        and core["cls"] is nested.schema
        and core.keys() <= _OF_MODELS
        and core.get("config", {}).keys() <= _OF_CONFIGURATIONS
        and core["schema"]["type"] == "model-fields"
        and not core.get("custom_init")
        and not core.get("root_model")
        and nested.schema.__new__ is object.__new__
    )


def _fits(part: Column | Nested | Collection, shape: Shape) -> bool:
    """Return whether the values of a field are what its shape takes as it is."""
    if isinstance(part, Column):
        return part.kind is not None and shape.kind in {part.kind, "any"}
    if isinstance(part, Nested):
        return shape.schema is part.schema
    if shape.items is None:
        return False
    if part.projection is None:
        return part.kind is not None and shape.items.kind in {part.kind, "any"} and not shape.items.members
    return shape.items.schema is part.projection.schema
