"""Values of models as the text that the field grammar reads."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

__all__ = ["text_of"]


def text_of(value: object) -> str | None:
    """Return a value as text in the field grammar; None where it has no such text."""
    if isinstance(value, Enum):
        value = value.value
    match value:
        case bool():
            return "true" if value else "false"
        case str() | UUID():
            return str(value)
        case int() | float():
            return repr(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else None
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case _:
            return None


def _duration(value: timedelta) -> str | None:
    sign, value = ("-", -value) if value < timedelta(0) else ("", value)
    if value.microseconds:
        return None
    minutes, seconds = divmod(value.days * 86_400 + value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"
