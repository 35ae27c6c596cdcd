"""What text may not hold."""

from pydantic_core import PydanticCustomError

__all__ = ["refuse_nul"]


def refuse_nul(value: object) -> object:
    """Return the value unless there is a NUL character somewhere in it.

    PostgreSQL stores none, neither in text nor in JSON, so it would be a server error there and accepted elsewhere.

    Raises:
        PydanticCustomError: a string, or a string inside a list or an object, holds one.
    """
    if holds_nul(value):
        raise PydanticCustomError("nul_character", "NUL characters are not allowed")
    return value


def holds_nul(value: object) -> bool:
    """Return whether there is a NUL character in the strings of the value, names of an object included."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(holds_nul(name) or holds_nul(item) for name, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return any(holds_nul(item) for item in value)
    return False
