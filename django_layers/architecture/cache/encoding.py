"""Outcomes as JSON and back."""

from datetime import date
from pathlib import Path

from django_layers.architecture.cache.store import Row
from django_layers.architecture.facts.suppression import Suppression
from django_layers.architecture.judging import Outcome
from django_layers.architecture.tree.discovery import Source
from django_layers.architecture.tree.places import Place
from django_layers.architecture.violations import Violation

__all__ = ["decoded_outcome", "decoded_source", "encoded_outcome", "encoded_source"]


def encoded_source(source: Source) -> Row:
    """Return a source as JSON."""
    return [str(source.path), source.name, str(source.root), source.place.app, source.place.part]


def decoded_source(row: Row) -> Source:
    """Return the source that JSON stands for."""
    path, name, root, app, part = map(str, row)
    return Source(Path(path), name, Path(root), Place(app, part))


def encoded_outcome(outcome: Outcome) -> Row:
    """Return an outcome as JSON; it belongs to a source, which knows the path."""
    return [[_row(one) for one in outcome.violations], [_comment(one) for one in outcome.suppressions]]


def decoded_outcome(row: Row, source: Source) -> Outcome:
    """Return the outcome that JSON stands for."""
    violations, comments = row
    return Outcome(
        tuple(_violation(one, source.path) for one in _rows(violations)),
        tuple(_suppression(one) for one in _rows(comments)),
    )


_TEXTS = ("code", "symbol", "target", "message", "hint", "severity", "app", "part", "context")


def _row(one: Violation) -> Row:
    return [one.line, one.column, list(one.identity), *(getattr(one, name) for name in _TEXTS)]


def _violation(row: Row, path: Path) -> Violation:
    line, column, identity, *texts = row
    code, symbol, target, message, hint, severity, app, part, context = map(str, texts)
    return Violation(
        path=path,
        line=_number(line),
        column=_number(column),
        code=code,
        symbol=symbol,
        target=target,
        message=message,
        hint=hint,
        severity=severity,
        context=context,
        app=app,
        part=part,
        identity=tuple(map(str, _rows(identity))),
    )


def _comment(one: Suppression) -> Row:
    until = one.until.isoformat() if one.until else None
    return [list(one.codes), one.reason, until, *one[3:]]


def _suppression(row: Row) -> Suppression:
    codes, reason, until, whole_file, line, column, first, last, problem = row
    return Suppression(
        tuple(map(str, _rows(codes))),
        str(reason),
        date.fromisoformat(until) if isinstance(until, str) else None,
        bool(whole_file),
        _number(line),
        _number(column),
        _number(first),
        _number(last),
        str(problem),
    )


def _rows(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
