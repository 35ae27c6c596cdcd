"""L104: a service names a concrete repository."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute
from django_layers.architecture.facts.statements import FunctionFacts, Import, Statement
from django_layers.architecture.inference.values import rows_of
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["check", "is_abstract"]

_ABSTRACT = frozenset({"Protocol", "ABC", "ABCMeta"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find where classes of `repositories` are named that are implementations: in imports, or below a module."""
    for target in subject.targets:
        symbol = target.symbol
        if isinstance(symbol, ClassSymbol) and symbol.module is target.module and _is_concrete(symbol, subject):
            yield _finding(target.one, target.one.scope, symbol, target.one.context)
    told = set()
    for trace in subject.traces:
        for used in trace.uses:
            symbol = used.value.symbol
            if not isinstance(used.at, Attribute) or not isinstance(symbol, ClassSymbol):
                continue
            if (trace.qualname, symbol.name) not in told and _is_concrete(symbol, subject):
                told.add((trace.qualname, symbol.name))
                yield _finding(used.at, trace.qualname, symbol)


def _finding(at: Import | Attribute, scope: str, symbol: ClassSymbol, context: str = "") -> Finding:
    name = symbol.facts.name
    return Finding(
        line=at.line,
        column=at.column,
        symbol=scope,
        target=symbol.name,
        message=f"A service names {symbol.name}, which is a concrete repository and no abstraction.",
        hint=f"Make a Protocol of what the service asks of {name}, take it as a parameter, and name {name} in "
        "dependencies only.",
        context=context,
    )


def _is_concrete(symbol: ClassSymbol, subject: Subject) -> bool:
    """Tell whether a class is a repository that is no abstraction: by its name, what it derives from, or what it does."""
    if symbol.module.source.place.part != "repositories" or is_abstract(symbol, subject):
        return False
    if symbol.facts.name.endswith(("Repository", "Repo")):
        return True
    if any(is_abstract(one, subject) for one in subject.project.ancestors(symbol)):
        return True
    return any(_asks(statement, symbol, subject) for statement in symbol.facts.body)


def _asks(statement: Statement, owner: ClassSymbol, subject: Subject) -> bool:
    """Tell whether a method asks the database."""
    if not isinstance(statement, FunctionFacts):
        return False
    reads = subject.inference.trace(owner.module, statement, owner).reads
    return any(rows_of(read.receiver) or rows_of(read.result) for read in reads)


def is_abstract(symbol: ClassSymbol, subject: Subject) -> bool:
    """Tell whether a class is an abstraction: a Protocol or an ABC by its own bases."""
    for base in (*symbol.facts.bases, *(one.value for one in symbol.facts.keywords)):
        found = subject.project.symbol(base, symbol.module)
        if getattr(found, "name", "").rpartition(".")[2] in _ABSTRACT:
            return True
    return False
