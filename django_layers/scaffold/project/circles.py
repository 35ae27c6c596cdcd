"""References that lead in a circle: services that would wait for each other, and rows that would need each other."""

from collections.abc import Callable, Iterator

from django_layers.scaffold.language.fields import allows_null, field_type, is_settable
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec

__all__ = ["asks_service", "leading_back", "leading_to", "needs_row"]


def asks_service(field: FieldSpec) -> bool:
    """Return whether the service of an entity asks that of a field's target whether a row may be referred to."""
    return field_type(field).reference and field.type != "owner" and is_settable(field) and not field.unchecked


def needs_row(field: FieldSpec) -> bool:
    """Return whether no row can be without one that the field refers to."""
    kind = field_type(field)
    return kind.reference and field.type != "owner" and not kind.many and not allows_null(field)


def leading_back(
    entity: EntitySpec, spec_of: Callable[[str], EntitySpec | None], follows: Callable[[FieldSpec], bool]
) -> frozenset[str]:
    """Return the labels of the models from which references lead back to an entity.

    Args:
        entity: the entity.
        spec_of: returns what is known of a model's entity; None for a model that is none.
        follows: whether a reference counts.
    """
    own = f"{entity.app_label}.{entity.name}"
    return frozenset(label for label in _targets(entity, follows) if own in _reached(label, spec_of, follows, own))


def leading_to(
    entity: EntitySpec,
    spec_of: Callable[[str], EntitySpec | None],
    follows: Callable[[FieldSpec], bool],
    is_wanted: Callable[[str], bool],
) -> frozenset[str]:
    """Return the labels of the models, of those that an entity refers to, from which references lead to wanted ones.

    Args:
        entity: the entity.
        spec_of: returns what is known of a model's entity; None for a model that is none.
        follows: whether a reference counts.
        is_wanted: whether a model, by its label, is a wanted one; it leads to itself.
    """
    own = f"{entity.app_label}.{entity.name}"
    return frozenset(
        label
        for label in _targets(entity, follows)
        if any(
            spec_of(each) is not None and is_wanted(each) for each in {label, *_reached(label, spec_of, follows, own)}
        )
    )


def _reached(
    start: str, spec_of: Callable[[str], EntitySpec | None], follows: Callable[[FieldSpec], bool], own: str
) -> set[str]:
    reached: set[str] = set()
    waiting = [start] if start != own else []
    while waiting:
        label = waiting.pop()
        spec = spec_of(label) if label != own else None
        fresh = {*_targets(spec, follows)} - reached if spec is not None else set()
        reached |= fresh
        waiting += fresh
    return reached


def _targets(entity: EntitySpec, follows: Callable[[FieldSpec], bool]) -> Iterator[str]:
    for field in entity.fields:
        if field_type(field).reference and follows(field) and field.argument and field.argument != ("self",):
            yield field.argument[0]
