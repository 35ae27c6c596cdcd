"""The lists of keys in the requests of an entity, and how many keys its generated tests put into them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.rendering.views.fields import LONGEST_ID_LIST, FieldView
from django_layers.scaffold.rendering.views.mistakes import Mistake

__all__ = ["IdList", "id_lists"]


@dataclass(frozen=True, slots=True)
class IdList:
    """A list of keys that requests may set.

    Attributes:
        dto: its name in requests.
        longest: as many keys as it takes, as JSON.
        too_long: one more than that.
    """

    dto: str
    longest: Expression
    too_long: Mistake


def id_lists(fields: Iterable[FieldView]) -> Iterator[IdList]:
    """Return the lists of keys among the fields of an entity."""
    for field in fields:
        if field.reference is None or not field.reference.many or not field.in_create:
            continue
        # A list of one key that no row has.
        one = field.reference.unknown_json
        yield IdList(
            dto=field.dto,
            longest=Expression(f"{one} * {LONGEST_ID_LIST}"),
            too_long=Mistake(
                field.dto, Expression(f"{one} * {LONGEST_ID_LIST + 1}"), f"{field.dto.replace('_', '-')}-too-many"
            ),
        )
