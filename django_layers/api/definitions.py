"""The JSON schemas of all that an API takes and gives, made in one go.

django-ninja makes them endpoint by endpoint and merges them by name, so of two classes with one name the last one would
describe both. Made together, Pydantic sees the clash and qualifies the names of both.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ninja.openapi.schema import REF_TEMPLATE
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

__all__ = ["Definitions", "JsonSchema"]

JsonSchema = dict[str, Any]
"""A JSON schema; its values are what JSON has, which no type of Python says well."""

_GENERIC = re.compile(r"(\w+)\[([^\[\].]*)\]")


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with `RatingReadPage` for the `Page[RatingRead]` that it would call `Page_RatingRead_`."""

    def normalize_name(self, name: str) -> str:
        while "." not in name and _GENERIC.search(name):
            name = _GENERIC.sub(lambda generic: generic[2].replace(",", "").replace(" ", "") + generic[1], name)
        return super().normalize_name(name)


@dataclass(frozen=True, slots=True)
class Definitions:
    """JSON schemas by model, and what they refer to.

    Attributes:
        by_model: the schema of each model, as it comes in ("validation") and goes out ("serialization").
        by_name: what the schemas refer to, by the last part of the reference.
    """

    by_model: Mapping[tuple[type[BaseModel], JsonSchemaMode], JsonSchema]
    by_name: Mapping[str, JsonSchema]

    @classmethod
    def of(cls, models: Iterable[tuple[type[BaseModel], JsonSchemaMode]]) -> "Definitions":
        """Return the definitions of these models."""
        by_model, definitions = models_json_schema(list(models), schema_generator=_Generator, ref_template=REF_TEMPLATE)
        # The keys are the models that went in; Pydantic's type allows dataclasses too.
        return cls(by_model=dict(by_model), by_name=definitions.get("$defs", {}))  # type: ignore[arg-type]

    def reference(self, model: type[BaseModel], mode: JsonSchemaMode) -> JsonSchema:
        """Return a schema that refers to the model."""
        return deepcopy(self.by_model[model, mode])

    def resolved(self, schema: JsonSchema) -> JsonSchema:
        """Return the schema, or a copy of what it refers to."""
        while "$ref" in schema:
            schema = self.by_name[_name(schema["$ref"])]
        return deepcopy(schema)

    def reachable(self, document: object) -> dict[str, JsonSchema]:
        """Return what a document refers to, at any depth, by name."""
        found: dict[str, JsonSchema] = {}
        pending = list(_references(document))
        while pending:
            name = _name(pending.pop())
            if name not in found:
                found[name] = self.by_name[name]
                pending.extend(_references(found[name]))
        return dict(sorted(found.items()))


def _references(node: object) -> Iterable[str]:
    if isinstance(node, Mapping):
        reference = node.get("$ref")
        if isinstance(reference, str):
            yield reference
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]
