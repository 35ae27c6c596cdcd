"""What the top level of a module binds."""

from collections.abc import Iterator, Sequence

from django_layers.architecture.facts.expressions import Expression, Name
from django_layers.architecture.facts.statements import (
    Assigned,
    Branched,
    ClassFacts,
    FunctionFacts,
    Import,
    Looped,
    Managed,
    ModuleFacts,
    Statement,
)
from django_layers.architecture.names.symbols import Module
from django_layers.architecture.tree.discovery import Source

__all__ = ["as_module", "statements_below"]


def statements_below(body: Sequence[Statement]) -> Iterator[Statement]:
    """Walk statements with those of their blocks, but not of their functions and classes."""
    for statement in body:
        yield statement
        match statement:
            case Looped():
                yield from statements_below((*statement.body, *statement.orelse))
            case Managed():
                yield from statements_below(statement.body)
            case Branched():
                for branch in statement.branches:
                    yield from statements_below(branch)
            case _:
                pass


def as_module(source: Source, facts: ModuleFacts) -> Module:
    """Return the module that a file with some facts is."""
    names: dict[str, Import | ClassFacts | FunctionFacts | Expression] = {}
    stars = []
    for one in facts.imports:
        if one.name == "*":
            stars.append(one)
        elif one.context in {"module", "type-checking"} and one.bound:
            names.setdefault(one.bound, one)
    for statement in statements_below(facts.body):
        if isinstance(statement, ClassFacts | FunctionFacts):
            names[statement.name] = statement
        elif isinstance(statement, Assigned) and statement.value is not None:
            for target in statement.targets:
                if isinstance(target, Name):
                    names.setdefault(target.id, statement.value)
    return Module(source, facts, names, tuple(stars))
