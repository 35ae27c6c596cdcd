"""The numbers that factories and generated tests give to a field."""

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from django_layers.scaffold.language.expressions import literal
from django_layers.scaffold.language.series import MANY, Bounded, Series, bound_as, direction, stepped, walk

__all__ = ["decimal_series", "float_series", "integer_series", "stored_step"]

# Sums of decimals are rounded to 28 digits, so longer numbers can't be counted up.
_SUMMED_DIGITS = 24
# SQLite keeps decimals as floats, of which 15 digits are sure; the last one is left for what is carried.
_STORED_DIGITS = 14


def integer_series(bounded: Bounded) -> Series:
    """Return whole numbers within the bounds."""
    first, sign, size = walk(bounded, int, start=1, room=lambda low, high: high - low)
    second = first + direction(sign, size)
    return Series(samples=(first, second), code=stepped(first, sign, f"n % {size:_}"), size=size)


def float_series(bounded: Bounded) -> Series:
    """Return numbers within the bounds, hundredths of the way between them."""
    low, high = bound_as(float, bounded.low), bound_as(float, bounded.high)
    if low is not None and high is not None:
        span = f"({high!r} - {low!r})" if low else repr(high)
        return Series(samples=(low, high), code=stepped(low, "+", f"n % 100 / 100 * {span}"), size=100)
    first, sign, _ = walk(bounded, float, start=0.5, room=lambda low, high: MANY)
    second = first + direction(sign, MANY) / 2
    return Series(samples=(first, second), code=stepped(first, sign, f"n % {MANY:_} / 2"))


def decimal_series(bounded: Bounded) -> Series:
    """Return decimals within the bounds, a unit of the last place apart that every database keeps."""
    digits, places = (int(part) for part in bounded.field.argument)
    unit = Decimal(1).scaleb(-places)
    with localcontext(prec=digits + 2):
        largest = (10**digits - 1) * unit
        limited = replace(bounded, floor=-largest, ceiling=largest)
        start = Decimal(1).quantize(unit) if places < digits <= _SUMMED_DIGITS else unit
        bound, sign, _ = walk(limited, Decimal, start=start, room=lambda low, high: 1)
        step = stored_step(bound, unit)
        first = _rounded(bound, step, sign)
        end = bound_as(Decimal, bounded.high if sign == "+" else bounded.low)
        end = (largest if sign == "+" else -largest) if end is None else end
        room = int((end - first if sign == "+" else first - end) / step)
        if end < first if sign == "+" else first < end:
            # No database but one that keeps every digit has a value between such bounds.
            first, room = bound, 0
        size = min(MANY, room + 1)
        first, step = first.quantize(unit), step.quantize(unit)
        if abs(first) >= unit.scaleb(_SUMMED_DIGITS):
            return Series(samples=(first, first), code=literal(first).code, imports=literal(first).imports, size=1)
        second = first + direction(sign, size) * step
    code = stepped(first, sign, f"n % {size:_} * {literal(step).code}")
    return Series(samples=(first, second), code=code, imports=literal(step).imports, size=size)


def stored_step(value: Decimal, unit: Decimal) -> Decimal:
    """Return the smallest step from a decimal that every database keeps.

    Args:
        value: the decimal.
        unit: the unit of the last place of its column.
    """
    return max(unit, Decimal(1).scaleb(value.adjusted() - _STORED_DIGITS + 1)) if value else unit


def _rounded(value: Decimal, step: Decimal, sign: str) -> Decimal:
    """Return the nearest whole number of steps, in the direction of the sign."""
    return (value / step).to_integral_value(ROUND_CEILING if sign == "+" else ROUND_FLOOR) * step
