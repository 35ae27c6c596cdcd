"""Enough of JSON Schema for the one that describes plans: every keyword that it uses, and an error for any other."""

from collections.abc import Iterator, Mapping

__all__ = ["violations"]

_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "number": int, "null": type(None)}
_KEYWORDS = {
    *("$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "items"),
    *("required", "properties", "additionalProperties"),
}


def violations(
    data: object, schema: Mapping[str, object], whole: Mapping[str, object], where: str = "$"
) -> Iterator[str]:
    """Yield what data breaks of a schema.

    Args:
        data: the data.
        schema: the schema, or a part of it.
        whole: the schema as a whole, for references into it.
        where: the place of the data.
    """
    assert schema.keys() <= _KEYWORDS, schema.keys() - _KEYWORDS
    match schema.get("$ref"):
        case str(reference):
            yield from violations(data, whole["$defs"][reference.removeprefix("#/$defs/")], whole, where)  # type: ignore[index]
    types = schema.get("type", [*_TYPES])
    if not any(isinstance(data, _TYPES[name]) for name in ([types] if isinstance(types, str) else types)):  # type: ignore[union-attr]
        yield f"{where}: {data!r} is no {types}"
        return
    if "const" in schema and (data != schema["const"] or isinstance(data, bool)):
        yield f"{where}: {data!r} is not {schema['const']!r}"
    if "enum" in schema and data not in schema["enum"]:  # type: ignore[operator]
        yield f"{where}: {data!r} is none of {schema['enum']}"
    if isinstance(data, list) and "items" in schema:
        for index, item in enumerate(data):
            yield from violations(item, schema["items"], whole, f"{where}[{index}]")  # type: ignore[arg-type]
    if isinstance(data, dict) and "properties" in schema:
        properties: Mapping[str, Mapping[str, object]] = schema["properties"]  # type: ignore[assignment]
        yield from (f"{where}: {key} is missing" for key in schema.get("required", []) if key not in data)  # type: ignore[attr-defined]
        for key, value in data.items():
            if key in properties:
                yield from violations(value, properties[key], whole, f"{where}.{key}")
            elif schema.get("additionalProperties") is False:
                yield f"{where}: {key} is unknown"
