"""How values are written as Python."""

from decimal import Decimal

import pytest

from django_layers.scaffold.language.expressions import literal


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-5", "Decimal(-5)"),
        ("0", "Decimal(0)"),
        ("10", "Decimal(10)"),
        ("-0", "Decimal('-0')"),
        ("5.0", "Decimal('5.0')"),
        ("1E+2", "Decimal('1E+2')"),
    ],
)
def test_a_decimal_is_written_as_an_int_where_that_is_the_same(text: str, code: str) -> None:
    written = literal(Decimal(text)).code

    assert written == code
    assert str(eval(written, {"Decimal": Decimal})) == text
