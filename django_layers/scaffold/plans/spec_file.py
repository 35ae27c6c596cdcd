"""Files that describe entities, in TOML or JSON: one entity, or several at once, in any order."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import cast

from django_layers.scaffold.language.grammar import format_field
from django_layers.scaffold.language.problems import GrammarError
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, OperationSpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.plans.ledger import JSON
from django_layers.scaffold.plans.spec_data import field_data, from_data, operation_data, to_data
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["as_json", "as_toml", "read_spec_file"]

_KEYS = frozenset({"app", "entities"})


def read_spec_file(path: Path) -> tuple[EntitySpec, ...]:
    """Return the entities that a file describes, in TOML where its name says so, in JSON else.

    Raises:
        InvalidRequest: the file can't be read, or does not describe entities; every problem is listed, with its entity.
    """
    try:
        # Some editors put a byte order mark before the text.
        text = path.read_text(encoding="utf-8-sig")
        data: JSON = _as_json_has_it(tomllib.loads(text)) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError) as error:
        raise InvalidRequest([f"{path} can't be read: {error}."]) from error
    if isinstance(data, Mapping) and "entities" in data:
        return _several(data)
    return (from_data(data),)


def _as_json_has_it(value: object) -> JSON:
    """Return a value of TOML, which has days and times besides: these as the texts that the field grammar reads."""
    if isinstance(value, dict):
        return {key: _as_json_has_it(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_json_has_it(each) for each in value]
    return value.isoformat() if isinstance(value, date | time) else cast("JSON", value)


def as_toml(entities: Sequence[EntitySpec]) -> str:
    """Return entities as a file in TOML that `read_spec_file` reads."""
    blocks = []
    for entity in entities:
        lines = [f"{key} = {_toml(value)}" for key, value in _written(entity).items()]
        blocks.append("\n".join(["[[entities]]", *lines]) + "\n")
    return "\n".join(blocks)


def as_json(entities: Sequence[EntitySpec]) -> str:
    """Return entities as a file in JSON that `read_spec_file` reads."""
    return json.dumps({"entities": [_written(entity) for entity in entities]}, indent=2, ensure_ascii=False) + "\n"


def _several(data: Mapping[str, JSON]) -> tuple[EntitySpec, ...]:
    app, described = data.get("app", ""), data["entities"]
    problems = [f"{key!r} is unknown. {did_you_mean(key, _KEYS)}".rstrip() for key in data if key not in _KEYS]
    if not isinstance(described, list) or not described:
        problems.append("entities must be a list of objects, one for each entity.")
        described = []
    if not isinstance(app, str):
        problems.append(f"app: {json.dumps(app)} must be text.")
    entities: list[EntitySpec] = []
    for position, each in enumerate(described, 1):
        try:
            entity = from_data(each)
        except InvalidRequest as error:
            problems += (f"{_called(each, position)}: {problem}" for problem in error.problems)
        else:
            entities.append(replace(entity, app_label=entity.app_label or str(app)))
    if problems:
        raise InvalidRequest(problems)
    return tuple(entities)


def _called(data: JSON, position: int) -> str:
    name = data.get("name") if isinstance(data, Mapping) else None
    return name if isinstance(name, str) and name else f"entity {position}"


def _written(entity: EntitySpec) -> dict[str, JSON]:
    """Return an entity as it is written in a file: what is a field in the field grammar, where that can say it."""
    data = to_data(entity)
    if entity.fields:
        data["fields"] = [_field_written(field) for field in entity.fields]
    if entity.operations:
        data["operations"] = [
            {**operation_data(operation), **_inputs_written(operation)} for operation in entity.operations
        ]
    return data


def _inputs_written(operation: OperationSpec) -> dict[str, JSON]:
    inputs: list[JSON] = [*operation.fields, *map(_field_written, operation.inputs)]
    return {"input": inputs} if inputs else {}


def _field_written(field: FieldSpec) -> JSON:
    try:
        return format_field(field)
    except GrammarError:
        return field_data(field)


def _toml(value: JSON) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_toml(item)}' for key, item in value.items())} }}"
    if isinstance(value, str):
        # Of what JSON leaves as it is, TOML only wants the last control character escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Sequence):
        items = [_toml(item) for item in value]
        one_line = f"[{', '.join(items)}]"
        return one_line if len(one_line) <= 100 else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return json.dumps(value)
