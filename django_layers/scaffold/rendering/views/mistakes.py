"""Values that requests and the database refuse, for generated tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, localcontext

from django_layers.scaffold.language.expressions import Expression, Value, as_json, literal
from django_layers.scaffold.language.field_type import Argument
from django_layers.scaffold.language.fields import allows_null, bound, field_type, length_of, may_be_blank
from django_layers.scaffold.language.number_series import stored_step
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec

__all__ = ["Mistake", "broken_constraints", "mistakes"]

# Types whose values requests check by rules of their own, which their first mistake breaks.
_RULED = frozenset({"choice", "datetime", "email", "enum", "ip", "literal", "slug", "time", "url"})
# What stands before and after the filling of a text that is too long but otherwise right.
_AROUND = {"email": ("", "@example.com"), "url": ("https://example.com/", "")}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that is refused.

    Attributes:
        dto: the name of the field, in DTOs or of the model.
        value: the value.
        why: what is wrong with it, as an identifier of a test: "stars-too-low".
    """

    dto: str
    value: Expression
    why: str


def mistakes(field: FieldSpec, dto: str) -> Iterator[Mistake]:
    """Return values that requests refuse for a field, as JSON.

    Args:
        field: a field that requests may set.
        dto: its name in requests.
    """
    kind, name = field_type(field), dto.replace("_", "-")
    for value, why in _out_of_bounds(field):
        yield Mistake(dto, as_json(value), f"{name}-{why}")
    if kind.argument is Argument.DIGITS:
        yield Mistake(dto, Expression(repr(_too_exact(field))), f"{name}-too-exact")
    length = length_of(field)
    if length is not None:
        before, after = _AROUND.get(field.type, ("", ""))
        parts = [*([repr(before)] if before else []), f'"x" * {length + 1}', *([repr(after)] if after else [])]
        yield Mistake(dto, Expression(" + ".join(parts)), f"{name}-too-long")
    if kind.text and not may_be_blank(field):
        yield Mistake(dto, Expression('" "'), f"{name}-blank")
    if field.type in _RULED:
        value, why = kind.mistakes[0]
        yield Mistake(dto, as_json(value), f"{name}-{why.replace(' ', '-')}")
    if kind.reference:
        yield Mistake(dto, Expression("[{}]" if kind.many else "{}"), f"{name}-no-key")
    # A JSON value can be null.
    if not allows_null(field) and field.argument[:1] != ("JsonValue",):
        yield Mistake(dto, Expression("None"), f"{name}-null")


def broken_constraints(entity: EntitySpec, field: FieldSpec) -> Iterator[Mistake]:
    """Return values that the check constraints of a field refuse, as Python."""
    name = field.name.replace("_", "-")
    for value, why in _out_of_bounds(field):
        yield Mistake(field.name, literal(value), f"{name}-{why}")
    if field.type == "choice":
        yield Mistake(field.name, Expression('"unheard-of"'), f"{name}-none-of-the-choices")


def _out_of_bounds(field: FieldSpec) -> Iterator[tuple[Value, str]]:
    for text, sign, why in ((field.min, -1, "too-low"), (field.max, 1, "too-high")):
        value = _beyond(field, bound(field, text), sign)
        if value is not None:
            yield value, why


def _too_exact(field: FieldSpec) -> str:
    """Return a decimal number inside the bounds of a field, if they leave room, with a place too many."""
    _, places = (int(part) for part in field.argument)
    low, high = bound(field, field.min), bound(field, field.max)
    start = low if isinstance(low, Decimal) else Decimal(0) if not isinstance(high, Decimal) else min(high, Decimal(0))
    step = Decimal(1).scaleb(-places - 1)
    return f"{start - step if start == high else start + step:f}"


def _beyond(field: FieldSpec, value: Value, sign: int) -> Value:
    """Return the next value below or above a bound, or None where no column holds it."""
    kind = field_type(field)
    beyond: Value = None
    try:
        match value:
            case bool() | None:
                return None
            case int() | float():
                beyond = value + sign
            case Decimal():
                digits, places = (int(part) for part in field.argument)
                with localcontext(prec=digits + 2):
                    beyond = value + sign * stored_step(value, Decimal(1).scaleb(-places))
                beyond = beyond if abs(beyond.scaleb(places)) < 10**digits else None
            case datetime():
                beyond = value + timedelta(seconds=sign)
            case date():
                beyond = value + timedelta(days=sign)
            case timedelta():
                beyond = value + timedelta(seconds=sign)
            case time():
                moved = datetime.combine(date(2026, 1, 2), value) + timedelta(minutes=sign)
                beyond = moved.time() if moved.date() == date(2026, 1, 2) else None
            case _:
                return None
    except OverflowError:
        return None
    return beyond if _is_stored(beyond, kind.lowest, kind.highest) else None


def _is_stored(value: Value, lowest: Value, highest: Value) -> bool:
    if isinstance(value, int) and isinstance(lowest, int) and isinstance(highest, int):
        return lowest <= value <= highest
    return value is not None
