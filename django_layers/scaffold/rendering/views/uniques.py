"""What no two rows of an entity have in common."""

from dataclasses import dataclass

from django_layers.scaffold.language.fields import dto_name, is_settable
from django_layers.scaffold.language.names import Name, database_name, snake_case
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec

__all__ = ["UniqueView", "conflict", "unique_views"]


@dataclass(frozen=True, slots=True)
class UniqueView:
    """What no two rows have in common.

    Attributes:
        fields: the fields.
        phrase: them in running text, "this recipe and this user".
        constraint: the name of the constraint; empty where the column itself is unique.
        updatable: whether a request that changes a row can break it.
    """

    fields: tuple[FieldSpec, ...]
    phrase: str
    constraint: str
    updatable: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)

    @property
    def settable(self) -> tuple[str, ...]:
        """The names of them that requests can set, in DTOs."""
        return tuple(dto_name(field) for field in self.fields if is_settable(field))


def unique_views(entity: EntitySpec, in_update: set[str]) -> tuple[UniqueView, ...]:
    """Return what no two rows of an entity have in common: single columns first, then sets of fields.

    Args:
        entity: the entity.
        in_update: the fields that requests can change.
    """
    by_name = {field.name: field for field in entity.fields}
    columns = [((field,), "") for field in entity.fields if field.unique or field.type == "o2o"]
    sets = [
        (tuple(by_name[name] for name in names), _unique_name(entity, position, names))
        for position, names in enumerate(entity.unique)
    ]
    return tuple(
        UniqueView(fields, _phrase(fields), constraint, any(field.name in in_update for field in fields))
        for fields, constraint in [*columns, *sets]
    )


def _phrase(fields: tuple[FieldSpec, ...]) -> str:
    words = [f"this {field.name.replace('_', ' ')}" for field in fields]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def conflict(name: Name, uniques: tuple[UniqueView, ...]) -> str:
    """Return what there is already where a row can't be stored, as a sentence; empty where that can't be."""
    if not uniques:
        return ""
    return f"there is {name.with_article} with {', or with '.join(unique.phrase for unique in uniques)} already."


def _unique_name(entity: EntitySpec, position: int, names: tuple[str, ...]) -> str:
    """Return the name of the constraint of a set of fields that are unique together; the first set has the plainest."""
    return database_name(entity.app_label, snake_case(entity.name), *(names if position else ()), "unique")
