"""The specification of an entity as JSON data: for its ledger, and for files (see `spec_file`)."""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from enum import StrEnum
from typing import TypeVar

from django_layers.scaffold.language.grammar import format_columns, parse_field, parse_index, parse_order
from django_layers.scaffold.language.problems import GrammarError, Problem
from django_layers.scaffold.language.spec import (
    Access,
    EntitySpec,
    FieldSpec,
    Filling,
    IndexColumn,
    ModelSpec,
    OnDelete,
    OperationSpec,
    PrimaryKey,
    Returns,
    Rows,
)
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.plans.ledger import JSON
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["field_data", "from_data", "operation_data", "to_data"]

_FIELD_KEYS = frozenset(field.name for field in fields(FieldSpec))
_MODEL_KEYS = frozenset(field.name for field in fields(ModelSpec))
_ENTITY_KEYS = frozenset(
    {"name", "app", "plural", "fields", "pk", "unique", "indexes", "order", "public", "write", "versioned"}
    | {"async", "timestamps", "layers", "operations", "model"}
)
_OPERATION_KEYS = frozenset({"name", "on", "input", "returns"})
_BARE_NAME = re.compile(r"\w+")
_Enumeration = TypeVar("_Enumeration", bound=StrEnum)


def to_data(entity: EntitySpec) -> dict[str, JSON]:
    """Return an entity as JSON data; what has its default value is left out."""
    everything: dict[str, JSON] = {
        "name": entity.name,
        "app": entity.app_label,
        "plural": entity.plural,
        "fields": [field_data(field) for field in entity.fields],
        "pk": "" if entity.primary_key is PrimaryKey.AUTO else entity.primary_key.value,
        "unique": [list(names) for names in entity.unique],
        "indexes": [format_columns(columns) for columns in entity.indexes],
        "order": format_columns(entity.order),
        "public": "" if entity.public is Access.NONE else entity.public.value,
        "write": "users" if entity.write_users else "",
        "versioned": entity.versioned,
        "async": entity.asynchronous,
        "layers": sorted(entity.layers),
        "operations": [operation_data(operation) for operation in entity.operations],
        "model": asdict(entity.model) if entity.model is not None else None,
    }
    data: dict[str, JSON] = {key: value for key, value in everything.items() if value}
    return data if entity.timestamps else {**data, "timestamps": False}


def from_data(data: JSON) -> EntitySpec:
    """Return the entity that JSON data describes; a field may be an object, or text in the field grammar.

    Raises:
        InvalidRequest: it does not describe one; every problem is listed.
    """
    reader = _Reader()
    entity = reader.entity(data)
    if reader.problems:
        raise InvalidRequest(list(map(str, reader.problems)))
    return entity


def field_data(field: FieldSpec) -> dict[str, JSON]:
    """Return a field as JSON data; what has its default value is left out."""
    data: dict[str, JSON] = {}
    for slot in fields(FieldSpec):
        value = getattr(field, slot.name)
        if slot.default is MISSING or value != slot.default:
            data[slot.name] = list(value) if isinstance(value, tuple) else value
    return data


def operation_data(operation: OperationSpec) -> dict[str, JSON]:
    """Return an operation as JSON data; what has its default value is left out."""
    data: dict[str, JSON] = {"name": operation.name}
    if operation.rows is not Rows.ONE:
        data["on"] = operation.rows.value
    if operation.fields or operation.inputs:
        data["input"] = [*operation.fields, *map(field_data, operation.inputs)]
    if operation.returns is not Returns.READ:
        data["returns"] = operation.returns.value
    return data


