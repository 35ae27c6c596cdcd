"""L104: a service names a concrete repository."""

from collections.abc import Iterator

from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["check", "is_abstract"]

_ABSTRACT = frozenset({"Protocol", "ABC", "ABCMeta"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find imports of classes of `repositories` that are implementations."""
    for target in subject.targets:
        symbol = target.symbol
        place = target.module.source.place
        if place.part != "repositories" or not isinstance(symbol, ClassSymbol) or symbol.module is not target.module:
            continue
        name = symbol.facts.name
        if not name.endswith(("Repository", "Repo")) or is_abstract(symbol, subject):
            continue
        yield Finding(
            line=target.one.line,
            column=target.one.column,
            symbol=target.one.scope,
            target=symbol.name,
            message=f"A service names {symbol.name}, which is a concrete repository and no abstraction.",
            hint=f"Make a Protocol of what the service asks of {name}, take it as a parameter, and name {name} in "
            "dependencies only.",
            context=target.one.context,
        )


def is_abstract(symbol: ClassSymbol, subject: Subject) -> bool:
    """Tell whether a class is an abstraction: a Protocol or an ABC by its own bases."""
    for base in (*symbol.facts.bases, *(one.value for one in symbol.facts.keywords)):
        found = subject.project.symbol(base, symbol.module)
        if getattr(found, "name", "").rpartition(".")[2] in _ABSTRACT:
            return True
    return False
