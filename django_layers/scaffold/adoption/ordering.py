"""In which order models are adopted: what others refer to comes first."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from django_layers.scaffold.language.fields import field_type, is_settable
from django_layers.scaffold.language.spec import EntitySpec

__all__ = ["in_order", "with_unchecked"]


def in_order(entities: Sequence[EntitySpec]) -> tuple[EntitySpec, ...]:
    """Return entities so that each comes after those that it refers to, as far as there is such an order.

    In a circle of references one has to come first; it is one that needs least of what comes later.
    """
    labels = {f"{entity.app_label}.{entity.name}": entity for entity in entities}
    waiting = {label: _needed(entity, labels) for label, entity in labels.items()}
    required = {label: _needed(entity, labels, only_required=True) for label, entity in labels.items()}
    found: list[EntitySpec] = []
    while waiting:
        # By label in the end, so that the order does not hang on that of the modules.
        label = min(waiting, key=lambda each: (len(required[each] & waiting.keys()), len(waiting[each]), each))
        del waiting[label]
        for needed in waiting.values():
            needed.discard(label)
        found.append(labels[label])
    return tuple(found)


def _needed(entity: EntitySpec, labels: Mapping[str, EntitySpec], *, only_required: bool = False) -> set[str]:
    own = f"{entity.app_label}.{entity.name}"
    fields = [field for field in entity.fields if not (only_required and (field.null or field_type(field).many))]
    return {field.argument[0] for field in fields if field.argument and field.argument[0] in labels} - {own}


def with_unchecked(entity: EntitySpec, labels: Container[str]) -> EntitySpec:
    """Return an entity whose references to some models are checked by no service, since that would wait for its own."""
    return replace(
        entity,
        fields=tuple(
            replace(field, unchecked=True)
            if field_type(field).reference and is_settable(field) and field.argument and field.argument[0] in labels
            else field
            for field in entity.fields
        ),
    )
