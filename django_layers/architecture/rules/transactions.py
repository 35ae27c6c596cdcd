"""L304, L409, L501: transactions outside of units of work."""

from collections.abc import Callable, Iterator

from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.externals import is_transaction
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["is_unit_of_work", "opens_transactions"]

_HINTS = {
    "repository": "Leave it to the service: it opens a unit of work around what belongs together.",
    "service": "Take a UnitOfWork as a parameter, and write `with self._unit_of_work():`.",
    "caller": "Move what belongs together into one method of a service, which opens a unit of work.",
}


def opens_transactions(who: str) -> Callable[[Subject], Iterator[Finding]]:
    """Return a check that finds where transactions are opened.

    Args:
        who: "repository", "service" or "caller".
    """

    def check(subject: Subject) -> Iterator[Finding]:
        for trace in subject.traces:
            for used in trace.uses:
                if is_transaction(used.value.of):
                    yield _finding(trace.qualname, used.at.line, used.at.column, used.value.of, who)
            if who == "repository":
                for opened in trace.opened:
                    if is_unit_of_work(opened.value):
                        yield _finding(trace.qualname, opened.at.line, opened.at.column, "a unit of work", who)

    return check


def is_unit_of_work(value: Value) -> bool:
    """Tell whether a value is a unit of work, or what calling one gives."""
    if value.kind is Kind.MADE:
        return "unitofwork" in value.of.replace("_", "").lower()
    if isinstance(value.symbol, ClassSymbol):
        return "UnitOfWork" in value.symbol.facts.name
    return False


def _finding(symbol: str, line: int, column: int, name: str, who: str) -> Finding:
    subject = symbol or "The module"
    return Finding(
        line=line,
        column=column,
        symbol=symbol,
        target=name,
        message=f"{subject} opens a transaction ({name}), which is for units of work of services to do.",
        hint=_HINTS[who],
    )
