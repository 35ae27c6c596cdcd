"""How a schema with `MISSING` fields describes itself."""

from typing import cast

from pydantic import MISSING
from pydantic_core import CoreSchema

__all__ = ["without_missing_defaults"]


def without_missing_defaults(core_schema: CoreSchema) -> CoreSchema:
    """Return the core schema with every default that is `MISSING` hidden behind a factory.

    Pydantic's own generator of JSON schemas leaves `MISSING` defaults out; django-ninja's tries to write them as JSON and
    fails. A default factory is written by neither, and the field still counts as not required.
    """
    return cast("CoreSchema", _hidden(core_schema))


def _hidden(node: object) -> object:
    if isinstance(node, list):
        return [_hidden(item) for item in node]
    if not isinstance(node, dict):
        return node
    hidden = {key: item if key == "metadata" else _hidden(item) for key, item in node.items()}
    if node.get("type") == "default" and node.get("default") is MISSING:
        del hidden["default"]
        hidden["default_factory"] = _missing
    return hidden


def _missing() -> object:
    return MISSING
