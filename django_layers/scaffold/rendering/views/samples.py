"""Values of a column for factories and tests."""

from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression, Value, as_json
from django_layers.scaffold.language.fields import bound, enumeration_name, field_type, length_of, value_expression
from django_layers.scaffold.language.series import Bounded
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.language.values import values_of

__all__ = ["Samples", "samples_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Values of one column.

    Attributes:
        low, high: two values, the lower one first where they have an order.
        low_json, high_json: the same in JSON.
        low_query, high_query: the same in a query string.
        part: the end of the lower one in capitals, for filters by a part in any case.
        series: the declaration in a factory.
        size: how many different values the series has.
        differ: whether there are two different values.
        ordered: whether they have an order.
    """

    low: Expression
    high: Expression
    low_json: Expression
    high_json: Expression
    low_query: Expression
    high_query: Expression
    part: str
    series: Expression
    size: int
    differ: bool
    ordered: bool


def samples_of(entity: EntitySpec, field: FieldSpec) -> Samples:
    """Return values of a column.

    Args:
        entity: its entity.
        field: the field; neither a reference nor a file.
    """
    kind = field_type(field)
    assert kind.series is not None
    limits = Bounded(field=field, low=bound(field, field.min), high=bound(field, field.max), length=length_of(field))
    series = kind.series(limits)
    ordered = not isinstance(series.samples[0], dict | list)
    low, high = sorted(series.samples, key=_rank) if ordered else series.samples
    code = f"factory.Sequence(lambda n: {series.code})"
    if field.type == "choice":
        code = f"factory.Iterator({enumeration_name(entity, field)})"
    elif field.type in ("enum", "literal"):
        members = (str(value_expression(entity, field, value)) for value in values_of(field) if value != "")
        code = f"factory.Iterator([{', '.join(members)}])"
    return Samples(
        low=value_expression(entity, field, low),
        high=value_expression(entity, field, high),
        low_json=as_json(low),
        high_json=as_json(high),
        low_query=_query(low),
        high_query=_query(high),
        part=repr(str(low)[1:].upper() or str(low)),
        series=Expression(code, series.imports),
        size=series.size,
        differ=low != high,
        ordered=ordered,
    )


def _rank(value: Value) -> tuple[bool, Value]:
    return (value is not None, value)


def _query(value: Value) -> Expression:
    return Expression(repr(str(value).lower())) if isinstance(value, bool | float) else as_json(value)
