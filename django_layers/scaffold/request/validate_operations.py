"""Whether the operations of an entity can be written: names that are free, and inputs that mean something."""

import keyword
import re
from collections import Counter

from django_layers.scaffold.language.annotations import alias_name
from django_layers.scaffold.language.derived import automatic_fields
from django_layers.scaffold.language.fields import dto_name, field_type, is_set_once
from django_layers.scaffold.language.names import pascal_case
from django_layers.scaffold.language.operations import endpoint_name, taken_names
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, OperationSpec, Rows
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.language.types import FIELD_TYPES
from django_layers.scaffold.request.findings import Findings
from django_layers.scaffold.request.validate_fields import check_field, modifiers_of

__all__ = ["check_operations"]

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_NAME = 40
# What an operation stands on; it is written into these layers, and into the API and the tests where there are any.
_NEEDED = ("schemas", "repositories", "services")
# What a modifier says of a column, and an input is none.
_OF_COLUMNS = frozenset({"unique", "index", "filter", "sort", "related", "embed", "readonly", "writeonly", "help"})


def check_operations(entity: EntitySpec, findings: Findings) -> None:
    """Note what is wrong with the operations of an entity, each on its own and beside the others."""
    if not entity.operations:
        return
    _check_layers(entity, findings)
    for operation in entity.operations:
        _check_name(entity, operation, findings)
        _check_fields(entity, operation, findings)
        _check_inputs(entity, operation, findings)
    for what, names in (
        ("operations", [operation.name for operation in entity.operations]),
        ("endpoints", [endpoint_name(entity, operation) for operation in entity.operations]),
        ("types of fields and inputs", _aliases(entity)),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                message = f"among the {what} of {entity.name}, {name} comes from two places."
                findings.request(name, message, "Give the operation, or its input, another name.")


def _check_layers(entity: EntitySpec, findings: Findings) -> None:
    missing = [layer for layer in _NEEDED if entity.layers and layer not in entity.layers]
    if missing:
        findings.request(
            entity.name,
            f"it has no {' and no '.join(missing)}, which an operation is written into.",
            f"Write them first: addentity {entity.name} --app {entity.app_label} --only {','.join(missing)} ...",
        )


def _check_name(entity: EntitySpec, operation: OperationSpec, findings: Findings) -> None:
    name = operation.name
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        message = (
            f"an operation is named like a function, in up to {_LONGEST_NAME} small letters, digits and underscores."
        )
        findings.request(name or "operation", message, "Write a verb: publish, mark_done.")
    elif keyword.iskeyword(name) or keyword.issoftkeyword(name):
        findings.request(
            name, f"{name} is a word of Python.", f"Call it {name}_{entity.name.lower()}, or what it does."
        )
    elif name in taken_names(entity):
        findings.request(name, f"{entity.name} has {name} anyway.", "Find another name.")


def _check_fields(entity: EntitySpec, operation: OperationSpec, findings: Findings) -> None:
    fields = {field.name: field for field in entity.fields}
    for name in operation.fields:
        field = fields.get(name)
        if field is None:
            ways = f"Say the type of what is no field: {name}:str=200."
            findings.request(
                f"--input {name}",
                f"{entity.name} has no field {name}.",
                did_you_mean(name, [each for each in fields if each != name], otherwise=ways),
            )
        elif problem := _unchangeable(entity, field, operation):
            findings.request(f"--input {name}", problem, "Leave it out, and say in the rule what happens to it.")
    for name, count in Counter(operation.fields).items():
        if count > 1:
            findings.request(f"--input {name}", "it is said twice.", "Leave one of them out.")
    if not any(_is_changeable(field) and not is_set_once(entity, field) for field in entity.fields):
        message = f"{entity.name} has no field that could be changed."
        findings.request(operation.name, message, "Add one first.")


def _unchangeable(entity: EntitySpec, field: FieldSpec, operation: OperationSpec) -> str:
    """Return why an operation can't store a field; empty where it can."""
    if not _is_changeable(field):
        return "the owner of a row never changes." if field.type == "owner" else "a file has endpoints of its own."
    if is_set_once(entity, field):
        return "it is what the row is told apart by, and set once."
    if operation.rows is Rows.ALL and (field.unique or any(names == (field.name,) for names in entity.unique)):
        return "it is unique, so not all rows can have the same."
    return ""


def _is_changeable(field: FieldSpec) -> bool:
    return field.type in FIELD_TYPES and field.type != "owner" and not field_type(field).upload


def _check_inputs(entity: EntitySpec, operation: OperationSpec, findings: Findings) -> None:
    own = {field.name for field in entity.fields} | {*map(dto_name, entity.fields)} | {*automatic_fields(entity)}
    for field in operation.inputs:
        check_field(field, findings)
        where = f"--input {field.name}"
        if field.name in own:
            message = f"{entity.name} has a field of this name, and the input is no other thing."
            findings.request(where, message, f"Write --input {field.name} to set it, or find another name.")
        if field.type in FIELD_TYPES and (field_type(field).reference or field_type(field).upload):
            message = f"an input can't be a {field.type}."
            findings.request(
                where, message, "Refer to rows by a field of the entity; files have endpoints of their own."
            )
        for modifier in (name for name in modifiers_of(field) if name in _OF_COLUMNS):
            findings.request(where, f"{modifier} is about columns, and an input is none.", "Leave it out.")
    for name, count in Counter(field.name for field in operation.inputs).items():
        if count > 1:
            findings.request(f"--input {name}", "there are two inputs of this name.", "Rename one of them.")


def _aliases(entity: EntitySpec) -> list[str]:
    """Return the names that constrained types may have, of fields and of inputs."""
    inputs = [
        f"{pascal_case(operation.name)}{alias_name(entity, field)}"
        for operation in entity.operations
        for field in operation.inputs
    ]
    return [*(alias_name(entity, field) for field in entity.fields if not field_type(field).reference), *inputs]
