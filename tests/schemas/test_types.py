"""Types of values that every database can store."""

from datetime import UTC, datetime, time, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from django_layers.schemas import AwareDatetime, Duration, Int16, Int32, Int64, NaiveTime


@pytest.mark.parametrize(("kind", "bits"), [(Int16, 15), (Int32, 31), (Int64, 63)])
def test_an_integer_fits_its_column_exactly(kind: type[int], bits: int) -> None:
    adapter = TypeAdapter(kind)
    assert adapter.validate_python(2**bits - 1) == 2**bits - 1
    assert adapter.validate_python(-(2**bits)) == -(2**bits)
    for outside in (2**bits, -(2**bits) - 1):
        with pytest.raises(ValidationError):
            adapter.validate_python(outside)


def test_a_moment_is_turned_into_utc() -> None:
    moment = TypeAdapter(AwareDatetime).validate_python("2026-01-01T01:30:00+02:00")
    assert moment == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-01-01T00:00:00", "timezone_aware"),
        ("0001-01-01T00:00:00+14:00", "moment_out_of_range"),
        ("9999-12-31T23:59:59-12:00", "moment_out_of_range"),
    ],
)
def test_a_moment_without_a_zone_or_without_utc_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(AwareDatetime).validate_python(text)
    assert caught.value.errors()[0]["type"] == kind


def test_a_time_of_day_has_no_zone() -> None:
    adapter = TypeAdapter(NaiveTime)
    assert adapter.validate_python("10:30") == time(10, 30)
    with pytest.raises(ValidationError, match="no time zone"):
        adapter.validate_python("10:30Z")


def test_a_duration_fits_64_bits_of_microseconds() -> None:
    adapter = TypeAdapter(Duration)
    longest = timedelta(days=100_000_000)
    assert adapter.validate_python(longest) == longest
    assert longest / timedelta(microseconds=1) < 2**63
    with pytest.raises(ValidationError):
        adapter.validate_python(longest + timedelta(microseconds=1))
