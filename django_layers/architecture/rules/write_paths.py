"""The ways through a function, with the writes on each: those of the functions of its module that it calls included."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Call, Comprehension, Expression, Lambda
from django_layers.architecture.facts.statements import (
    Assigned,
    Branched,
    Broken,
    Evaluated,
    FunctionFacts,
    Looped,
    Managed,
    Returned,
    Statement,
)
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.names.symbols import FunctionSymbol
from django_layers.architecture.rules.finding import Subject
from django_layers.architecture.rules.writes import Writes

__all__ = ["WritePath", "WritePaths"]

_MOST_CALLS = 10
"""Through how many functions writes are followed."""


class WritePath(NamedTuple):
    """One way through some statements.

    Attributes:
        writes: the first two of its writes outside of units of work.
        within: the first of its writes within one: what is written outside is not kept together with it.
        end: "return" or "break" where it ends so; empty where it goes on after them.
    """

    writes: tuple[Call, ...] = ()
    within: tuple[Call, ...] = ()
    end: str = ""

    @property
    def weight(self) -> tuple[bool, int, int]:
        """How much there is to tell of it, to choose the worst of several by."""
        return self.is_torn, len(self.writes), len(self.within)

    @property
    def is_torn(self) -> bool:
        """Whether one of its writes may be kept without another one."""
        return len(self.writes) + bool(self.writes and self.within) > 1

    def then(self, other: "WritePath") -> "WritePath":
        """Return this way and another one after it."""
        return WritePath((self.writes + other.writes)[:2], (self.within + other.within)[:1], other.end)

    def kept_together(self) -> "WritePath":
        """Return what it is within a unit of work."""
        return WritePath((), (self.writes + self.within)[:1], self.end)


class WritePaths:
    """Finds the writes of one function, those of the functions of its module that it calls included.

    Args:
        subject: the module.
        trace: what happens in the function.
        known: the worst ways through functions that have been looked at, by `id` of their facts.
        depth: how many functions lead here.
    """

    def __init__(self, subject: Subject, trace: Trace, known: dict[int, WritePath], depth: int = 0) -> None:
        self._subject = subject
        self._trace = trace
        self._known = known
        self._depth = depth
        self._writes = Writes(trace)
        self._inner: dict[str, FunctionFacts] = {}

    def worst(self, function: FunctionFacts) -> WritePath:
        """Return the way through a function with the most writes to tell of."""
        worst = max(self.paths(function.body), key=lambda path: path.weight)
        return worst.kept_together() if any(map(self._writes.keeps_together, function.decorators)) else worst

    def paths(self, body: Sequence[Statement]) -> list[WritePath]:
        """Return the ways through statements with the most writes: at most one for each way to end."""
        ended: dict[str, WritePath] = {}
        current = WritePath()
        for position, statement in enumerate(body):
            if isinstance(statement, Evaluated) and self._writes.enters(statement.value):
                after = [path.kept_together() for path in self.paths(body[position + 1 :])]
            else:
                after = self._statement(statement)
            joined = [current.then(path) for path in after]
            for path in joined:
                if path.end:
                    ended[path.end] = max(ended.get(path.end, path), path, key=lambda one: one.weight)
            going_on = [path for path in joined if not path.end]
            if not going_on:
                return list(ended.values())
            current = max(going_on, key=lambda path: path.weight)
            if isinstance(statement, Evaluated) and self._writes.enters(statement.value):
                break
        return [current, *ended.values()]

    def _statement(self, statement: Statement) -> list[WritePath]:
        match statement:
            case Evaluated():
                return [self._in(statement.value)._replace(end="return" if statement.raises else "")]
            case Returned():
                return [(WritePath() if statement.value is None else self._in(statement.value))._replace(end="return")]
            case Broken():
                return [WritePath(end="break")]
            case Assigned():
                return [WritePath() if statement.value is None else self._in(statement.value)]
            case Managed():
                if any(self._writes.keeps_together(item) for item, _ in statement.items):
                    return [path.kept_together() for path in self.paths(statement.body)]
                before = self._in_all(item for item, _ in statement.items)
                return [before.then(path) for path in self.paths(statement.body)]
            case Looped():
                return self._looped(statement)
            case Branched():
                found = [path for branch in statement.branches for path in self.paths(branch)]
                if not statement.exhaustive or not found:
                    found.append(WritePath())
                before = self._in_all(statement.tests)
                return [before.then(path) for path in found]
            case FunctionFacts():
                self._inner[statement.name] = statement
                return [WritePath()]
            case _:
                return [WritePath()]

    def _looped(self, statement: Looped) -> list[WritePath]:
        before = self._in(statement.iterable)
        inside = self.paths(statement.body)
        again = max((path for path in inside if not path.end), key=lambda path: path.weight, default=WritePath())
        all_round = before.then(again).then(again)
        found = [all_round.then(path) for path in self.paths(statement.orelse)]
        for path in inside:
            if path.end:
                found.append(before.then(path._replace(end="" if path.end == "break" else path.end)))
        return found

    def _in_all(self, expressions: Iterable[Expression]) -> WritePath:
        found = WritePath()
        for expression in expressions:
            found = found.then(self._in(expression))
        return found

    def _in(self, expression: Expression) -> WritePath:
        found = WritePath()
        for call in _calls(expression):
            function = self._trace.functions.get(id(call))
            if function is None:
                continue
            if self._writes.is_write(function, call):
                found = found.then(WritePath((call,)))
            elif function.of.endswith(".map") and any(self._writes.hands_on_write(one) for one in call.arguments):
                found = found.then(WritePath((call, call)))
            elif function.kind is Kind.CLOSURE and function.of in self._inner:
                # It may call itself.
                inner = self._inner.pop(function.of)
                found = found.then(self.worst(inner)._replace(end=""))
                self._inner[function.of] = inner
            else:
                inside = self._inside_of(function)
                found = found.then(WritePath((call,) * len(inside.writes), (call,) * len(inside.within)))
        return found

    def _inside_of(self, function: Value) -> WritePath:
        """Return the writes of another function of the module."""
        symbol = function.symbol
        if function.kind not in {Kind.METHOD, Kind.SYMBOL} or not isinstance(symbol, FunctionSymbol):
            return WritePath()
        if symbol.module is not self._trace.module or self._depth >= _MOST_CALLS:
            return WritePath()
        key = id(symbol.facts)
        if key not in self._known:
            # A function that calls itself adds nothing to what it writes.
            self._known[key] = WritePath()
            trace = self._subject.inference.trace(symbol.module, symbol.facts, symbol.owner)
            self._known[key] = WritePaths(self._subject, trace, self._known, self._depth + 1).worst(symbol.facts)
        return self._known[key]


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
