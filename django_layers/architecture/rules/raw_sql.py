"""L405: SQL that is written by hand."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Expression, Text
from django_layers.architecture.inference.values import Kind, rows_of
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.orm_findings import finding_at, who
from django_layers.architecture.rules.wording import spelled

__all__ = ["raw_sql"]

_BY_NAME = {
    "cursor": ("connection", "conn"),
    "execute": ("cursor", "cur"),
    "executemany": ("cursor", "cur"),
}
"""What connections and cursors are called where nothing else says that they are such, by the methods of theirs."""


def raw_sql(subject: Subject) -> Iterator[Finding]:
    """L405: SQL that is written by hand."""
    for trace in subject.traces:
        for called in trace.calls:
            read = called.at.function
            if not isinstance(read, Attribute):
                continue
            name = called.function.of
            by_name = called.function.kind is Kind.UNKNOWN and _name(read.value) in _BY_NAME.get(read.name, ())
            is_cursor = read.name == "cursor" and (name.startswith("django.db.connection") or by_name)
            executes = read.name in {"execute", "executemany"} and (
                by_name or any(isinstance(one, Text) and _looks_like_sql(one.value) for one in called.at.arguments)
            )
            of_manager = called.function.inner is not None and rows_of(called.function.inner)
            if is_cursor or executes or (read.name in {"raw", "extra"} and of_manager):
                yield finding_at(
                    trace,
                    called.at,
                    "SQL",
                    f"{who(trace)} runs SQL of its own, with {spelled(called.at)}.",
                    "Move the statement to a method of a repository.",
                )


def _name(expression: Expression) -> str:
    return getattr(expression, "name", getattr(expression, "id", "")).strip("_")


def _looks_like_sql(text: str) -> bool:
    return text.lstrip()[:6].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE"} or text.lstrip()[:5].upper() == "WITH "
