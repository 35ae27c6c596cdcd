"""A generated entity whose model was changed by hand: what its specification is now, and what differs."""

from collections.abc import Iterator
from dataclasses import replace

from django_layers.scaffold.language.fields import (
    NoDefault,
    allows_null,
    bound,
    default_value,
    field_type,
    is_settable,
    length_of,
    may_be_blank,
)
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, IndexColumn
from django_layers.scaffold.language.values import values_of

__all__ = ["differences", "with_model"]

# How the grammar calls what is read of a model.
_SAME = {"json": "column", "choice": "enum", "owner": "fk"}


def with_model(entity: EntitySpec, model: EntitySpec) -> EntitySpec:
    """Return the specification of a generated entity as its model is now; what no model can say stays.

    Args:
        entity: what was asked for.
        model: what is read of the model.
    """
    found = {field.name: field for field in model.fields}
    indexed = {columns[0].name for columns in entity.indexes if len(columns) == 1}
    kept = [_updated(field, found[field.name], indexed) for field in entity.fields if field.name in found]
    names = {field.name for field in kept}
    fields = (*kept, *(_asked(field) for field in model.fields if field.name not in names))
    known = {"id", *found, *(("created_at", "updated_at") if model.timestamps else ())}
    unique = _unique(entity, model)
    return replace(
        entity,
        fields=fields,
        unique=unique,
        indexes=tuple(columns for columns in entity.indexes if known.issuperset(column.name for column in columns)),
        order=_order(entity.order, known),
        versioned=model.versioned,
        timestamps=model.timestamps,
    )


def differences(old: EntitySpec, new: EntitySpec) -> Iterator[str]:
    """Yield what differs between two specifications of an entity, a phrase each, as migrations write it."""
    before, after = ({field.name: field for field in entity.fields} for entity in (old, new))
    yield from (f"- {name}" for name in before if name not in after)
    yield from (f"+ {name}:{field.type}" for name, field in after.items() if name not in before)
    for name, field in after.items():
        if name in before and before[name] != field:
            changed = (
                slot for slot in FieldSpec.__dataclass_fields__ if getattr(field, slot) != getattr(before[name], slot)
            )
            yield f"~ {name}: {', '.join(changed)}"
    for slot in EntitySpec.__dataclass_fields__:
        if slot != "fields" and getattr(old, slot) != getattr(new, slot):
            yield f"~ {slot}"


def _unique(entity: EntitySpec, model: EntitySpec) -> tuple[tuple[str, ...], ...]:
    same = {frozenset(names) for names in entity.unique} == {frozenset(names) for names in model.unique}
    return entity.unique if same else model.unique


def _order(order: tuple[IndexColumn, ...], known: set[str]) -> tuple[IndexColumn, ...]:
    return order if known.issuperset(column.name for column in order) else ()


def _updated(field: FieldSpec, found: FieldSpec, indexed: set[str]) -> FieldSpec:
    """Return a field as its model is now: itself where nothing differs."""
    if field.type == "owner" and found.type in ("fk", "o2o") and not found.null:
        return field
    if _is_same(field, found, indexed):
        return field
    if field.type == "choice" and found.type in ("enum", "literal"):
        values = tuple(str(value) for value in values_of(found) if value != "")
        default = found.default if found.default in values else None
        return replace(field, argument=values, default=default, null=found.null, optional=found.null)
    new = _asked(found)
    if new.type == field.type and field.optional and allows_null(field) == allows_null(new):
        new = replace(new, optional=True, null=field.null)
    return replace(
        new,
        filter=field.filter,
        sort=field.sort,
        related=field.related,
        embed=field.embed,
        unchecked=field.unchecked,
        readonly=field.readonly or new.readonly,
        writeonly=field.writeonly or new.writeonly,
        help=field.help,
    )


def _is_same(field: FieldSpec, found: FieldSpec, indexed: set[str]) -> bool:
    kind, other = field_type(field), field_type(found)
    if kind.upload or other.upload:
        return field.type == found.type
    if kind.reference or other.reference:
        return (field.type, field.argument, allows_null(field)) == (found.type, found.argument, allows_null(found))
    if found.type not in (field.type, _SAME.get(field.type), "literal" if field.type == "choice" else ""):
        return False
    has_index = field.index or field.name in indexed or field.unique
    if (found.index or found.unique) != has_index or field.unique != found.unique:
        return False
    if allows_null(field) != allows_null(found):
        return False
    if field.type == "json":
        return True
    if field.type == "choice":
        values = tuple(str(value) for value in values_of(found) if value != "")
        return set(values) == set(field.argument) and field.default == found.default
    return _said(field) == _said(found)


def _said(field: FieldSpec) -> tuple[object, ...]:
    """Return what a field says of its values, whichever way it says it."""
    default = default_value(field)
    return (
        length_of(field),
        field.argument if field.type == "decimal" else (),
        bound(field, field.min),
        bound(field, field.max),
        None if isinstance(default, NoDefault) else (default,),
        may_be_blank(field),
        field.filled,
        is_settable(replace(field, readonly=False)),
    )


def _asked(found: FieldSpec) -> FieldSpec:
    """Return a field that is read of a model as a request would say it."""
    if found.null and not field_type(found).text and found.default is None and not found.filled:
        return replace(found, null=False, optional=True)
    return found
