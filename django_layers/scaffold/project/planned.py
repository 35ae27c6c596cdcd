"""Entities that a run adds together: what each needs to know of the others, before any of their models exists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django_layers.scaffold.language.derived import references, related_name, target_label
from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression, Import
from django_layers.scaffold.language.fields import allows_null, field_type, is_private
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, PrimaryKey
from django_layers.scaffold.project.facts import FieldFacts, ModelFacts
from django_layers.scaffold.project.introspect import ModelsFacts
from django_layers.scaffold.project.layout import KeyType

__all__ = ["label_of", "with_planned"]

_MOMENT = FieldFacts(type="datetime", annotation=Expression("dt.datetime", (DATETIME_MODULE,)))
_NUMBER = FieldFacts(type="int", annotation=Expression("int"))
_UUID = FieldFacts(type="uuid", annotation=Expression("UUID", (Import("uuid", "UUID"),)))
_JSON_VALUE = Expression("JsonValue", (Import("pydantic", "JsonValue"),))


def label_of(entity: EntitySpec) -> str:
    """Return the label of the model of an entity."""
    return f"{entity.app_label}.{entity.name}"


def with_planned(models: ModelsFacts, others: Iterable[EntitySpec], *, user_model: str) -> ModelsFacts:
    """Return the facts of models as they will be with those of other entities.

    Args:
        models: the models that there are, without the one that the facts are for.
        others: the entities that are added beside it.
        user_model: the label of the user model.
    """
    # A model that is adopted is there, and says itself what it has.
    others = [entity for entity in others if entity.model is None]
    planned = {label_of(entity): _facts(entity) for entity in others}
    models = models.with_changes(planned)
    ways_back: dict[str, set[str]] = {}
    for entity in others:
        for label, name in _ways_back(entity, user_model):
            ways_back.setdefault(label, set()).add(name)
    known = {label: models[label] for label in ways_back if label in models}
    return models.with_changes(
        {
            label: replace(facts, reverse_accessors=facts.reverse_accessors | ways_back[label])
            for label, facts in known.items()
        }
    )


def _ways_back(entity: EntitySpec, user_model: str) -> Iterator[tuple[str, str]]:
    for field in references(entity):
        name = related_name(entity, field, user_model=user_model)
        if name != "+":
            yield target_label(entity, field, user_model=user_model), name


def _facts(entity: EntitySpec) -> ModelFacts:
    has_uuid = entity.primary_key is PrimaryKey.UUID
    automatic: dict[str, FieldFacts] = {"id": _UUID if has_uuid else replace(_NUMBER, type="bigint")}
    automatic |= {"version": _NUMBER} if entity.versioned else {}
    automatic |= {"created_at": _MOMENT, "updated_at": _MOMENT} if entity.timestamps else {}
    own: Mapping[str, FieldFacts] = {field.name: _field_facts(field) for field in entity.fields}
    return ModelFacts(
        label=label_of(entity),
        key=KeyType("UUID", "uuid") if has_uuid else KeyType("int"),
        fields={**automatic, **own},
        private=any(map(is_private, entity.fields)),
    )


def _field_facts(field: FieldSpec) -> FieldFacts:
    return FieldFacts(type=field.type, annotation=_annotation(field), nullable=allows_null(field))


def _annotation(field: FieldSpec) -> Expression | None:
    kind = field_type(field)
    if kind.reference or kind.upload or field.writeonly:
        return None
    if field.type == "choice":
        return Expression("str")
    return _JSON_VALUE if field.type == "json" else kind.plain
