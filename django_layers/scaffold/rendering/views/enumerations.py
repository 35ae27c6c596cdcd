"""The enumerations of an entity's choices."""

from dataclasses import dataclass

from django_layers.scaffold.language.fields import choice_members, enumeration_name
from django_layers.scaffold.language.spec import EntitySpec

__all__ = ["EnumerationView", "enumeration_views"]


@dataclass(frozen=True, slots=True)
class EnumerationView:
    """The enumeration of a choice.

    Attributes:
        name: its class, "RecipeStatus".
        noun: what it is, in running text: "status".
        members: names and values.
    """

    name: str
    noun: str
    members: tuple[tuple[str, str], ...]


def enumeration_views(entity: EntitySpec) -> tuple[EnumerationView, ...]:
    """Return the enumerations of an entity, in the order of its fields."""
    return tuple(
        EnumerationView(enumeration_name(entity, field), field.name.replace("_", " "), choice_members(field))
        for field in entity.fields
        if field.type == "choice"
    )
