"""The grammar of fields, `name:type[=argument][:modifier[=value]]...`, read and written.

A value of `default`, `min`, `max` or `help` runs to the next colon that is followed by a modifier, so `default=09:00` and
`help=see: this` need no quotes. What the words mean together is for `validate` to judge.
"""

import re
from collections.abc import Iterable, Sequence

from django_layers.scaffold.language.problems import GrammarError, Problem
from django_layers.scaffold.language.reader import FieldReader, position_of
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, IndexColumn

__all__ = [
    "command_line",
    "format_columns",
    "format_field",
    "parse_field",
    "parse_fields",
    "parse_index",
    "parse_order",
    "parse_reference",
    "parse_unique",
    "position_of",
]

_REFERENCE = re.compile(r"(?:([a-z_][a-z0-9_]*)\.)?([A-Za-z][A-Za-z0-9]*)")


def parse_field(text: str) -> FieldSpec:
    """Read one field.

    Raises:
        GrammarError: it can't be read; the error holds every problem, with its position.
    """
    reader = FieldReader(text)
    field = reader.read()
    if reader.problems:
        raise GrammarError(reader.problems)
    return field


def parse_fields(texts: Iterable[str]) -> tuple[tuple[FieldSpec, ...], tuple[Problem, ...]]:
    """Read fields; return those that can be read, and the problems of the others."""
    fields: list[FieldSpec] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            fields.append(parse_field(text))
        except GrammarError as error:
            problems += error.problems
    return tuple(fields), tuple(problems)


def format_field(field: FieldSpec) -> str:
    """Return a field as it is written on the command line.

    Raises:
        GrammarError: a value of it can't be written there, since it would be read as a modifier.
    """
    argument = f"={','.join(field.argument)}" if field.argument else ""
    parts = [f"{field.name}:{field.type}{argument}"]
    parts += [name for name in ("optional", "null", "unique", "index", "filter", "sort") if getattr(field, name)]
    parts += [
        f"{name}={value}"
        for name, value in (
            ("default", field.default),
            ("min", field.min),
            ("max", field.max),
            ("max_length", field.max_length),
            ("related", field.related),
        )
        if value is not None
    ]
    parts += [field.on_delete.value] if field.on_delete else []
    parts += [f"embed={','.join(field.embed)}"] if field.embed else []
    parts += [name for name in ("readonly", "writeonly", "unchecked") if getattr(field, name)]
    parts += [f"help={field.help}"] if field.help else []
    text = ":".join(parts)
    if parse_field(text) != field:
        message = "a value of it would be read as a modifier on the command line."
        raise GrammarError([Problem(where=field.name, message=message, suggestion="Put it in a file for --from-spec.")])
    return text


def parse_unique(text: str) -> tuple[str, ...]:
    """Read the fields of a unique set, as in `--unique recipe,user`.

    Raises:
        GrammarError: a name is missing.
    """
    return tuple(column.name for column in _columns(text, "--unique", directed=False))


def parse_index(text: str) -> tuple[IndexColumn, ...]:
    """Read the columns of an index, as in `--index recipe,created_at:desc`.

    Raises:
        GrammarError: a name is missing, or a direction is neither asc nor desc.
    """
    return _columns(text, "--index", directed=True)


def parse_order(text: str) -> tuple[IndexColumn, ...]:
    """Read an order, as in `--order created_at:desc,title`.

    Raises:
        GrammarError: a name is missing, or a direction is neither asc nor desc.
    """
    return _columns(text, "--order", directed=True)


def _columns(text: str, option: str, *, directed: bool) -> tuple[IndexColumn, ...]:
    columns: list[IndexColumn] = []
    problems: list[Problem] = []
    position = 0
    for part in text.split(","):
        name, colon, direction = part.partition(":")
        if not name:
            problems.append(_column_problem(option, "the name of a field is missing.", text, position))
        elif colon and not directed:
            problems.append(_column_problem(option, "takes names only.", text, position + len(name)))
        elif colon and direction not in ("asc", "desc"):
            message = f"{direction!r} is neither asc nor desc."
            problems.append(_column_problem(option, message, text, position + len(name) + 1))
        columns.append(IndexColumn(name, descending=direction == "desc"))
        position += len(part) + 1
    if problems:
        raise GrammarError(problems)
    return tuple(columns)


def _column_problem(option: str, message: str, text: str, position: int) -> Problem:
    example = "recipe,user" if option == "--unique" else "recipe,created_at:desc"
    return Problem(
        where=option, message=message, suggestion=f"Write {option} {example}.", source=text, position=position
    )


def format_columns(columns: Sequence[IndexColumn]) -> str:
    """Return the columns of an index or an order as they are written on the command line."""
    return ",".join(f"{column.name}:desc" if column.descending else column.name for column in columns)


def parse_reference(text: str) -> tuple[str, str]:
    """Read the name of a model: "recipes.Rating" gives its app and its class, "Rating" an empty app.

    Raises:
        GrammarError: it is none.
    """
    match = _REFERENCE.fullmatch(text)
    if match is None:
        message = f"{text!r} is no name of a model."
        raise GrammarError([Problem(where=text, message=message, suggestion="Write app.Model, as in recipes.Recipe.")])
    return match[1] or "", match[2]


def command_line(entity: EntitySpec) -> list[str]:
    """Return the arguments of `addentity` that ask for an entity; the layers are left out.

    Raises:
        GrammarError: a value of a field can't be written on the command line.
    """
    arguments = [entity.name, "--app", entity.app_label, *map(format_field, entity.fields)]
    arguments += ["--plural", entity.plural] if entity.plural is not None else []
    arguments += ["--pk", entity.primary_key.value] if entity.primary_key.value != "auto" else []
    for names in entity.unique:
        arguments += ["--unique", ",".join(names)]
    for columns in entity.indexes:
        arguments += ["--index", format_columns(columns)]
    arguments += ["--order", format_columns(entity.order)] if entity.order else []
    arguments += ["--public", entity.public.value] if entity.public.value != "none" else []
    arguments += ["--write", "users"] if entity.write_users else []
    arguments += ["--versioned"] if entity.versioned else []
    arguments += ["--async"] if entity.asynchronous else []
    arguments += ["--no-timestamps"] if not entity.timestamps else []
    return arguments