class _Reader:
    """Reads JSON data and collects what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def entity(self, data: JSON) -> EntitySpec:
        if not isinstance(data, Mapping):
            self._problem("entity", "it must be an object with name and fields.")
            data = {}
        self._known("entity", data, _ENTITY_KEYS)
        return EntitySpec(
            name=self._text("name", data.get("name")),
            app_label=self._text("app", data.get("app", "")),
            plural=self._text("plural", data["plural"]) if data.get("plural") is not None else None,
            fields=tuple(map(self._field, self._list("fields", data.get("fields", [])))),
            primary_key=self._choice("pk", data.get("pk", PrimaryKey.AUTO), PrimaryKey),
            unique=tuple(self._texts("unique", names) for names in self._list("unique", data.get("unique", []))),
            indexes=tuple(self._columns("indexes", text) for text in self._texts("indexes", data.get("indexes", []))),
            order=self._columns("order", self._text("order", data.get("order", ""))),
            public=self._choice("public", data.get("public", Access.NONE), Access),
            write_users=self._writes(data.get("write", "")),
            versioned=self._flag("versioned", data.get("versioned", False)),
            asynchronous=self._flag("async", data.get("async", False)),
            timestamps=self._flag("timestamps", data.get("timestamps", True)),
            layers=frozenset(self._texts("layers", data.get("layers", []))),
            operations=tuple(map(self._operation, self._list("operations", data.get("operations", [])))),
            model=self._model(data.get("model")),
        )

    def _writes(self, data: JSON) -> bool:
        who = self._text("write", data)
        if who not in ("", "users"):
            self._problem("write", f'{json.dumps(who)} is not "users". Leave it out to ask for the permission.')
        return who == "users"

    def _operation(self, data: JSON) -> OperationSpec:
        if not isinstance(data, Mapping):
            self._problem("operations", f"{json.dumps(data)} is no object with a name.")
            return OperationSpec(name="")
        self._known("operations", data, _OPERATION_KEYS)
        # A bare name is a field of the entity; everything else says what it is.
        inputs = self._list("input", data.get("input", []))
        names = tuple(each for each in inputs if isinstance(each, str) and _BARE_NAME.fullmatch(each))
        return OperationSpec(
            name=self._text("operations", data.get("name")),
            rows=self._choice("on", data.get("on", Rows.ONE), Rows),
            fields=names,
            inputs=tuple(self._field(each) for each in inputs if each not in names),
            returns=self._choice("returns", data.get("returns", Returns.READ), Returns),
        )

    def _model(self, data: JSON) -> ModelSpec | None:
        if data is None:
            return None
        if not isinstance(data, Mapping):
            self._problem("model", "it must be an object with key_type.")
            return None
        self._known("model", data, _MODEL_KEYS)
        return ModelSpec(
            key=self._text("model", data.get("key", "")),
            key_type=self._text("model", data.get("key_type", "int")),
            own_save=self._flag("model", data.get("own_save", False)),
        )

    def _field(self, data: JSON) -> FieldSpec:
        if isinstance(data, str):
            try:
                return parse_field(data)
            except GrammarError as error:
                self.problems += error.problems
                return FieldSpec(name="", type="")
        if not isinstance(data, Mapping):
            self._problem("fields", f"{json.dumps(data)} is neither an object nor text such as title:str.")
            return FieldSpec(name="", type="")
        where = str(data.get("name", "field"))
        self._known(where, data, _FIELD_KEYS)
        max_length, on_delete = data.get("max_length"), data.get("on_delete")
        if not isinstance(max_length, int | None) or isinstance(max_length, bool):
            self._problem(where, "max_length must be a number.")
            max_length = None
        return FieldSpec(
            name=self._text("name", data.get("name")),
            type=self._text(where, data.get("type")),
            argument=self._texts(where, data.get("argument", [])),
            optional=self._flag(where, data.get("optional", False)),
            null=self._flag(where, data.get("null", False)),
            unique=self._flag(where, data.get("unique", False)),
            index=self._flag(where, data.get("index", False)),
            filter=self._flag(where, data.get("filter", False)),
            sort=self._flag(where, data.get("sort", False)),
            default=self._scalar(where, data.get("default")),
            min=self._scalar(where, data.get("min")),
            max=self._scalar(where, data.get("max")),
            max_length=max_length,
            related=self._scalar(where, data.get("related")),
            on_delete=None if on_delete is None else self._choice(where, on_delete, OnDelete),
            embed=self._texts(where, data.get("embed", [])),
            readonly=self._flag(where, data.get("readonly", False)),
            writeonly=self._flag(where, data.get("writeonly", False)),
            unchecked=self._flag(where, data.get("unchecked", False)),
            help=self._text(where, data.get("help", "")),
            filled=self._choice(where, data.get("filled", ""), Filling),
            converted=self._flag(where, data.get("converted", False)),
        )

    def _known(self, where: str, data: Mapping[str, JSON], keys: frozenset[str]) -> None:
        for key in data:
            if key not in keys:
                self._problem(where, f"{key!r} is unknown.", did_you_mean(key, keys))

    def _scalar(self, where: str, value: JSON) -> str | None:
        """Read a value that is text for the field's type to read, but may be written as a number or a truth value."""
        if value is None:
            return None
        return json.dumps(value) if isinstance(value, bool | int | float) else self._text(where, value)

    def _text(self, where: str, value: JSON) -> str:
        if isinstance(value, str):
            return value
        self._problem(where, "it is missing." if value is None else f"{json.dumps(value)} must be text.")
        return ""

    def _texts(self, where: str, value: JSON) -> tuple[str, ...]:
        return tuple(self._text(where, item) for item in self._list(where, value))

    def _list(self, where: str, value: JSON) -> list[JSON]:
        if isinstance(value, list):
            return value
        self._problem(where, f"{json.dumps(value)} must be a list.")
        return []

    def _flag(self, where: str, value: JSON) -> bool:
        if not isinstance(value, bool):
            self._problem(where, f"{json.dumps(value)} must be true or false.")
        return value is True

    def _columns(self, where: str, text: str) -> tuple[IndexColumn, ...]:
        try:
            return (parse_index(text) if where == "indexes" else parse_order(text)) if text else ()
        except GrammarError as error:
            self.problems += error.problems
            return ()

    def _choice(self, where: str, value: JSON, kind: type[_Enumeration]) -> _Enumeration:
        try:
            return kind(str(value))
        except ValueError:
            self._problem(where, f"{json.dumps(value)} is none of {', '.join(kind)}.")
            return next(iter(kind))

    def _problem(self, where: str, message: str, suggestion: str = "") -> None:
        self.problems.append(Problem(where=where, message=message, suggestion=suggestion))
