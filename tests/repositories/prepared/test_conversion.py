"""What is known of Django's converters gives what they give, to the last digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import InvalidOperation
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models.expressions import Col
from hypothesis import given
from hypothesis import strategies as st

from django_layers.repositories.prepared.conversion import Conversion
from tests.shop.models import Product, Sample

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's driver has the fewest kinds of its own")

PRICE = Col("product", Product._meta.get_field("price"))
AMOUNT = Col("sample", Sample._meta.get_field("amount"))


def by_django(column: Col, values: Sequence[object]) -> list[object]:
    """Return values as Django converts them, one by one."""
    converted = list(values)
    for convert in connection.ops.get_db_converters(column):
        converted = [convert(value, column, connection) for value in converted]
    return converted


def by_us(column: Col, values: Sequence[object]) -> list[object]:
    converters: dict[int, tuple[Sequence[Any], Any]] = {0: (connection.ops.get_db_converters(column), column)}
    return [row[0] for row in Conversion(converters, connection).rows([(value,) for value in values], connection)]


def outcome(column: Col, value: object, convert: Any) -> object:
    try:
        found = convert(column, [value])[0]
    except InvalidOperation:
        return InvalidOperation
    return type(found), str(found)


@given(
    st.sampled_from([PRICE, AMOUNT]),
    st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(-(10**6), 10**6, places=3).map(float)
    | st.sampled_from([0.0, -0.0, 2.675, 0.1 + 0.2, 1e-7, 123456.78, 999999.99, 1e16, None]),
)
def test_decimals_have_the_digits_that_django_gives_them(column: Col, value: object) -> None:
    assert outcome(column, value, by_us) == outcome(column, value, by_django)


@given(st.uuids())
def test_uuids_are_those_of_their_digits(value: UUID) -> None:
    column = Col("sample", Sample._meta.get_field("code"))

    (found,) = by_us(column, [value.hex])

    assert found == value
    assert (hash(found), repr(found), found.is_safe) == (hash(value), repr(value), value.is_safe)
    assert by_us(column, [str(value), None]) == [value, None]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("day", [date(2026, 1, 2), "2026-01-02", None]),
        ("time", [time(9, 30), "09:30:00", None]),
        ("moment", [datetime(2026, 1, 2, 3, 4, 5, 6), "2026-01-02 03:04:05", datetime(2026, 1, 2, tzinfo=UTC), None]),
        ("flag", [True, False, 1, 0, None]),
    ],
)
def test_other_values_are_what_django_makes_of_them(name: str, values: list[object]) -> None:
    column = Col("sample", Sample._meta.get_field(name))

    found = by_us(column, values)

    assert found == by_django(column, values)
    assert [type(each) for each in found] == [type(each) for each in by_django(column, values)]
