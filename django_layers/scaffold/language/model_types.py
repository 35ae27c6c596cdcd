"""The types of columns that a model can have and the field grammar can't say; only adopted entities have them."""

from collections.abc import Mapping
from types import MappingProxyType

from django_layers.scaffold.language import series, values
from django_layers.scaffold.language.field_type import Argument, FieldType

__all__ = ["MODEL_TYPES"]

_ROWS = (
    FieldType(
        name="enum",
        says="a member of an enumeration that is there",
        model="CharField",
        plain=None,
        argument=Argument.ENUMERATION,
        modifiers=frozenset(),
        equality=True,
        read=values.read_member,
        series=series.value_series,
        mistakes=(("unheard-of", "none of the choices"),),
    ),
    FieldType(
        name="literal",
        says="one of a few values",
        model="CharField",
        plain=None,
        argument=Argument.VALUES,
        modifiers=frozenset(),
        equality=True,
        read=values.read_member,
        series=series.value_series,
        mistakes=(("unheard-of", "none of the choices"),),
    ),
    FieldType(
        name="column",
        says="what the model's column holds",
        model="Field",
        plain=None,
        argument=Argument.ANNOTATION,
        modifiers=frozenset(),
        series=series.column_series,
    ),
)

MODEL_TYPES: Mapping[str, FieldType] = MappingProxyType({row.name: row for row in _ROWS})
"""The types of columns that only adopted entities have, by name."""
