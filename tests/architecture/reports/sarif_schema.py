"""The part of SARIF 2.1.0 that reports use, as a schema, and a small validator of such schemas.

Every object is closed and has the keys that the standard requires, so that what passes here passes there too.
"""

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["LOG", "problems_of"]


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"required": required, "optional": optional or {}}


_TEXT = {"type": str, "pattern": r"(?s).+"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_NUMBER = {"type": int, "minimum": 1}
_URI = {"type": str, "pattern": r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+"}
_MESSAGE = _object({"text": _TEXT})
_RULE = _object(
    {"id": _TEXT},
    {
        "shortDescription": _MESSAGE,
        "help": _object({"text": _TEXT}, {"markdown": _TEXT}),
        "helpUri": _URI,
        "defaultConfiguration": _object({}, {"level": _LEVEL}),
    },
)
_DRIVER = _object({"name": _TEXT}, {"semanticVersion": _TEXT, "rules": {"items": _RULE}})
_REGION = _object({"startLine": _NUMBER}, {"startColumn": _NUMBER})
_LOCATION = _object(
    {},
    {
        "physicalLocation": _object(
            {"artifactLocation": _object({"uri": _URI}, {"uriBaseId": _TEXT}), "region": _REGION}
        ),
        "logicalLocations": {"items": _object({}, {"fullyQualifiedName": _TEXT})},
    },
)
_RESULT = _object(
    {"message": _MESSAGE},
    {
        "ruleId": _TEXT,
        "ruleIndex": {"type": int, "minimum": 0},
        "level": _LEVEL,
        "locations": {"items": _LOCATION},
        "partialFingerprints": {"values": _TEXT},
    },
)
_RUN = _object(
    {"tool": _object({"driver": _DRIVER})},
    {
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {"values": _object({"uri": {"type": str, "pattern": r"file://.*/"}})},
        "invocations": {"items": _object({"executionSuccessful": {"type": bool}})},
        "results": {"items": _RESULT},
    },
)
LOG = _object({"version": {"enum": ["2.1.0"]}, "runs": {"items": _RUN}}, {"$schema": _URI})


def problems_of(value: object, schema: dict[str, Any] = LOG, where: str = "") -> list[str]:
    """Return what of a value is not as a schema says."""
    return list(_problems(value, schema, where))


def _problems(value: object, schema: dict[str, Any], where: str) -> Iterator[str]:
    if "enum" in schema:
        if value not in schema["enum"]:
            yield f"{where}: {value!r} is none of {schema['enum']}"
    elif "items" in schema:
        if not isinstance(value, list):
            yield f"{where}: is no list"
            return
        for position, one in enumerate(value):
            yield from _problems(one, schema["items"], f"{where}/{position}")
    elif "values" in schema or "required" in schema:
        if not isinstance(value, dict):
            yield f"{where}: is no object"
            return
        yield from _problems_of_object(value, schema, where)
    elif type(value) is not schema["type"]:
        yield f"{where}: {value!r} is no {schema['type'].__name__}"
    elif isinstance(value, str) and not re.fullmatch(schema.get("pattern", ".*"), value):
        yield f"{where}: {value!r} is not as it must be"
    elif isinstance(value, int) and value < schema.get("minimum", 0):
        yield f"{where}: {value!r} is too small"


def _problems_of_object(value: dict[str, object], schema: dict[str, Any], where: str) -> Iterator[str]:
    if "values" in schema:
        for key, one in value.items():
            yield from _problems(one, schema["values"], f"{where}/{key}")
        return
    known = {**schema["required"], **schema["optional"]}
    yield from (f"{where}: has no {key}" for key in schema["required"] if key not in value)
    for key, one in value.items():
        if key in known:
            yield from _problems(one, known[key], f"{where}/{key}")
        else:
            yield f"{where}: has an unknown key {key}"
