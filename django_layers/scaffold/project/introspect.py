"""What the generator needs to know of models that exist, read from Django's metadata of them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django_layers.scaffold.language.expressions import Expression, Import
from django_layers.scaffold.language.types import FIELD_TYPES
from django_layers.scaffold.project.facts import FieldFacts, ModelFacts
from django_layers.scaffold.project.layout import KeyType

if TYPE_CHECKING:
    from typing import TypeAlias

    from django.db import models

    AnyModel: TypeAlias = type[models.Model]
    AnyField: TypeAlias = models.Field[object, object]

__all__ = ["field_type_name", "key_type", "model_facts", "models_facts"]

# By `get_internal_type`, most telling first: a SlugField is a CharField too, but says so itself.
_TYPES = {row.model: row.name for row in FIELD_TYPES.values() if row.name not in ("choice", "owner")} | {
    "AutoField": "int",
    "BigAutoField": "bigint",
    "SmallAutoField": "smallint",
    "PositiveIntegerField": "int",
    "PositiveBigIntegerField": "bigint",
    "PositiveSmallIntegerField": "smallint",
    "FilePathField": "str",
}
_KEYS = frozenset({"int", "str", "UUID"})
_JSON_VALUE = Expression("JsonValue", (Import("pydantic", "JsonValue"),))


def key_type(model: "AnyModel") -> KeyType:
    """Return the type of a model's primary key, through one that is a reference to another model.

    Raises:
        ValueError: the key has a type that no annotation of a key is known for.
    """
    field: AnyField = model._meta.pk
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]  # a field with a remote field is a ForeignKey
    annotation = _annotation(field)
    if annotation is None or annotation.code not in _KEYS:
        raise ValueError(
            f"The key of {model._meta.label} is a {type(field).__name__}, for which no type of Python is known. "
            "Keys can be integers, UUIDs or text."
        )
    return KeyType(annotation.code, annotation.imports[0].module if annotation.imports else "")


def field_type_name(field: "AnyField") -> str:
    """Return the type of a model's field in the field grammar; empty where the grammar has none."""
    if field.choices and field.get_internal_type() == "CharField":
        return "choice"
    for kind in (type(field), *type(field).__mro__):
        if kind.__name__ in _TYPES:
            return _TYPES[kind.__name__]
    return _TYPES.get(field.get_internal_type(), "")


def model_facts(model: "AnyModel") -> ModelFacts:
    """Return what there is to know of a model.

    Raises:
        ValueError: the type of its key is unknown.
    """
    meta = model._meta
    local: list[AnyField] = [*meta.fields, *meta.many_to_many]
    return ModelFacts(
        label=meta.label,
        key=key_type(model),
        fields={
            field.name: FieldFacts(
                type=field_type_name(field),
                annotation=_annotation(field),
                nullable=bool(field.null),
            )
            for field in local
        },
        reverse_accessors=frozenset(
            name for relation in meta.related_objects if (name := relation.get_accessor_name()) is not None
        ),
        replaced_by=meta.swapped or None,
    )


def models_facts(models: "Iterable[AnyModel]") -> Mapping[str, ModelFacts]:
    """Return the facts of models by label; one whose key has an unknown type can't be referred to and is left out."""
    facts = {}
    for model in models:
        try:
            facts[model._meta.label] = model_facts(model)
        except ValueError:
            continue
    return facts


def _annotation(field: "AnyField") -> Expression | None:
    if field.remote_field is not None:
        return None
    kind = field_type_name(field)
    if kind == "choice":
        return Expression("str")
    # What the grammar calls json is an object; a JSONField may hold anything.
    if kind == "json":
        return _JSON_VALUE
    row = FIELD_TYPES.get(kind)
    return None if row is None or row.upload else row.plain
