"""Reads arguments of `addentity` as the command does, with nothing of Django: for tests of the language alone."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from django_layers.scaffold.language.grammar import parse_fields, parse_index, parse_order, parse_unique
from django_layers.scaffold.language.problems import GrammarError, Problem
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, PrimaryKey
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.request.validate import validate

Choice = TypeVar("Choice", bound=StrEnum)
_FLAGS = ("--versioned", "--async", "--no-timestamps")


def problems_of(arguments: Sequence[str], facts: ProjectFacts) -> tuple[Problem, ...]:
    """Return everything that is wrong with the arguments in a project."""
    entity, problems = entity_of(arguments)
    return (*problems, *validate(entity, facts))


def entity_of(arguments: Sequence[str]) -> tuple[EntitySpec, tuple[Problem, ...]]:
    """Return the entity that the arguments ask for, as far as they can be read, and what can't."""
    words = list(arguments[1:])
    fields: list[str] = []
    options: list[tuple[str, str]] = []
    while words:
        word = words.pop(0)
        if word.startswith("--") and word not in _FLAGS:
            options.append((word, words.pop(0) if words else ""))
        elif word.startswith("--"):
            options.append((word, ""))
        else:
            fields.append(word)
    specs, problems = parse_fields(fields)
    try:
        return _entity(arguments[0], dict(options), options, specs), problems
    except GrammarError as error:
        return EntitySpec(name=arguments[0], app_label="recipes", fields=specs), (*problems, *error.problems)


def _entity(
    name: str, said: Mapping[str, str], options: Sequence[tuple[str, str]], specs: tuple[FieldSpec, ...]
) -> EntitySpec:
    known = {"--app", "--plural", "--pk", "--unique", "--index", "--order", "--public", "--write", *_FLAGS}
    for option in said:
        if option not in known:
            raise GrammarError([Problem(where=option, message="there is no such option.")])
    if said.get("--write", "users") != "users":
        raise GrammarError([Problem(where="--write", message="only users.")])
    return EntitySpec(
        name=name,
        app_label=said["--app"],
        plural=said.get("--plural"),
        fields=specs,
        primary_key=_choice(PrimaryKey, said.get("--pk", "auto")),
        unique=tuple(parse_unique(value) for option, value in options if option == "--unique"),
        indexes=tuple(parse_index(value) for option, value in options if option == "--index"),
        order=parse_order(said["--order"]) if "--order" in said else (),
        public=_choice(Access, said.get("--public", "none")),
        write_users="--write" in said,
        versioned="--versioned" in said,
        asynchronous="--async" in said,
        timestamps="--no-timestamps" not in said,
    )


def _choice(kind: type[Choice], value: str) -> Choice:
    try:
        return kind(value)
    except ValueError:
        raise GrammarError([Problem(where=value, message="no choice.")]) from None
