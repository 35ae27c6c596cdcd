"""What happens in one function, with what is known of the values: what rules read."""

from collections.abc import Iterable
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Name
from django_layers.architecture.facts.statements import FunctionFacts
from django_layers.architecture.inference.values import PLAIN, Kind, Value, join
from django_layers.architecture.names.symbols import ClassSymbol, Module

__all__ = ["Called", "Given", "Opened", "Raised", "Read", "Trace", "Used", "given_by"]


class Read(NamedTuple):
    """An attribute is read, and what is known of the value that it is read from and of the result."""

    receiver: Value
    result: Value
    at: Attribute


class Used(NamedTuple):
    """A name of a module, or something external, is used."""

    value: Value
    at: Name | Attribute


class Called(NamedTuple):
    """A function is called."""

    function: Value
    arguments: tuple[Value, ...]
    result: Value
    at: Call


class Given(NamedTuple):
    """A value leaves a function: it is returned, yielded, or one of several that are yielded."""

    value: Value
    yielded: bool
    at: Expression


class Opened(NamedTuple):
    """A context is entered."""

    value: Value
    at: Expression


class Raised(NamedTuple):
    """An exception is raised."""

    value: Value
    at: Expression


class Trace:
    """One function, or the top level of a module where the function is None.

    Attributes:
        module: where it stands.
        function: the function.
        owner: the class whose method it is.
        parameters: what its parameters are.
        returns: what its annotation says that it returns.
        functions: by `id` of a call in it, what is called.
        stored: what is assigned to attributes of `self`, by their names.
        filled: what is put into containers and objects that the caller handed over.
    """

    __slots__ = (
        "calls",
        "filled",
        "function",
        "functions",
        "given",
        "module",
        "opened",
        "owner",
        "parameters",
        "raised",
        "reads",
        "returns",
        "stored",
        "uses",
    )

    def __init__(
        self, module: Module, function: FunctionFacts | None, owner: ClassSymbol | None, returns: Value
    ) -> None:
        self.module = module
        self.function = function
        self.owner = owner
        self.returns = returns
        self.parameters: dict[str, Value] = {}
        self.reads: list[Read] = []
        self.uses: list[Used] = []
        self.calls: list[Called] = []
        self.given: list[Given] = []
        self.opened: list[Opened] = []
        self.raised: list[Raised] = []
        self.functions: dict[int, Value] = {}
        self.stored: dict[str, Value] = {}
        self.filled: list[Given] = []

    @property
    def qualname(self) -> str:
        """The name of the function with the classes around it; the class's, or empty, for what is in no function."""
        if self.function is not None:
            return self.function.qualname
        return self.owner.facts.qualname if self.owner else ""


def given_by(given: Iterable[Given]) -> Value:
    """Return what calling a function gives: what it returns, or a container of what it yields."""
    given = tuple(given)
    yielded = [one.value for one in given if one.yielded]
    returned = [one.value for one in given if not one.yielded]
    return Value(Kind.CONTAINER, inner=join(yielded)) if yielded else join(returned or [PLAIN])
