"""The values of a whole project: functions are traced when they are first asked about."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from django_layers.architecture.facts.expressions import Expression, Item
from django_layers.architecture.facts.statements import Assigned, ClassFacts, FunctionFacts
from django_layers.architecture.inference.trace import Trace, given_by
from django_layers.architecture.inference.types import Types
from django_layers.architecture.inference.values import (
    ANY_MODEL,
    PLAIN,
    UNKNOWN,
    Kind,
    Value,
    flattened,
    held,
    is_orm,
    join,
    with_model,
)
from django_layers.architecture.inference.walker import Walker
from django_layers.architecture.names.entities import Entities
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.reach import Reach
from django_layers.architecture.names.symbols import Alias, ClassSymbol, External, FunctionSymbol, Module

__all__ = ["MOST_HOPS", "Inference"]

MOST_HOPS = 20
"""Through how many functions a value is followed; beyond them nothing is known of it."""

_REPOSITORY = "django_layers.repositories."
_QUERYSETS_OF_REPOSITORIES = frozenset(
    {"_queryset", "_filtered", "_visible", "_with_key", "_annotated", "_stored", "_rows_to_write"}
)


class Inference:
    """Answers what values are, across functions and modules.

    Args:
        project: the modules.
        models: their models.
    """

    def __init__(self, project: Project, models: Models) -> None:
        self.project = project
        self.models = models
        self.types = Types(project, models)
        self.depth = 0
        self.most_hops = MOST_HOPS
        self._traces: dict[tuple[str, str, str, int], Trace] = {}
        self._results: dict[tuple[str, str, int], Value] = {}
        # A module may define two classes of one name, and the facts live as long as this does.
        self._attributes: dict[int, dict[str, Value]] = {}
        self._carried: dict[tuple[int, int], Value | None] = {}
        self._managers: dict[tuple[str, str], ClassSymbol | None] = {}
        self._applied: dict[tuple[object, ...], Value] = {}

    @cached_property
    def entities(self) -> Entities:
        """The models with their schemas."""
        return Entities(self.project, self.models)

    @cached_property
    def reach(self) -> Reach:
        """Where the names of modules of no layer lead to."""
        return Reach(self.project)

    def trace(self, module: Module, function: FunctionFacts, owner: ClassSymbol | None = None) -> Trace:
        """Return what happens in a function.

        Args:
            module: where it stands.
            function: the function.
            owner: the class whose method it is.
        """
        key = (module.name, function.qualname, owner.name if owner else "", function.line)
        if key not in self._traces:
            trace = Trace(module, function, owner, self.types.annotated(function.returns, module, owner))
            self._traces[key] = trace
            Walker(self, trace).walk()
        return self._traces[key]

    def forget_traces(self) -> None:
        """Forget what happens in functions, which takes much room; whoever asks again is told again."""
        self._traces.clear()

    def trace_top(self, module: Module, owner: ClassSymbol | None = None) -> Trace:
        """Return what happens at the top level of a module, or in the body of a class, functions left out."""
        trace = Trace(module, None, owner, PLAIN)
        Walker(self, trace).walk()
        return trace

    def result(self, function: FunctionSymbol) -> Value:
        """Return what calling a function gives: what its annotation says, or else what its body returns."""
        annotated = self.types.annotated(function.facts.returns, function.module, function.owner)
        if function.facts.returns is not None and _tells(annotated):
            return annotated
        key = (function.module.name, function.facts.qualname, function.facts.line)
        if key not in self._results:
            # A function that calls itself tells nothing new of what it returns.
            self._results[key] = UNKNOWN
            if self.depth >= MOST_HOPS:
                return UNKNOWN
            self.depth += 1
            trace = self.trace(function.module, function.facts, function.owner)
            self.depth -= 1
            self._results[key] = given_by(trace.given)
        return self._results[key]

    def applied(self, function: FunctionSymbol, given: Mapping[str, Value]) -> Value:
        """Return what calling a function with some arguments gives, where its signature does not tell.

        Args:
            function: the function.
            given: what is known of its arguments, by the names of its parameters.
        """
        result = self.result(function)
        annotated = self.types.annotated(function.facts.returns, function.module, function.owner)
        if is_orm(result) or _tells(annotated) or not any(map(is_orm, given.values())):
            return result
        # A function that wraps what it is given, and calls itself with that, would be given something new each time.
        given = {name: flattened(value) for name, value in given.items() if is_orm(value)}
        key = (function.module.name, function.facts.qualname, function.facts.line, tuple(given.items()))
        if key not in self._applied:
            self._applied[key] = UNKNOWN
            if self.depth >= self.most_hops:
                return UNKNOWN
            self.depth += 1
            trace = Trace(function.module, function.facts, function.owner, annotated)
            Walker(self, trace, given).walk()
            self.depth -= 1
            self._applied[key] = given_by(trace.given)
        return self._applied[key]

    def attribute(self, owner: ClassSymbol, name: str, instance: Value) -> Value:
        """Return what an attribute of an instance of a class of the project is."""
        found = self.project.member(owner, name)
        if found is None:
            stored = self._stored(owner).get(name)
            return stored if stored is not None else self._inherited(owner, name, instance)
        where, statement = found
        if isinstance(statement, FunctionFacts):
            method = FunctionSymbol(where.module, statement, owner)
            if _is_property(statement):
                return self.result(method)
            return Value(Kind.METHOD, name, method, instance)
        if isinstance(statement, ClassFacts):
            return self.types.itself(ClassSymbol(where.module, statement))
        assert isinstance(statement, Assigned)
        annotated = self.types.annotated(statement.annotation, where.module, owner)
        if annotated.kind is not Kind.UNKNOWN:
            return annotated
        stored = self._stored(owner).get(name, UNKNOWN)
        value = UNKNOWN if statement.value is None else Walker.at_top(self, where.module, statement.value)
        return join([stored, value])

    def carried(self, value: Value, depth: int = 3) -> Value | None:
        """Return what of the ORM a value is, holds, or has for a field that its class declares; None for nothing."""
        while value.kind in {Kind.CONTAINER, Kind.CLOSURE} and value.inner is not None:
            value = value.inner
        if is_orm(value):
            return held(value)
        if value.kind is not Kind.OBJECT or not isinstance(value.symbol, ClassSymbol) or not depth:
            return None
        key = (id(value.symbol.facts), depth)
        if key not in self._carried:
            self._carried[key] = self._declared(value.symbol, depth)
        return self._carried[key]

    def _declared(self, symbol: ClassSymbol, depth: int) -> Value | None:
        for one in self.project.ancestors(symbol):
            for statement in one.facts.body:
                if isinstance(statement, Assigned) and statement.annotation is not None:
                    annotated = self.types.annotated(statement.annotation, one.module)
                    found = self.carried(annotated, depth - 1)
                    if found is not None:
                        return found
        return None

    def symbol_value(self, module: Module, name: str) -> Value | None:
        """Return what a name at the top level of a module is; None where nothing binds it."""
        symbol = self.project.final(self.project.resolve(name, module))
        if isinstance(symbol, Alias):
            return Walker.at_top(self, symbol.module, symbol.value)
        return None if symbol is None else self.types.itself(symbol)

    def manager_class(self, model: str, name: str = "objects") -> ClassSymbol | None:
        """Return the class of the project that a manager of a model, or its QuerySets, has; None for one of Django's.

        Args:
            model: the dotted name of the model.
            name: the attribute of its class that the manager is.
        """
        key = (model, name)
        if key not in self._managers:
            self._managers[key] = None
            known = self.models.by_name.get(model)
            found = self.project.member(known.symbol, name) if known else None
            if found is not None and isinstance(found[1], Assigned) and found[1].value is not None:
                symbol = Walker.at_top(self, found[0].module, found[1].value).symbol
                self._managers[key] = symbol if isinstance(symbol, ClassSymbol) else None
        return self._managers[key]

    def makes_querysets(self, manager: Value) -> FunctionSymbol | None:
        """Return the method of the class of a manager that says which QuerySets it makes; None where it is Django's."""
        if manager.kind is not Kind.MANAGER or not isinstance(manager.symbol, ClassSymbol):
            return None
        found = self.project.member(manager.symbol, "get_queryset")
        if found is None or not isinstance(found[1], FunctionFacts):
            return None
        return FunctionSymbol(found[0].module, found[1], manager.symbol)

    def with_querysets(self, manager: Value) -> Value:
        """Return a manager with the class of the QuerySets that it makes, which have the methods of its results."""
        method = self.makes_querysets(manager)
        made = self.result(method) if method else UNKNOWN
        return manager._replace(symbol=made.symbol) if isinstance(made.symbol, ClassSymbol) else manager

    def with_model_of(self, receiver: Value, result: Value) -> Value:
        """Return what a method of a generic class gives, with the model that a class that derives from it is about."""
        found = held(result)
        if found is None or found.of not in ANY_MODEL or not isinstance(receiver.symbol, ClassSymbol):
            return result
        models = (self.types.annotated(base, one.module).inner for one, base in self._generic_bases(receiver.symbol))
        model = next((one for one in models if one is not None and one.kind is Kind.INSTANCE), None)
        return with_model(result, model) if model is not None else result

    def _generic_bases(self, symbol: ClassSymbol) -> Iterator[tuple[ClassSymbol, Expression]]:
        for one in self.project.ancestors(symbol):
            yield from ((one, base) for base in one.facts.bases if isinstance(base, Item))

    def _stored(self, owner: ClassSymbol) -> dict[str, Value]:
        key = id(owner.facts)
        if key not in self._attributes:
            found: dict[str, Value] = {}
            self._attributes[key] = found
            for one in reversed(self.project.ancestors(owner)):
                for statement in one.facts.body:
                    if isinstance(statement, FunctionFacts) and statement.name in {
                        "__init__",
                        "setUp",
                        "__post_init__",
                    }:
                        found.update(self.trace(one.module, statement, owner).stored)
        return self._attributes[key]

    def _inherited(self, owner: ClassSymbol, name: str, instance: Value) -> Value:
        for one in self.project.ancestors(owner):
            for base in one.facts.bases:
                symbol = self.project.symbol(base, one.module)
                if not isinstance(symbol, External) or not symbol.name.startswith(_REPOSITORY):
                    continue
                model = self.types.annotated(base, one.module).inner or UNKNOWN
                if name == "_model":
                    return Value(Kind.MODEL, model.of)
                if name in _QUERYSETS_OF_REPOSITORIES:
                    return Value(Kind.METHOD, name, None, Value(Kind.QUERYSET, model.of))
                return Value(Kind.METHOD, name, None, PLAIN)
        if instance.kind is Kind.REQUEST and name == "user":
            return Value(Kind.INSTANCE, "settings.AUTH_USER_MODEL")
        return UNKNOWN


def _tells(annotated: Value) -> bool:
    """Tell whether an annotation says what a value is, or at least what it holds."""
    while annotated.kind is Kind.CONTAINER and annotated.inner is not None:
        annotated = annotated.inner
    return annotated.kind not in {Kind.UNKNOWN, Kind.CONTAINER}


def _is_property(function: FunctionFacts) -> bool:
    names = {getattr(one, "id", getattr(one, "name", "")) for one in function.decorators}
    return not names.isdisjoint({"property", "cached_property"})
