"""L411: two writes of one method that are not kept together by a unit of work."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Attribute, Call, Comprehension, Constant, Expression, Lambda
from django_layers.architecture.facts.statements import (
    Assigned,
    Branched,
    Evaluated,
    Looped,
    Managed,
    Returned,
    Statement,
)
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.names.symbols import ClassSymbol, FunctionSymbol, Symbol
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.transactions import is_unit_of_work
from django_layers.architecture.rules.wording import spelled

__all__ = ["check"]

_WRITES = frozenset(
    [
        "add",
        "create",
        "insert",
        "update",
        "delete",
        "remove",
        "save",
        "set",
        "upsert",
        "change",
        "bulk",
        "store",
        "replace",
        "mark",
        "archive",
        "restore",
        "increment",
        "decrement",
        "claim",
        "clear",
        "append",
        "attach",
        "detach",
        "write",
        "put",
        "patch",
        "publish",
        "unpublish",
        "rename",
        "assign",
        "record",
        "register",
        "persist",
        "destroy",
        "drop",
        "reset",
        "touch",
        "move",
        "swap",
        "link",
        "unlink",
        "enable",
        "disable",
        "activate",
        "deactivate",
    ]
)
_REPOSITORIES = frozenset({"repositories", "repositories.orm"})
_REPOSITORY_BY_NAME = ("repository", "repo", "repositories", "repos")
_KEEPING_TOGETHER = frozenset({"atomic", "unit_of_work", "_unit_of_work", "uow", "_uow"})


class _Path(NamedTuple):
    """One way through some statements: its writes outside of units of work, and whether it goes on after them."""

    writes: tuple[Call, ...]
    goes_on: bool


def check(subject: Subject) -> Iterator[Finding]:
    """Find public methods with two writes on one way through them, outside of any unit of work."""
    for trace in subject.traces:
        function = trace.function
        if function is None or not function.is_public:
            continue
        paths = _Writes(subject, trace, ()).paths(function.body)
        worst = max(paths, key=lambda path: len(path.writes))
        if len(worst.writes) > 1:
            first, second = worst.writes[:2]
            if first is second:
                message = f"{function.qualname} writes in a loop, {spelled(first)}, outside of a unit of work."
            else:
                message = (
                    f"{function.qualname} writes twice, {spelled(first)} and {spelled(second)}, outside of a unit of "
                    "work, so one may be kept without the other."
                )
            yield Finding(
                line=second.line,
                column=second.column,
                symbol=function.qualname,
                target=spelled(second.function),
                message=message,
                hint="Put both inside of one `with self._unit_of_work():`.",
            )


class _Writes:
    """Finds the writes of one function, those of the private methods that it calls included."""

    def __init__(self, subject: Subject, trace: Trace, callers: tuple[str, ...]) -> None:
        self._subject = subject
        self._trace = trace
        self._callers = (*callers, trace.qualname)

    def paths(self, body: Sequence[Statement]) -> list[_Path]:
        """Return the ways through statements with the most writes: at most one that ends there, and one that goes on."""
        ended: _Path | None = None
        current = _Path((), True)
        for statement in body:
            if isinstance(statement, Evaluated) and self._enters(statement.value):
                return [current, *([ended] if ended else [])]
            paths = self._statement(statement)
            for path in paths:
                joined = _Path((current.writes + path.writes)[:2], path.goes_on)
                if not path.goes_on:
                    ended = max([ended or joined, joined], key=lambda one: len(one.writes))
            going_on = [path for path in paths if path.goes_on]
            if not going_on:
                return [ended] if ended else [current]
            longest = max(going_on, key=lambda path: len(path.writes))
            current = _Path((current.writes + longest.writes)[:2], True)
        return [current, *([ended] if ended else [])]

    def _statement(self, statement: Statement) -> list[_Path]:
        match statement:
            case Evaluated():
                return [_Path(self._in(statement.value), not statement.raises)]
            case Returned():
                return [_Path(() if statement.value is None else self._in(statement.value), False)]
            case Assigned():
                return [_Path(() if statement.value is None else self._in(statement.value), True)]
            case Managed():
                if any(self._keeps_together(item) for item, _ in statement.items):
                    return [_Path((), path.goes_on) for path in self.paths(statement.body)]
                before = tuple(call for item, _ in statement.items for call in self._in(item))
                return [_Path((before + path.writes)[:2], path.goes_on) for path in self.paths(statement.body)]
            case Looped():
                inside = [path.writes for path in self.paths(statement.body) if path.goes_on]
                twice = tuple(call for writes in inside for call in (*writes, *writes))
                return [_Path((self._in(statement.iterable) + twice)[:2], True)]
            case Branched():
                before = tuple(call for test in statement.tests for call in self._in(test))
                found = [path for branch in statement.branches for path in self.paths(branch)]
                if not statement.exhaustive or not found:
                    found.append(_Path((), True))
                return [_Path((before + path.writes)[:2], path.goes_on) for path in found]
            case _:
                return [_Path((), True)]

    def _in(self, expression: Expression) -> tuple[Call, ...]:
        found: list[Call] = []
        for call in _calls(expression):
            function = self._trace.functions.get(id(call))
            if function is None:
                continue
            if _is_write(function, call):
                found.append(call)
            else:
                found += [call] * self._inside_of(function)
        return tuple(found[:2])

    def _inside_of(self, function: Value) -> int:
        """Return how many writes a private method of the same object makes outside of units of work."""
        symbol = function.symbol
        if function.kind is not Kind.METHOD or not isinstance(symbol, FunctionSymbol) or symbol.facts.is_public:
            return 0
        if symbol.facts.qualname in self._callers or symbol.module is not self._trace.module:
            return 0
        trace = self._subject.inference.trace(symbol.module, symbol.facts, symbol.owner)
        paths = _Writes(self._subject, trace, self._callers).paths(symbol.facts.body)
        return max(len(path.writes) for path in paths)

    def _enters(self, expression: Expression) -> bool:
        """Tell whether an `ExitStack` enters a unit of work, which lasts for what follows."""
        if not isinstance(expression, Call) or not isinstance(expression.function, Attribute):
            return False
        return expression.function.name in {"enter_context", "enter_async_context"} and any(
            self._keeps_together(argument) for argument in expression.arguments
        )

    def _keeps_together(self, item: Expression) -> bool:
        called = item.function if isinstance(item, Call) else item
        name = getattr(called, "name", getattr(called, "id", ""))
        if name in _KEEPING_TOGETHER or "unit_of_work" in name:
            return True
        return isinstance(item, Call) and any(
            opened.at is item and is_unit_of_work(opened.value) for opened in self._trace.opened
        )


def _is_write(function: Value, call: Call) -> bool:
    """Tell whether a function is one of a repository that writes."""
    symbol = function.symbol
    if function.kind is Kind.SYMBOL:
        return _is_of_repositories(symbol) and isinstance(symbol, FunctionSymbol) and _writes(symbol.facts.name, symbol)
    if function.kind is Kind.METHOD and function.inner is not None:
        return _is_of_repositories(function.inner.symbol) and _writes(function.of, symbol)
    if function.kind is Kind.UNKNOWN and isinstance(call.function, Attribute):
        owner = call.function.value
        name = getattr(owner, "name", getattr(owner, "id", ""))
        return name.lower().endswith(_REPOSITORY_BY_NAME) and _writes(call.function.name, None)
    return False


def _is_of_repositories(symbol: Symbol | None) -> bool:
    return isinstance(symbol, ClassSymbol | FunctionSymbol) and symbol.module.source.place.part in _REPOSITORIES


def _writes(name: str, symbol: Symbol | None) -> bool:
    """Tell whether a function writes: by its name, or because it gives nothing back."""
    if isinstance(symbol, FunctionSymbol) and isinstance(symbol.facts.returns, Constant):
        return True
    words = {name.partition("_")[0], name.removeprefix("a").partition("_")[0]}
    return not words.isdisjoint(_WRITES)


def _calls(expression: object) -> Iterator[Call]:
    """Walk the calls of an expression, the inner ones first; what a lambda does happens elsewhere."""
    if not isinstance(expression, tuple) or isinstance(expression, Lambda):
        return
    if isinstance(expression, Comprehension):
        # It happens for each element.
        for _ in range(2):
            yield from _calls(expression.elements)
    for part in expression:
        yield from _calls(part)
    if isinstance(expression, Call):
        yield expression
