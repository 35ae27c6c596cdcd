"""What is said about a repository, as text and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import fill
from typing import Final

from django_layers.repositories.explain.explanation import Explanation, IndexUse, Operation, Statement
from django_layers.repositories.explain.writes import counted

__all__ = ["as_json", "as_text"]

WIDTH: Final = 110

_CLAUSES: Final = re.compile(
    r"(?<!DELETE) (?=(?:FROM|LEFT OUTER JOIN|INNER JOIN|WHERE|GROUP BY|ORDER BY|LIMIT|SET|VALUES|FOR UPDATE)\b)"
)
_ALIASES: Final = re.compile(r' AS ["`][^"`]+["`]')
_SIGNS: Final = {"full": "+", "partly": "~", "none": "-"}


def as_json(explanation: Explanation) -> str:
    """Return it as a JSON document, which ends in a newline."""
    return f"{json.dumps(asdict(explanation), indent=2)}\n"


def as_text(explanation: Explanation) -> str:
    """Return it for a reader; what was shown before is not shown again."""
    lines = [*_head(explanation)]
    shown: dict[object, str] = {}
    for operation in explanation.operations:
        lines += ["", *_operation(operation, shown)]
    lines += ["", *_filters(explanation), "", *_orders(explanation)]
    return "\n".join(lines) + "\n"


def _head(explanation: Explanation) -> Iterator[str]:
    yield explanation.repository
    owner = f", of the owner in {explanation.owner}" if explanation.owner else ""
    yield _row("rows", f"{explanation.model} (table {explanation.table}){owner}")
    yield _row("database", f"{explanation.database} ({explanation.vendor})")
    for number, built in enumerate(explanation.builds):
        yield _row("DTOs" if not number else "", f"{built.path or 'each row'}: {built.schema}, {built.tier}")
    yield _row("prepared", explanation.prepared)


def _row(name: str, text: str) -> str:
    return f"  {name:<10}{text}"


def _operation(operation: Operation, shown: dict[object, str]) -> Iterator[str]:
    yield f"{operation.name}: {counted(len(operation.statements), 'statement')}"
    for number, statement in enumerate(operation.statements, start=1):
        before = shown.setdefault(statement, operation.name)
        if before != operation.name:
            yield f"  {number}. {statement.purpose}: as in {before}"
            continue
        yield f"  {number}. {statement.purpose}"
        if statement.columns and shown.setdefault(statement.columns, operation.name) == operation.name:
            columns = f"columns: {', '.join(statement.columns)}"
            yield fill(columns, WIDTH, initial_indent="     ", subsequent_indent=" " * 14)
        yield from _statement(statement)
    for note in operation.notes:
        yield f"  {note}"


def _statement(statement: Statement) -> Iterator[str]:
    for clause in _CLAUSES.split(_shortened(statement.sql)) if statement.sql else ["(nothing to ask for)"]:
        yield fill(clause, WIDTH, initial_indent="     ", subsequent_indent=" " * 9, break_long_words=False)
    for line in statement.plan:
        yield f"     > {line}"


def _shortened(sql: str) -> str:
    """Return SQL without the names that Django gives to selected columns, which are those of the columns above."""
    return _ALIASES.sub("", sql)


def _filters(explanation: Explanation) -> Iterator[str]:
    yield "filters" if explanation.filters else "filters: none"
    names = [each.name for each in explanation.filters]
    for each in explanation.filters:
        asked = " or ".join(each.lookups)
        yield from _use(each.name, names, "" if asked == each.name else f"{asked}: ", each.use)


def _orders(explanation: Explanation) -> Iterator[str]:
    yield "orders"
    names = [each.name or "(default)" for each in explanation.orders]
    for each in explanation.orders:
        yield from _use(each.name or "(default)", names, f"{', '.join(each.terms)}: ", each.use)


def _use(name: str, names: Sequence[str], asks: str, use: IndexUse) -> Iterator[str]:
    width = max(map(len, names))
    index = f"{use.index} " if use.index else ""
    begin = f"  {_SIGNS[use.serves]} {name:<{width}}  "
    yield fill(f"{begin}{asks}{index}{use.says}", WIDTH, subsequent_indent=" " * len(begin))
    if use.planned:
        yield f"{' ' * len(begin)}> takes {', '.join(use.planned)}"
