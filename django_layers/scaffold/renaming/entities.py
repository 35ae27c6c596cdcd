"""The specification of an entity whose fields have new names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django_layers.scaffold.language.derived import references, related_name, target_label
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, IndexColumn

__all__ = [
    "parse_renames",
    "rename_order",
    "rename_problems",
    "with_renamed_embeds",
    "with_renamed_fields",
    "without_fields",
]


def parse_renames(texts: Iterable[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the new names of `OLD:NEW` arguments by the old ones, and what is wrong with them."""
    renames: dict[str, str] = {}
    problems: list[str] = []
    for text in texts:
        old, sign, new = text.partition(":")
        if not old or not sign or not new.isidentifier():
            problems.append(f"{text!r} does not say what gets which name. Write OLD:NEW, comment:note.")
        elif old in renames:
            problems.append(f"{old} gets two names. Name a field once.")
        renames.setdefault(old, new)
    return renames, tuple(problems)


def rename_problems(entity: EntitySpec, renames: Mapping[str, str]) -> tuple[str, ...]:
    """Return why fields can't get new names, one sentence each; none where they can.

    Args:
        entity: the entity as it is.
        renames: the new name of each field.
    """
    names = {field.name for field in entity.fields}
    problems = [
        f"{entity.name} has no field {old} to rename. It has: {', '.join(sorted(names)) or 'none'}."
        for old in renames
        if old not in names
    ]
    targets = list(renames.values())
    for new in dict.fromkeys(targets):
        if targets.count(new) > 1:
            problems.append(f"Two fields can't both be renamed to {new}.")
    for old, new in renames.items():
        if old == new:
            problems.append(f"{old} has this name already.")
        elif new in names and new not in renames:
            problems.append(f"{entity.name} has a field {new} already: rename or remove it first, in a run of its own.")
    if not problems and len(rename_order(renames)) < len(renames):
        circle = ", ".join(sorted(set(renames) & set(targets)))
        problems.append(
            f"{circle} can't swap their names in one run, since a column is in the way of the other: "
            "rename one of them to a third name first."
        )
    return tuple(problems)


def rename_order(renames: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return renames in an order in which each new name is free when its turn comes; a circle is left out."""
    left, ordered = dict(renames), []
    while free := [old for old, new in left.items() if new not in left]:
        ordered += [(old, left.pop(old)) for old in free]
    return tuple(ordered)


def with_renamed_fields(entity: EntitySpec, renames: Mapping[str, str], *, user_model: str) -> EntitySpec:
    """Return an entity with new names of some fields, wherever it names them.

    The way back from a target keeps its name, even where it came from that of the field: others use it.

    Args:
        entity: the entity.
        renames: the new name of each field.
        user_model: the label of the user model.
    """
    ways_back = {field.name: related_name(entity, field, user_model=user_model) for field in references(entity)}
    renamed = replace(
        entity,
        fields=tuple(_renamed(entity, field, renames) for field in entity.fields),
        unique=tuple(tuple(renames.get(name, name) for name in names) for names in entity.unique),
        indexes=tuple(tuple(_column(column, renames) for column in columns) for columns in entity.indexes),
        order=tuple(_column(column, renames) for column in entity.order),
        operations=tuple(
            replace(operation, fields=tuple(renames.get(name, name) for name in operation.fields))
            for operation in entity.operations
        ),
    )
    old_names = {new: old for old, new in renames.items()}
    return replace(
        renamed,
        fields=tuple(
            replace(field, related=ways_back[old_names.get(field.name, field.name)])
            if old_names.get(field.name, field.name) in ways_back
            and related_name(renamed, field, user_model=user_model) != ways_back[old_names.get(field.name, field.name)]
            else field
            for field in renamed.fields
        ),
    )


def with_renamed_embeds(entity: EntitySpec, label: str, renames: Mapping[str, str], *, user_model: str) -> EntitySpec:
    """Return an entity that embeds fields of another one by their new names.

    Args:
        entity: the entity that embeds.
        label: the other one.
        renames: the new names of the other one's fields.
        user_model: the label of the user model.
    """
    embedding = {
        field.name for field in references(entity) if target_label(entity, field, user_model=user_model) == label
    }
    return replace(
        entity,
        fields=tuple(
            replace(field, embed=tuple(renames.get(name, name) for name in field.embed))
            if field.name in embedding
            else field
            for field in entity.fields
        ),
    )


def without_fields(entity: EntitySpec, names: Collection[str]) -> EntitySpec:
    """Return an entity without some fields, and without what names them."""
    return replace(
        entity,
        fields=tuple(each for each in entity.fields if each.name not in names),
        unique=tuple(each for each in entity.unique if not {*each} & {*names}),
        indexes=tuple(each for each in entity.indexes if not {column.name for column in each} & {*names}),
        order=tuple(each for each in entity.order if each.name not in names),
        operations=tuple(each for each in entity.operations if not {*each.fields} & {*names}),
    )


def _renamed(entity: EntitySpec, field: FieldSpec, renames: Mapping[str, str]) -> FieldSpec:
    is_self = field.argument in {("self",), (entity.name,), (f"{entity.app_label}.{entity.name}",)}
    embed = tuple(renames.get(name, name) for name in field.embed) if is_self else field.embed
    return replace(field, name=renames.get(field.name, field.name), embed=embed)


def _column(column: IndexColumn, renames: Mapping[str, str]) -> IndexColumn:
    return IndexColumn(renames.get(column.name, column.name), column.descending)
