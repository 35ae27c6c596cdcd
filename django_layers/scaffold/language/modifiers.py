"""The modifiers of the field grammar, which stand after the type of a field."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["MODIFIERS", "Modifier"]


@dataclass(frozen=True, slots=True)
class Modifier:
    """A modifier of the grammar.

    Attributes:
        name: as it is written.
        takes_value: whether a value follows it.
        says: what it means, one phrase.
    """

    name: str
    takes_value: bool
    says: str


MODIFIERS: Mapping[str, Modifier] = MappingProxyType(
    {
        row.name: row
        for row in (
            Modifier("optional", False, "a request may leave it out: empty text, false, or NULL"),
            Modifier("null", False, "it may be NULL, text too"),
            Modifier("unique", False, "no two rows have the same value"),
            Modifier("index", False, "it has an index, so lists can be filtered and ordered by it"),
            Modifier("filter", False, "lists can be filtered by it: by range, by part of a text"),
            Modifier("sort", False, "lists can be ordered by it"),
            Modifier("readonly", False, "no request can set it, only the code of the service"),
            Modifier("writeonly", False, "no response carries it"),
            Modifier("unchecked", False, "that the row exists is checked, and not whether the actor may see it"),
            Modifier("cascade", False, "it goes with the row that it refers to"),
            Modifier("protect", False, "the row that it refers to can't be deleted"),
            Modifier("restrict", False, "as protect, unless both go with a third row"),
            Modifier("set_null", False, "it becomes NULL when the row that it refers to is deleted"),
            Modifier("default", True, "the value that a request leaves out"),
            Modifier("min", True, "the smallest value"),
            Modifier("max", True, "the largest value"),
            Modifier("max_length", True, "the most characters"),
            Modifier("related", True, "the name of the way back from the row that it refers to"),
            Modifier("embed", True, "the fields of the row that it refers to that responses carry"),
            Modifier("help", True, "what it is, for people"),
        )
    }
)
