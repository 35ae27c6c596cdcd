"""What follows from an entity as a whole: filters and orders of its lists, relations, names of its classes."""

from collections import Counter
from dataclasses import dataclass

from django_layers.scaffold.language.fields import (
    allows_null,
    embed_class,
    enumeration_name,
    field_type,
    is_private,
    row_name,
)
from django_layers.scaffold.language.grammar import parse_reference
from django_layers.scaffold.language.names import Name, singularized
from django_layers.scaffold.language.operations import input_entity, request_class
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, IndexColumn, OnDelete

__all__ = [
    "AUTOMATIC",
    "Filter",
    "automatic_fields",
    "class_names",
    "default_order",
    "filters",
    "key_name",
    "on_delete",
    "order_columns",
    "owner_field",
    "references",
    "related_name",
    "target_label",
]

AUTOMATIC = {"id": "the key", "created_at": "a timestamp", "updated_at": "a timestamp", "version": "the version"}
"""The fields that an entity has without being asked, some only with an option."""

_OF_FEW_VALUES = frozenset({"bool", "choice", "enum", "literal"})
_SUFFIXES = ("", "Create", "Update", "Read", "Insert", "Changes", "Query", "Repository", "Service", "Factory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter of lists.

    Attributes:
        name: the name in the query, "stars_min".
        field: the field that it is about.
        lookup: the path of the ORM, "stars__gte"; equal to the name where nothing has to be declared.
    """

    name: str
    field: FieldSpec
    lookup: str


def filters(entity: EntitySpec) -> tuple[Filter, ...]:
    """Return the filters of an entity's lists, in the order of its fields."""
    return tuple(
        Filter(name=name, field=field, lookup=lookup)
        for field in entity.fields
        for name, lookup in _field_filters(field)
    )


def _field_filters(field: FieldSpec) -> list[tuple[str, str]]:
    """Return the names and lookups of the filters of one field."""
    kind = field_type(field)
    # A filter by what no response carries would give it away, bit by bit.
    if field.writeonly or is_private(field):
        return []
    if kind.many:
        return [(f"{singularized(field.name)}_id", field.name)] if field.filter else []
    pairs = []
    if (
        kind.reference
        or field.type in _OF_FEW_VALUES
        or field.unique
        or field.index
        or (field.filter and kind.equality)
    ):
        pairs.append((row_name(field), row_name(field)))
    if field.filter:
        pairs += [(f"{field.name}{row.suffix}", f"{field.name}__{row.lookup}") for row in kind.lookups]
    return pairs


def key_name(entity: EntitySpec) -> str:
    """Return how DTOs call the key of an entity: "id", or as the model of an adopted one has it ("code", "user_id")."""
    if entity.model is None or not entity.model.key:
        return "id"
    return next((row_name(field) for field in entity.fields if field.name == entity.model.key), entity.model.key)


def order_columns(entity: EntitySpec) -> tuple[str, ...]:
    """Return the columns that lists can be ordered by, in both directions."""
    first = "created_at" if entity.timestamps else key_name(entity)
    sorted_by = [
        field.name
        for field in entity.fields
        if not field.writeonly
        and not field_type(field).reference
        and (field.sort or field.unique or field.index or field.type in _OF_FEW_VALUES)
    ]
    return tuple(dict.fromkeys([first, *(column.name for column in entity.order), *sorted_by]))


def default_order(entity: EntitySpec) -> tuple[IndexColumn, ...]:
    """Return the order of lists where a request names none, without the key that makes it total: newest first."""
    return entity.order or (IndexColumn("created_at" if entity.timestamps else key_name(entity), descending=True),)


def automatic_fields(entity: EntitySpec) -> tuple[str, ...]:
    """Return the names of the fields that an entity has without being asked."""
    is_field = entity.model is not None and entity.model.key in {field.name for field in entity.fields}
    names = [] if is_field else [key_name(entity)]
    names += ["created_at", "updated_at"] if entity.timestamps else []
    names += ["version"] if entity.versioned else []
    return tuple(names)


def owner_field(entity: EntitySpec) -> FieldSpec | None:
    """Return the field of the user whose row it is; None where rows have no owner."""
    return next((field for field in entity.fields if field.type == "owner"), None)


def references(entity: EntitySpec) -> tuple[FieldSpec, ...]:
    """Return the fields that refer to models, the owner included."""
    return tuple(field for field in entity.fields if field_type(field).reference)


def target_label(entity: EntitySpec, field: FieldSpec, *, user_model: str) -> str:
    """Return the label of the model that a field refers to; "self" and a name without app are of the entity's app.

    Raises:
        GrammarError: the target is no name of a model.
    """
    if field.type == "owner":
        return user_model
    if field.argument == ("self",):
        return f"{entity.app_label}.{entity.name}"
    app, model = parse_reference(",".join(field.argument))
    return f"{app or entity.app_label}.{model}"


def related_name(entity: EntitySpec, field: FieldSpec, *, user_model: str) -> str:
    """Return the name of the way back from the target: the one that was asked for, else the conventional one.

    That is the entity's plural, its singular for a one-to-one reference, none ("+") for an owner, and with the field's
    name in front where several fields refer to the same model.
    """
    if field.related is not None:
        return field.related
    if field.type == "owner":
        return "+"
    name = Name(entity.name, entity.plural)
    base = name.snake if field.type == "o2o" else name.plural
    targets = Counter(
        target_label(entity, other, user_model=user_model) for other in references(entity) if other.type != "owner"
    )
    several = targets[target_label(entity, field, user_model=user_model)] > 1
    return f"{field.name}_{base}" if several else base


def on_delete(field: FieldSpec) -> OnDelete:
    """Return what happens to a row whose target goes: what was asked for, else the conventional."""
    if field.on_delete is not None:
        return field.on_delete
    if field.type == "owner":
        return OnDelete.CASCADE
    return OnDelete.SET_NULL if allows_null(field) else OnDelete.PROTECT


def class_names(entity: EntitySpec) -> tuple[str, ...]:
    """Return the names of all classes that an entity brings into its app."""
    names = [f"{entity.name}{suffix}" for suffix in _SUFFIXES]
    names += [f"{entity.name}CreateFactory", f"Django{entity.name}Repository"]
    names += [enumeration_name(entity, field) for field in entity.fields if field.type == "choice"]
    names += [embed_class(entity, field) for field in entity.fields if field.embed]
    for operation in entity.operations:
        inputs = input_entity(entity, operation)
        names += [enumeration_name(inputs, field) for field in inputs.fields if field.type == "choice"]
        names += filter(None, [request_class(entity, operation)])
    return tuple(names)
