"""L411: two writes of one method that are not kept together by a unit of work."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Attribute, Call, Comprehension, Constant, Expression, Lambda
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
_KEEPING_TOGETHER = frozenset({"tx", "work"})
_MOST_CALLS = 10
"""Through how many functions writes are followed."""
_OF_UNITS_OF_WORK = ("atomic", "unit_of_work", "unitofwork", "uow", "transaction")
"""What the names of units of work hold, where nothing else tells."""


class _Path(NamedTuple):
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

    def then(self, other: "_Path") -> "_Path":
        """Return this way and another one after it."""
        return _Path((self.writes + other.writes)[:2], (self.within + other.within)[:1], other.end)

    def kept_together(self) -> "_Path":
        """Return what it is within a unit of work."""
        return _Path((), (self.writes + self.within)[:1], self.end)


def check(subject: Subject) -> Iterator[Finding]:
    """Find public methods with two writes on one way through them, of which not both are within a unit of work."""
    known: dict[int, _Path] = {}
    for trace in subject.traces:
        function = trace.function
        if function is None or not function.is_public:
            continue
        worst = _Writes(subject, trace, known).worst(function)
        if worst.is_torn:
            at = worst.writes[-1]
            yield Finding(
                line=at.line,
                column=at.column,
                symbol=function.qualname,
                target=spelled(at.function),
                message=_message(function.qualname, worst),
                hint="Put both inside of one `with self._unit_of_work():`.",
            )


def _message(qualname: str, path: _Path) -> str:
    if len(path.writes) == 1:
        within, outside = spelled(path.within[0]), spelled(path.writes[0])
        return (
            f"{qualname} writes {within} within a unit of work and {outside} outside of it, so one may be kept without the "
            "other."
        )
    first, second = path.writes
    if first is second:
        return f"{qualname} writes more than once, by {spelled(first)}, outside of a unit of work."
    return (
        f"{qualname} writes twice, {spelled(first)} and {spelled(second)}, outside of a unit of work, so one may be kept "
        "without the other."
    )


class _Writes:
    """Finds the writes of one function, those of the functions of its module that it calls included.

    Args:
        subject: the module.
        trace: what happens in the function.
        known: the worst ways through functions that have been looked at, by `id` of their facts.
        depth: how many functions lead here.
    """

    def __init__(self, subject: Subject, trace: Trace, known: dict[int, _Path], depth: int = 0) -> None:
        self._subject = subject
        self._trace = trace
        self._known = known
        self._depth = depth
        self._receivers = {id(read.at): read.receiver for read in trace.reads}
        self._inner: dict[str, FunctionFacts] = {}

    def worst(self, function: FunctionFacts) -> _Path:
        """Return the way through a function with the most writes to tell of."""
        worst = max(self.paths(function.body), key=lambda path: path.weight)
        return worst.kept_together() if any(map(self._keeps_together, function.decorators)) else worst

    def paths(self, body: Sequence[Statement]) -> list[_Path]:
        """Return the ways through statements with the most writes: at most one for each way to end."""
        ended: dict[str, _Path] = {}
        current = _Path()
        for position, statement in enumerate(body):
            if isinstance(statement, Evaluated) and self._enters(statement.value):
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
            if isinstance(statement, Evaluated) and self._enters(statement.value):
                break
        return [current, *ended.values()]

    def _statement(self, statement: Statement) -> list[_Path]:
        match statement:
            case Evaluated():
                return [self._in(statement.value)._replace(end="return" if statement.raises else "")]
            case Returned():
                return [(_Path() if statement.value is None else self._in(statement.value))._replace(end="return")]
            case Broken():
                return [_Path(end="break")]
            case Assigned():
                return [_Path() if statement.value is None else self._in(statement.value)]
            case Managed():
                if any(self._keeps_together(item) for item, _ in statement.items):
                    return [path.kept_together() for path in self.paths(statement.body)]
                before = self._in_all(item for item, _ in statement.items)
                return [before.then(path) for path in self.paths(statement.body)]
            case Looped():
                return self._looped(statement)
            case Branched():
                found = [path for branch in statement.branches for path in self.paths(branch)]
                if not statement.exhaustive or not found:
                    found.append(_Path())
                before = self._in_all(statement.tests)
                return [before.then(path) for path in found]
            case FunctionFacts():
                self._inner[statement.name] = statement
                return [_Path()]
            case _:
                return [_Path()]

    def _looped(self, statement: Looped) -> list[_Path]:
        before = self._in(statement.iterable)
        inside = self.paths(statement.body)
        again = max((path for path in inside if not path.end), key=lambda path: path.weight, default=_Path())
        all_round = before.then(again).then(again)
        found = [all_round.then(path) for path in self.paths(statement.orelse)]
        for path in inside:
            if path.end:
                found.append(before.then(path._replace(end="" if path.end == "break" else path.end)))
        return found

    def _in_all(self, expressions: Iterable[Expression]) -> _Path:
        found = _Path()
        for expression in expressions:
            found = found.then(self._in(expression))
        return found

    def _in(self, expression: Expression) -> _Path:
        found = _Path()
        for call in _calls(expression):
            function = self._trace.functions.get(id(call))
            if function is None:
                continue
            if self._is_write(function, call):
                found = found.then(_Path((call,)))
            elif function.of.endswith(".map") and any(self._hands_on_write(one) for one in call.arguments):
                found = found.then(_Path((call, call)))
            elif function.kind is Kind.CLOSURE and function.of in self._inner:
                # It may call itself.
                inner = self._inner.pop(function.of)
                found = found.then(self.worst(inner)._replace(end=""))
                self._inner[function.of] = inner
            else:
                inside = self._inside_of(function)
                found = found.then(_Path((call,) * len(inside.writes), (call,) * len(inside.within)))
        return found

    def _inside_of(self, function: Value) -> _Path:
        """Return the writes of another function of the module."""
        symbol = function.symbol
        if function.kind not in {Kind.METHOD, Kind.SYMBOL} or not isinstance(symbol, FunctionSymbol):
            return _Path()
        if symbol.module is not self._trace.module or self._depth >= _MOST_CALLS:
            return _Path()
        key = id(symbol.facts)
        if key not in self._known:
            # A function that calls itself adds nothing to what it writes.
            self._known[key] = _Path()
            trace = self._subject.inference.trace(symbol.module, symbol.facts, symbol.owner)
            self._known[key] = _Writes(self._subject, trace, self._known, self._depth + 1).worst(symbol.facts)
        return self._known[key]

    def _enters(self, expression: Expression) -> bool:
        """Tell whether an `ExitStack` enters a unit of work, which lasts for what follows."""
        if not isinstance(expression, Call) or not isinstance(expression.function, Attribute):
            return False
        return expression.function.name in {"enter_context", "enter_async_context"} and any(
            self._keeps_together(argument) for argument in expression.arguments
        )

    def _keeps_together(self, item: Expression) -> bool:
        called = item.function if isinstance(item, Call) else item
        name = getattr(called, "name", getattr(called, "id", "")).lower()
        if name.strip("_") in _KEEPING_TOGETHER or any(word in name for word in _OF_UNITS_OF_WORK):
            return True
        return isinstance(item, Call) and any(
            opened.at is item and is_unit_of_work(opened.value) for opened in self._trace.opened
        )

    def _hands_on_write(self, argument: Expression) -> bool:
        """Tell whether a method that writes is handed on, to be called for each of some values."""
        receiver = self._receivers.get(id(argument))
        return (
            isinstance(argument, Attribute)
            and receiver is not None
            and _is_of_repositories(receiver.symbol)
            and _writes(argument.name, None)
        )

    def _is_write(self, function: Value, call: Call) -> bool:
        """Tell whether a function is one of a repository that writes."""
        symbol = function.symbol
        if function.kind is Kind.SYMBOL:
            is_function = _is_of_repositories(symbol) and isinstance(symbol, FunctionSymbol)
            return is_function and _writes(function.of.rpartition(".")[2], symbol)
        if function.kind is Kind.METHOD and function.inner is not None:
            return _is_of_repositories(function.inner.symbol) and _writes(function.of, symbol)
        if function.kind is Kind.UNKNOWN and isinstance(call.function, Attribute):
            # The abstraction lacks the method, or nothing says what the repository is but its name.
            receiver = self._receivers.get(id(call.function))
            owner = call.function.value
            name = getattr(owner, "name", getattr(owner, "id", ""))
            is_repository = name.lower().endswith(_REPOSITORY_BY_NAME) or (
                receiver is not None and receiver.kind is Kind.OBJECT and _is_of_repositories(receiver.symbol)
            )
            return is_repository and _writes(call.function.name, None)
        return False


def _is_of_repositories(symbol: Symbol | None) -> bool:
    if not isinstance(symbol, ClassSymbol | FunctionSymbol):
        return False
    # The abstraction may stand with the service that is written against it.
    by_name = isinstance(symbol, ClassSymbol) and symbol.facts.name.lower().endswith(_REPOSITORY_BY_NAME)
    return by_name or symbol.module.source.place.part in _REPOSITORIES


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
