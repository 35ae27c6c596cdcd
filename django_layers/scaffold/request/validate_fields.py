"""What can be wrong with one field, whatever stands beside it."""

import re
from collections import Counter

from django_layers.scaffold.language.field_type import Argument, FieldType
from django_layers.scaffold.language.fields import (
    NoDefault,
    allows_null,
    bound,
    choice_members,
    default_value,
    field_series,
    field_type,
    length_of,
    may_be_blank,
)
from django_layers.scaffold.language.model_types import MODEL_TYPES
from django_layers.scaffold.language.modifiers import MODIFIERS
from django_layers.scaffold.language.reserved import field_name_problem
from django_layers.scaffold.language.spec import FieldSpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.language.types import FIELD_TYPES
from django_layers.scaffold.request.findings import Findings

__all__ = ["FEWEST_ROWS", "LONGEST_KEY", "capacity", "check_field", "longest_key", "modifiers_of"]

FEWEST_ROWS = 10
"""How many rows a unique field or set must leave room for."""

LONGEST_KEY = 750
"""How many characters MySQL and MariaDB can index, at four bytes each."""

_LONGEST_TEXT = 10_000
_MOST_DIGITS, _MOST_PLACES = 65, 30
_CHOICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._+/-]{0,49}")
# Why a type does not take a modifier, where there is more to say than that.
_WAYS_OUT = {
    ("fk", "unique"): "A reference that no two rows share is an o2o.",
    ("fk", "index"): "A reference has its index anyway.",
    ("o2o", "unique"): "An o2o is unique anyway.",
    ("o2o", "index"): "An o2o has its index anyway.",
    ("fk", "sort"): "Lists are ordered by values, not by references.",
    ("text", "unique"): "MySQL and MariaDB can't index text of any length: use str=200.",
    ("text", "index"): "MySQL and MariaDB can't index text of any length: use str=200.",
    ("text", "max_length"): "Text of limited length is str=500.",
    ("float", "unique"): "Floats can't be told apart for sure: use decimal=8,2.",
    ("bool", "unique"): "That would allow two rows: use --unique with another field.",
    ("choice", "unique"): "That would allow a row for each choice: use --unique with another field.",
    ("m2m", "null"): "An empty list says the same.",
    ("str", "min"): "Bounds are for numbers and times; the most characters are str=200.",
    ("str", "max"): "Bounds are for numbers and times; the most characters are str=200.",
    ("owner", "optional"): "A row without its owner could be read by nobody.",
    ("owner", "null"): "A row without its owner could be read by nobody.",
    ("owner", "unique"): "One row for each user is user:o2o=auth.User.",
}


def check_field(field: FieldSpec, findings: Findings) -> None:
    """Note what is wrong with a field on its own."""
    if problem := field_name_problem(field.name):
        findings.field(field, "name", *problem)
    if field.type in MODEL_TYPES:
        return  # It was read of a model, and no request has said it.
    if field.type not in FIELD_TYPES:
        everything = f"The types are {', '.join(FIELD_TYPES)}."
        findings.field(
            field, "type", f"{field.type!r} is no type.", did_you_mean(field.type, FIELD_TYPES, otherwise=everything)
        )
        return
    kind = field_type(field)
    before = len(findings.problems)
    _check_argument(field, kind, findings)
    _check_modifiers(field, kind, findings)
    _check_one_line(field, findings)
    # What follows reads values, for which the type and its argument must be right.
    if len(findings.problems) == before:
        _check_values(field, kind, findings)
        _check_combinations(field, kind, findings)


def modifiers_of(field: FieldSpec) -> tuple[str, ...]:
    """Return the names of the modifiers that a field has."""
    names = [name for name in MODIFIERS if getattr(field, name, None) not in (None, False, (), "")]
    return (*names, field.on_delete.value) if field.on_delete else tuple(names)


