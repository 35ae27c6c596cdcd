"""From the arguments of `changeentity` to the specification that an entity is to have; what is not named stays."""

import shlex
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django_layers.scaffold.language.derived import AUTOMATIC, automatic_fields
from django_layers.scaffold.language.grammar import (
    format_field,
    parse_fields,
    parse_index,
    parse_order,
    parse_unique,
)
from django_layers.scaffold.language.problems import GrammarError, Problem
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, IndexColumn, PrimaryKey
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.request.arguments import ArgumentReader

__all__ = ["ChangeArguments", "EntityChange", "changed", "entity_change", "extended", "joined", "undecided_problems"]

_Columns = TypeVar("_Columns")
_OPTIONS = {"write_users": "--write", "asynchronous": "--async"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeArguments:
    """The arguments of `changeentity` that say what changes, as they were written; None for what stays.

    Attributes:
        add: new fields, in the field grammar.
        remove: names of fields.
        rename: fields that exist, each with its new name: "comment:note".
        change: fields that exist, with their new definition.
        backfill: values for the rows that exist: "stars=3".
        unique, drop_unique: sets of fields that become unique together, and that no longer are.
        index, drop_index: indexes that are made, and that go.
        order: in the grammar of `parse_order`; empty for the usual order.
        public, write: as in `addentity`; "permission" asks for the model permission again.
    """

    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    rename: Sequence[str] = ()
    change: Sequence[str] = ()
    backfill: Sequence[str] = ()
    unique: Sequence[str] = ()
    drop_unique: Sequence[str] = ()
    index: Sequence[str] = ()
    drop_index: Sequence[str] = ()
    order: str | None = None
    public: str | None = None
    write: str | None = None
    versioned: bool | None = None
    asynchronous: bool | None = None
    timestamps: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityChange:
    """What changes about an entity.

    Attributes:
        add: new fields.
        remove: names of fields that go.
        change: fields that exist, with their new definition.
        unique, drop_unique, indexes, drop_indexes: what is added to these, and what goes.
        order: the new order; None for the one that it has.
        options: the new values of other attributes of the specification, by their name.
        problems: what could not be read.
        sources: what was written for each field, by its name.
    """

    add: tuple[FieldSpec, ...] = ()
    remove: tuple[str, ...] = ()
    change: tuple[FieldSpec, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    drop_unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[IndexColumn, ...], ...] = ()
    drop_indexes: tuple[tuple[IndexColumn, ...], ...] = ()
    order: tuple[IndexColumn, ...] | None = None
    public: Access | None = None
    write_users: bool | None = None
    versioned: bool | None = None
    asynchronous: bool | None = None
    timestamps: bool | None = None
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


def entity_change(arguments: ChangeArguments, reader: ArgumentReader) -> EntityChange:
    """Return what changes, as far as the arguments can be read."""
    add, problems = parse_fields(arguments.add)
    change, more = parse_fields(arguments.change)
    orders = reader.all(parse_order, [arguments.order] if arguments.order else [])
    return EntityChange(
        add=add,
        remove=tuple(name for text in arguments.remove for name in text.split(",")),
        change=change,
        unique=reader.all(parse_unique, arguments.unique),
        drop_unique=reader.all(parse_unique, arguments.drop_unique),
        indexes=reader.all(parse_index, arguments.index),
        drop_indexes=reader.all(parse_index, arguments.drop_index),
        order=None if arguments.order is None else next(iter(orders), ()),
        public=None if arguments.public is None else Access(arguments.public),
        write_users=None if arguments.write is None else arguments.write == "users",
        versioned=arguments.versioned,
        asynchronous=arguments.asynchronous,
        timestamps=arguments.timestamps,
        problems=(*problems, *more, *reader.problems),
        sources={text.partition(":")[0]: text for text in (*arguments.add, *arguments.change)},
    )


def changed(entity: EntitySpec, change: EntityChange) -> tuple[EntitySpec, tuple[Problem, ...]]:
    """Return an entity as a change leaves it, and everything that is wrong with the change."""
    new = {field.name: field for field in change.change}
    kept = (new.get(each.name, each) for each in entity.fields if each.name not in change.remove)
    options = {
        name: value
        for name in ("order", "public", "write_users", "versioned", "asynchronous", "timestamps")
        if (value := getattr(change, name)) is not None
    }
    there = {field.name for field in entity.fields}
    result = replace(
        entity,
        fields=(*kept, *(field for field in change.add if field.name not in there)),
        unique=_with(entity.unique, change.unique, change.drop_unique),
        indexes=_with(entity.indexes, change.indexes, change.drop_indexes),
        **options,
    )
    return result, (*change.problems, *_field_problems(entity, change), *_column_problems(entity, result, change))


def extended(entity: EntitySpec, wanted: EntitySpec) -> tuple[EntitySpec, tuple[Problem, ...]]:
    """Return an entity with what another request names besides, and everything that it would have to change or drop.

    Args:
        entity: the entity as it is.
        wanted: what is asked for; what it does not name stays, and nothing is removed.
    """
    there = {field.name: field for field in entity.fields}
    result = replace(
        entity,
        fields=(*entity.fields, *(field for field in wanted.fields if field.name not in there)),
        unique=_with(entity.unique, wanted.unique, ()),
        indexes=_with(entity.indexes, wanted.indexes, ()),
        order=wanted.order or entity.order,
        public=entity.public if wanted.public is Access.NONE else wanted.public,
        write_users=entity.write_users or wanted.write_users,
        versioned=entity.versioned or wanted.versioned,
        asynchronous=entity.asynchronous or wanted.asynchronous,
        operations=_with(entity.operations, wanted.operations, ()),
        layers=frozenset() if not (entity.layers and wanted.layers) else entity.layers | wanted.layers,
    )
    return result, tuple(_refused(entity, wanted))


def joined(ours: EntitySpec, theirs: EntitySpec) -> tuple[EntitySpec, Mapping[str, str]]:
    """Return what two branches ask for, and where they differ, in words by the name of the field or of the option.

    Args:
        ours: what the first one says, which counts where they differ.
        theirs: what the second one says.
    """
    there = {each.name: each for each in ours.fields}
    undecided = {
        each.name: f"one says {_written(there[each.name])}, the other {_written(each)}. Add --change with what it is to be."
        for each in theirs.fields
        if there.get(each.name, each) != each
    }
    for name in ("order", "public", "write_users", "versioned", "asynchronous", "timestamps"):
        if getattr(ours, name) != getattr(theirs, name):
            option = _OPTIONS.get(name, f"--{name}")
            undecided[name] = f"they differ in {option}. Say it again, as it is to be."
    result = replace(
        ours,
        fields=(*ours.fields, *(each for each in theirs.fields if each.name not in there)),
        unique=_with(ours.unique, theirs.unique, ()),
        indexes=_with(ours.indexes, theirs.indexes, ()),
        layers=frozenset() if not (ours.layers and theirs.layers) else ours.layers | theirs.layers,
    )
    return result, undecided


def undecided_problems(change: EntityChange, undecided: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return what two branches differ in and a change does not decide.

    Args:
        change: what is asked for.
        undecided: see `joined`.
    """
    named = {each.name for each in change.change} | {*change.remove}
    return tuple(
        _problem(name, text, "")
        for name, text in undecided.items()
        if name not in named and getattr(change, name, None) is None
    )


def _refused(entity: EntitySpec, wanted: EntitySpec) -> Iterator[Problem]:
    there = {field.name: field for field in entity.fields}
    command = f"changeentity {entity.app_label}.{entity.name}"
    for new in wanted.fields:
        old = there.get(new.name, new)
        if new != old:
            message = f"{entity.name} has it already, as {_written(old)}."
            yield _problem(new.name, message, f"Run {command} --change {shlex.quote(_written(new))} to change it.")
    if wanted.plural not in (None, entity.plural):
        yield _problem("--plural", f"{entity.name} is there already, with another plural.", "Leave it out.")
    if wanted.primary_key not in (PrimaryKey.AUTO, entity.primary_key):
        yield _problem("--pk", f"{entity.name} is there already, with another kind of key.", "Leave it out.")
    if entity.timestamps and not wanted.timestamps:
        yield _problem("--no-timestamps", f"{entity.name} has them.", f"Run {command} --no-timestamps to remove them.")


def _written(field: FieldSpec) -> str:
    try:
        return format_field(field)
    except GrammarError:
        return f"{field.name}:{field.type}"


def _with(old: Iterable[_Columns], more: Iterable[_Columns], less: Container[_Columns]) -> tuple[_Columns, ...]:
    return tuple(dict.fromkeys(each for each in (*old, *more) if each not in less))


def _field_problems(entity: EntitySpec, change: EntityChange) -> Iterator[Problem]:
    fields = {field.name: field for field in entity.fields}
    for new in change.add:
        if new.name in fields:
            message = f"{entity.name} has a field {new.name} already."
            yield _problem("--add", message, f"Write --change {change.sources.get(new.name, new.name)} to change it.")
    for option, name in (
        *(("--remove", name) for name in change.remove),
        *(("--change", f.name) for f in change.change),
    ):
        if name not in fields:
            yield _problem(option, *_unknown(entity, name))
        elif fields[name].type == "owner" and (option == "--remove" or _is_no_owner(change, name)):
            message = f"{name} is the owner of the rows, and without one it would be open whose they are."
            yield _problem(option, message, "Make an entity without an owner, and move the rows there.")
    named = [*(field.name for field in (*change.add, *change.change)), *change.remove]
    for name, count in Counter(named).items():
        if count > 1 and name:
            yield _problem(name, "it is named twice.", "Add, remove or change a field, but only one of it at a time.")


def _is_no_owner(change: EntityChange, name: str) -> bool:
    return any(field.name == name and field.type != "owner" for field in change.change)


def _unknown(entity: EntitySpec, name: str) -> tuple[str, str]:
    if name in automatic_fields(entity):
        return (
            f"{name} is there anyway: it is {AUTOMATIC[name]}.",
            "The options --timestamps and --versioned are about it.",
        )
    names = [field.name for field in entity.fields]
    everything = f"It has {', '.join(names)}." if names else "It has none."
    return f"{entity.name} has no field {name!r}.", did_you_mean(name, names, otherwise=everything)


def _column_problems(entity: EntitySpec, result: EntitySpec, change: EntityChange) -> Iterator[Problem]:
    for names in change.drop_unique:
        if names not in entity.unique:
            yield _problem("--drop-unique", f"{','.join(names)} are not unique together.", _listed(entity.unique))
    for columns in change.drop_indexes:
        if columns not in entity.indexes:
            names = tuple(column.name for column in columns)
            yield _problem("--drop-index", f"there is no such index of {','.join(names)}.", "")
    for name in change.remove:
        for names in result.unique:
            if name in names:
                yield _problem(
                    "--remove", f"{name} is unique together with others.", f"Add --drop-unique {','.join(names)}."
                )
        for columns in result.indexes:
            if name in {column.name for column in columns}:
                text = ",".join(f"{column.name}:desc" if column.descending else column.name for column in columns)
                yield _problem("--remove", f"an index names {name}.", f"Add --drop-index {text}.")
        if name in {column.name for column in result.order}:
            yield _problem(
                "--remove", f"the order names {name}.", "Add another --order, or --order '' for the usual one."
            )


def _listed(unique: Sequence[Sequence[str]]) -> str:
    return f"There are {' and '.join(','.join(names) for names in unique)}." if unique else "No fields are."


def _problem(where: str, message: str, suggestion: str) -> Problem:
    return Problem(where=where, message=message, suggestion=suggestion)
