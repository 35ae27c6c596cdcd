"""Which calls write to a repository, and what keeps several of them together."""

from django_layers.architecture.facts.expressions import Attribute, Call, Constant, Expression
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.names.symbols import ClassSymbol, FunctionSymbol, Symbol
from django_layers.architecture.rules.transactions import is_unit_of_work

__all__ = ["Writes"]

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
_ASKS = frozenset({"require", "check", "verify", "validate", "assert"})
"""What methods begin with that give nothing back, and write nothing: they raise where something is not so."""
_REPOSITORIES = frozenset({"repositories", "repositories.orm"})
_REPOSITORY_BY_NAME = ("repository", "repo", "repositories", "repos")
_KEEPING_TOGETHER = frozenset({"tx", "work"})
_OF_UNITS_OF_WORK = ("atomic", "unit_of_work", "unitofwork", "uow", "transaction")
"""What the names of units of work hold, where nothing else tells."""


class Writes:
    """Tells what the expressions of one function do to repositories.

    Args:
        trace: what happens in the function.
    """

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._receivers = {id(read.at): read.receiver for read in trace.reads}

    def is_write(self, function: Value, call: Call) -> bool:
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

    def hands_on_write(self, argument: Expression) -> bool:
        """Tell whether a method that writes is handed on, to be called for each of some values."""
        receiver = self._receivers.get(id(argument))
        return (
            isinstance(argument, Attribute)
            and receiver is not None
            and _is_of_repositories(receiver.symbol)
            and _writes(argument.name, None)
        )

    def keeps_together(self, item: Expression) -> bool:
        """Tell whether what is entered, or decorates, is a unit of work."""
        called = item.function if isinstance(item, Call) else item
        name = getattr(called, "name", getattr(called, "id", "")).lower()
        if name.strip("_") in _KEEPING_TOGETHER or any(word in name for word in _OF_UNITS_OF_WORK):
            return True
        return isinstance(item, Call) and any(
            opened.at is item and is_unit_of_work(opened.value) for opened in self._trace.opened
        )

    def enters(self, expression: Expression) -> bool:
        """Tell whether an `ExitStack` enters a unit of work, which lasts for what follows."""
        if not isinstance(expression, Call) or not isinstance(expression.function, Attribute):
            return False
        return expression.function.name in {"enter_context", "enter_async_context"} and any(
            self.keeps_together(argument) for argument in expression.arguments
        )


def _is_of_repositories(symbol: Symbol | None) -> bool:
    if not isinstance(symbol, ClassSymbol | FunctionSymbol):
        return False
    # The abstraction may stand with the service that is written against it.
    by_name = isinstance(symbol, ClassSymbol) and symbol.facts.name.lower().endswith(_REPOSITORY_BY_NAME)
    return by_name or symbol.module.source.place.part in _REPOSITORIES


def _writes(name: str, symbol: Symbol | None) -> bool:
    """Tell whether a function writes: by its name, or because it gives nothing back."""
    words = {name.partition("_")[0], name.removeprefix("a").partition("_")[0]}
    if isinstance(symbol, FunctionSymbol) and isinstance(symbol.facts.returns, Constant):
        return words.isdisjoint(_ASKS)
    return not words.isdisjoint(_WRITES)
