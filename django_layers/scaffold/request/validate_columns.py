"""What can be wrong with the unique sets, indexes and the order of an entity."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

from django_layers.scaffold.language.derived import automatic_fields
from django_layers.scaffold.language.fields import field_type
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, IndexColumn
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.request.findings import Findings
from django_layers.scaffold.request.validate_fields import FEWEST_ROWS, LONGEST_KEY, capacity, longest_key

__all__ = ["check_columns"]

_NEVER_UNIQUE = {
    "text": "MySQL and MariaDB can't index text of any length",
    "json": "databases don't compare JSON alike",
    "m2m": "it is a list in a table of its own",
    "float": "floats can't be told apart for sure",
    "file": "it holds a file",
    "image": "it holds a file",
}
_NEVER_ORDERED = {name: why for name, why in _NEVER_UNIQUE.items() if name != "float"}


def check_columns(entity: EntitySpec, findings: Findings) -> None:
    """Note what is wrong with the unique sets, indexes and the order of an entity."""
    for names in entity.unique:
        _check_unique(entity, names, findings)
    for columns in entity.indexes:
        names = tuple(column.name for column in columns)
        _check_names(entity, "--index", names, (*_field_names(entity), *automatic_fields(entity)), findings)
        _check_types(entity, "--index", names, _NEVER_ORDERED, findings)
    names = tuple(column.name for column in entity.order)
    if names:
        _check_names(entity, "--order", names, (*_field_names(entity), *automatic_fields(entity)), findings)
        _check_types(entity, "--order", names, _NEVER_ORDERED, findings)
        _check_order(entity, names, findings)
    _check_repeated(entity, findings)


def _check_unique(entity: EntitySpec, names: tuple[str, ...], findings: Findings) -> None:
    option = f"--unique {','.join(names)}"
    fields = {field.name: field for field in entity.fields}
    if len(names) < 2:
        message = "a set of unique fields needs two fields or more."
        suggestion = f"Write {names[0]}:...:unique, or o2o for a reference." if any(names) else "Write --unique a,b."
        findings.request(option, message, suggestion)
        return
    if not _check_names(entity, "--unique", names, tuple(fields), findings):
        return
    _check_types(entity, "--unique", names, _NEVER_UNIQUE, findings)
    found = [fields[name] for name in names]
    if all(_room(field) < FEWEST_ROWS for field in found):
        message = "so few different values leave hardly room for rows."
        findings.request(option, message, "Add a field with more values.")
    single = next((field.name for field in found if _room(field) == 1), None)
    if single is not None:
        findings.request(option, f"{single} has one value only, which parts no rows.", f"Leave out {single}.")
    needless = next((field for field in found if field.unique or field.type == "o2o"), None)
    if needless is not None:
        findings.request(option, f"{needless.name} is unique on its own.", "Leave out the set.")


def _room(field: FieldSpec) -> int:
    try:
        return capacity(field)
    except ValueError:
        # Its bounds can't be read, which is a problem of the field itself.
        return FEWEST_ROWS


def _check_order(entity: EntitySpec, names: Sequence[str], findings: Findings) -> None:
    for field in entity.fields:
        if field.name not in names:
            continue
        if field_type(field).reference and not field_type(field).many:
            findings.request("--order", f"{field.name} is a reference, and keys say nothing.", "Order by a value.")
        if field.writeonly:
            findings.request("--order", f"the order would show what {field.name} is.", "Order by something else.")


def _check_names(
    entity: EntitySpec, option: str, names: Sequence[str], known: Sequence[str], findings: Findings
) -> bool:
    """Note names of no field and repeated ones; return whether there were none."""
    before = len(findings.problems)
    where = f"{option} {','.join(names)}"
    for name, count in Counter(names).items():
        if name not in known:
            everything = f"It has {', '.join(known)}." if known else "It has no fields."
            message = f"{entity.name} has no field {name!r}."
            findings.request(where, message, did_you_mean(name, known, otherwise=everything))
        elif count > 1:
            findings.request(where, f"{name} is named twice.", "Leave one out.")
    if not names:
        findings.request(where.strip(), "it names no field.", f"Write {option} a,b.")
    return len(findings.problems) == before


def _check_types(
    entity: EntitySpec, option: str, names: Sequence[str], refused: dict[str, str], findings: Findings
) -> None:
    where = f"{option} {','.join(names)}"
    length = 0
    for field in entity.fields:
        if field.name not in names:
            continue
        if field.type in refused:
            findings.request(where, f"{field.name} can't be in it: {refused[field.type]}.", f"Leave out {field.name}.")
        else:
            length += _length(field)
    if length > LONGEST_KEY:
        message = f"MySQL and MariaDB index {LONGEST_KEY} characters at most, and these are {length}."
        findings.request(where, message, "Shorten a text, or leave one out.")


def _length(field: FieldSpec) -> int:
    try:
        return longest_key(field)
    except ValueError:
        # Its length can't be read, which is a problem of the field itself.
        return 0


def _check_repeated(entity: EntitySpec, findings: Findings) -> None:
    sets = Counter(frozenset(names) for names in entity.unique)
    for names, count in sets.items():
        if count > 1:
            findings.request(f"--unique {','.join(sorted(names))}", "the same set is said twice.", "Leave one out.")
    for names, smaller in product(sets, sets):
        if smaller < names:
            said = (
                f"rows are unique by {' and '.join(sorted(smaller))} already, so the larger set refuses nothing more."
            )
            findings.request(f"--unique {','.join(sorted(names))}", said, "Leave one of the two out.")
    indexes: Counter[tuple[IndexColumn, ...]] = Counter(entity.indexes)
    for columns, count in indexes.items():
        if count > 1:
            said = ",".join(column.name for column in columns)
            findings.request(f"--index {said}", "the same index is said twice.", "Leave one out.")


def _field_names(entity: EntitySpec) -> tuple[str, ...]:
    return tuple(field.name for field in entity.fields)
