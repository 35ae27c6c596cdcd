"""What the generator needs to know of models that exist, read from Django's metadata of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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

__all__ = ["ModelsFacts", "column_type_name", "field_type_name", "key_type", "may_query", "model_facts"]

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


def may_query(model: "AnyModel") -> bool:
    """Return whether a field of a model is of a class that may ask the database what it is to store, as unique slugs do."""
    return any(not type(field).pre_save.__module__.startswith("django.") for field in model._meta.concrete_fields)


def field_type_name(field: "AnyField") -> str:
    """Return the type of a model's field in the field grammar; empty where the grammar has none."""
    if field.choices and field.get_internal_type() == "CharField":
        return "choice"
    return column_type_name(field)


def column_type_name(field: "AnyField") -> str:
    """Return the same whatever choices the field may have."""
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


class ModelsFacts(Mapping[str, ModelFacts]):
    """The facts of models by label, each worked out when it is asked for: a project has many, and a request needs few.

    A model whose key has an unknown type can't be referred to, and is none of them.
    """

    def __init__(self, models: "Iterable[AnyModel]") -> None:
        self._models = {model._meta.label: model for model in models if _has_known_key(model)}
        self._facts: dict[str, ModelFacts] = {}

    def __getitem__(self, label: str) -> ModelFacts:
        if label not in self._facts:
            self._facts[label] = model_facts(self._models[label])
        return self._facts[label]

    def __contains__(self, label: object) -> bool:
        return label in self._models or label in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter({**self._models, **self._facts})

    def __len__(self) -> int:
        return len({**self._models, **self._facts})

    def with_changes(self, changes: Mapping[str, ModelFacts]) -> "ModelsFacts":
        """Return the facts with those of some models changed, or with models that there are not yet."""
        changed = self._copy()
        changed._facts |= changes
        return changed

    def without(self, label: str) -> "ModelsFacts":
        """Return the facts as they would be without a model, and so without the ways back that its references add."""
        model = self._models.get(label)
        if model is None:
            return self
        changed = self._copy()
        del changed._models[label]
        changed._facts.pop(label, None)
        for relation in model._meta.get_fields():
            target = relation.related_model if relation.is_relation and not relation.auto_created else None
            if target is not None and target._meta.label in changed._models:
                changed._facts[target._meta.label] = _without(self[target._meta.label], target, model)
        return changed

    def _copy(self) -> "ModelsFacts":
        copied = ModelsFacts(())
        copied._models, copied._facts = dict(self._models), dict(self._facts)
        return copied


def _without(facts: ModelFacts, target: "AnyModel", model: "AnyModel") -> ModelFacts:
    """Return the facts of a target without the reverse accessors that come from a model."""
    own = {relation.get_accessor_name() for relation in target._meta.related_objects if relation.related_model is model}
    return replace(facts, reverse_accessors=facts.reverse_accessors - own)


def _has_known_key(model: "AnyModel") -> bool:
    try:
        key_type(model)
    except ValueError:
        return False
    return True


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
