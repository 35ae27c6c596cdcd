"""Values that requests and the database just take, for generated tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression, as_json
from django_layers.scaffold.language.fields import bound, field_type, length_of, may_be_blank
from django_layers.scaffold.language.spec import FieldSpec

__all__ = ["Limit", "limits"]

# Types of text that can be filled up with one letter and stay right.
_PLAIN_TEXT = frozenset({"slug", "str"})


@dataclass(frozen=True, slots=True)
class Limit:
    """A value that is the last one taken.

    Attributes:
        dto: the name of the field, in DTOs.
        value: the value, as JSON.
        why: which limit it is, as an identifier of a test: "stars-lowest".
    """

    dto: str
    value: Expression
    why: str


def limits(field: FieldSpec, dto: str) -> Iterator[Limit]:
    """Return the values at the limits of a field.

    Args:
        field: a field that requests may set.
        dto: its name in requests.
    """
    name = dto.replace("_", "-")
    for text, why in ((field.min, "lowest"), (field.max, "highest")):
        value = bound(field, text)
        if value is not None:
            yield Limit(dto, as_json(value), f"{name}-{why}")
    if field_type(field).text and field.type not in ("email", "url") and not may_be_blank(field):
        yield Limit(dto, Expression('"x"'), f"{name}-shortest")
    length = length_of(field)
    if length is not None and field.type in _PLAIN_TEXT:
        yield Limit(dto, Expression(f'"x" * {length}'), f"{name}-longest")