def _check_argument(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    problem = _ARGUMENT_CHECKS[kind.argument](field)
    if problem:
        part = "argument" if field.argument else "type"
        findings.field(field, part, problem, f"After {kind.name} stands {kind.argument.value}.")


def _no_argument(field: FieldSpec) -> str:
    return f"{field.type} takes no argument." if field.argument else ""


def _length_argument(field: FieldSpec) -> str:
    if not field.argument:
        return ""
    if len(field.argument) > 1 or not re.fullmatch(r"[0-9]{1,9}", field.argument[0]):
        return f"{','.join(field.argument)!r} is no length."
    if field.max_length is not None:
        return "the length is said twice, after the type and as max_length."
    return ""


def _digits_argument(field: FieldSpec) -> str:
    if len(field.argument) != 2 or not all(re.fullmatch(r"[0-9]{1,4}", part) for part in field.argument):
        return "decimal needs two numbers: all digits, and decimal places."
    digits, places = (int(part) for part in field.argument)
    if not 1 <= digits <= _MOST_DIGITS or places > _MOST_PLACES:
        return f"databases keep 1 to {_MOST_DIGITS} digits and up to {_MOST_PLACES} decimal places."
    return "there are more decimal places than digits." if places > digits else ""


def _choices_argument(field: FieldSpec) -> str:
    if not field.argument:
        return "choice needs its choices."
    for value in field.argument:
        if not _CHOICE.fullmatch(value) or value != value.strip():
            return f"{value!r} can't be a choice: up to 50 letters, digits, spaces and the signs . _ + / -."
    names = Counter(name for name, _ in choice_members(field))
    doubled = next((name for name, count in names.items() if count > 1), None)
    return f"several choices would be called {doubled}." if doubled else ""


def _target_argument(field: FieldSpec) -> str:
    if not field.argument:
        return f"{field.type} needs the model that it refers to."
    return "" if len(field.argument) == 1 else f"{field.type} refers to one model."


def _sharing_argument(field: FieldSpec) -> str:
    said = ",".join(field.argument)
    return "" if field.argument in ((), ("shared",)) else f"{said!r} is no kind of owner."


_ARGUMENT_CHECKS = {
    Argument.NONE: _no_argument,
    Argument.LENGTH: _length_argument,
    Argument.DIGITS: _digits_argument,
    Argument.CHOICES: _choices_argument,
    Argument.TARGET: _target_argument,
    Argument.SHARING: _sharing_argument,
}


def _check_modifiers(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    for name in modifiers_of(field):
        if name not in kind.modifiers:
            known = ", ".join(modifier for modifier in MODIFIERS if modifier in kind.modifiers)
            way_out = _WAYS_OUT.get((kind.name, name), f"It takes {known}.")
            findings.field(field, name, f"{name} is not for the type {kind.name}.", way_out)


def _check_one_line(field: FieldSpec, findings: Findings) -> None:
    texts = {"default": field.default, "min": field.min, "max": field.max, "help": field.help}
    for part, text in texts.items():
        if text and not text.isprintable():
            findings.field(field, part, f"{part} holds a line break or another control character.", "Write one line.")


def _check_values(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    length = length_of(field)
    if length is not None and not kind.shortest <= length <= _LONGEST_TEXT:
        message = f"{length} characters are out of range: {kind.shortest} to {_LONGEST_TEXT}."
        findings.field(field, "max_length" if field.max_length is not None else "argument", message, "Longer is text.")
    readable = [_check_readable(field, part, findings) for part in ("default", "min", "max")]
    if all(readable):
        _check_bounds(field, kind, findings)
        _check_default(field, findings)


def _check_readable(field: FieldSpec, part: str, findings: Findings) -> bool:
    text = {"default": field.default, "min": field.min, "max": field.max}[part]
    try:
        bound(field, text)
    except ValueError as error:
        findings.field(field, part, f"{part}={text} {error}.", f"A {field.type} is {FIELD_TYPES[field.type].says}.")
        return False
    return True


def _check_bounds(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    low, high = bound(field, field.min), bound(field, field.max)
    for part, value in (("min", low), ("max", high), ("default", bound(field, field.default))):
        if value is None or kind.lowest is None:
            continue
        if not kind.lowest <= value <= kind.highest:  # type: ignore[operator]  # all are of the field's one type
            message = f"{part}={value} does not fit a {kind.name}: it keeps {kind.lowest} to {kind.highest}."
            findings.field(field, part, message, "Use bigint for larger numbers." if isinstance(value, int) else "")
    if low is not None and high is not None and low > high:  # type: ignore[operator]  # both are of the field's one type
        findings.field(field, "min", f"min={field.min} is above max={field.max}.", "Swap them.")


def _check_default(field: FieldSpec, findings: Findings) -> None:
    if field.default is None:
        return
    default, low, high = (bound(field, text) for text in (field.default, field.min, field.max))
    if low is not None and default < low:  # type: ignore[operator]  # both are of the field's one type
        findings.field(field, "default", f"default={field.default} is below min={field.min}.", "Raise it.")
    if high is not None and default > high:  # type: ignore[operator]  # both are of the field's one type
        findings.field(field, "default", f"default={field.default} is above max={field.max}.", "Lower it.")
    length = length_of(field)
    if length is not None and isinstance(default, str) and len(default) > length:
        findings.field(field, "default", f"the default has more than {length} characters.", "Shorten it.")
    if default == "":
        findings.field(field, "default", "an empty text is no default.", "Say optional instead.")


def _check_combinations(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    _check_default_combinations(field, kind, findings)
    _check_visibility(field, kind, findings)
    if field.unique and field.index:
        findings.field(field, "index", "unique has its index already.", "Leave out index.")
    if field.on_delete == "set_null" and not allows_null(field):
        findings.field(field, "set_null", "set_null needs a field that may be NULL.", "Add optional.")
    if field.unique and capacity(field) < FEWEST_ROWS:
        message = f"unique would leave room for {capacity(field)} rows."
        findings.field(field, "unique", message, "Widen the bounds, or use --unique with another field.")
    length = length_of(field)
    if (field.unique or field.index) and length is not None and length > LONGEST_KEY:
        message = f"MySQL and MariaDB can't index {length} characters."
        findings.field(field, "unique" if field.unique else "index", message, f"Use str={LONGEST_KEY} at most.")


def _check_default_combinations(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    if field.optional and field.default is not None and not kind.text:
        message = "optional and default contradict each other: a field with a default can be left out anyway."
        findings.field(field, "optional", message, "Keep one of them; null allows NULL too.")
    if field.unique and field.default is not None:
        message = "unique and default contradict each other: the second row without a value would be refused."
        findings.field(field, "default", message, "Keep one of them.")
    if field.unique and may_be_blank(field):
        message = "unique and optional contradict each other: the second empty text would be refused."
        findings.field(field, "optional", message, "Use null instead of optional: any number of rows may be NULL.")


def _check_visibility(field: FieldSpec, kind: FieldType, findings: Findings) -> None:
    if field.readonly and field.writeonly:
        findings.field(field, "writeonly", "nobody could read or write it.", "Keep readonly or writeonly.")
    if field.readonly and not kind.many and isinstance(default_value(field), NoDefault):
        message = "no request sets a readonly field, so a new row needs a value for it."
        findings.field(field, "readonly", message, "Add default=..., optional or null.")
    for name in ("filter", "sort", "embed"):
        if field.writeonly and name in modifiers_of(field):
            message = f"{name} would show what writeonly hides."
            findings.field(field, name, message, f"Leave out {name} or writeonly.")


def capacity(field: FieldSpec) -> int:
    """Return how many different values a field is sure to have, at most some thousands."""
    kind = field_type(field)
    if kind.series is None:
        return FEWEST_ROWS if kind.reference else 1
    return field_series(field).size


def longest_key(field: FieldSpec) -> int:
    """Return how many characters of an index a field takes."""
    return length_of(field) or 0
