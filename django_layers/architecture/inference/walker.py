"""Walks the statements of one function in order, and keeps what is known of its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django_layers.architecture.facts.expressions import Attribute, Expression, Item, Name, Several
from django_layers.architecture.facts.statements import (
    Assigned,
    Branched,
    ClassFacts,
    Evaluated,
    FunctionFacts,
    Looped,
    Managed,
    Parameter,
    Returned,
    Statement,
)
from django_layers.architecture.inference.calls import CallEvaluator
from django_layers.architecture.inference.known_names import Changes, merged
from django_layers.architecture.inference.trace import Given, Opened, Raised, Trace, given_by
from django_layers.architecture.inference.values import PLAIN, UNKNOWN, Kind, Value, element_of, is_orm

if TYPE_CHECKING:
    from django_layers.architecture.inference.inference import Inference
    from django_layers.architecture.names.symbols import Module

__all__ = ["Walker"]


class Walker(CallEvaluator):
    """Fills the trace of a function.

    Args:
        inference: answers questions that lead out of the function.
        trace: the trace to fill.
        arguments: what is known of the arguments of the function, for parameters that say nothing themselves.
    """

    def __init__(self, inference: Inference, trace: Trace, arguments: Mapping[str, Value] | None = None) -> None:
        super().__init__(inference, trace)
        self._given = trace.given
        self._arguments = arguments or {}

    @classmethod
    def at_top(cls, inference: Inference, module: Module, expression: Expression) -> Value:
        """Return what an expression at the top level of a module is."""
        if inference.depth >= inference.most_hops:
            return UNKNOWN
        inference.depth += 1
        value = cls(inference, Trace(module, None, None, PLAIN)).value(expression)
        inference.depth -= 1
        return value

    def walk(self) -> None:
        """Walk the function of the trace, or the top level that it stands for."""
        trace = self.trace
        if trace.function is not None:
            for decorator in trace.function.decorators:
                self.value(decorator)
            self._enter(trace.function, is_method=trace.owner is not None)
            self.names.put((name, one) for name, one in self._arguments.items() if not is_orm(self.names[name]))
            trace.parameters.update(self.names)
            self.lent.update(one.name for one in trace.function.parameters if not one.kind)
            self.lent -= {"self", "cls"}
            self._walk(trace.function.body)
            return
        if trace.owner is not None:
            for expression in (*trace.owner.facts.decorators, *trace.owner.facts.bases):
                self.value(expression)
        body = trace.owner.facts.body if trace.owner else trace.module.facts.body
        self._walk([one for one in body if not isinstance(one, ClassFacts | FunctionFacts)])

    def _enter(self, function: FunctionFacts, *, is_method: bool) -> None:
        for one in function.imports:
            symbol = self.inference.project.imported(one, self.trace.module)
            if symbol is not None and one.bound:
                self.names[one.bound] = self.inference.types.itself(symbol)
        for position, parameter in enumerate(function.parameters):
            self.names[parameter.name] = self._parameter(parameter, is_self=is_method and position == 0)

    def _parameter(self, parameter: Parameter, *, is_self: bool) -> Value:
        owner = self.trace.owner
        if is_self and owner is not None and parameter.annotation is None:
            if parameter.name == "cls":
                return self.inference.types.itself(owner)
            return self.inference.types.instance(owner) if parameter.name == "self" else UNKNOWN
        if parameter.annotation is None and parameter.name == "request" and self._answers_requests:
            return Value(Kind.REQUEST)
        value = self.inference.types.annotated(parameter.annotation, self.trace.module, owner)
        return Value(Kind.CONTAINER, inner=value) if parameter.kind else value

    @property
    def _answers_requests(self) -> bool:
        return self.trace.module.source.place.part in {"api", "views"}

    def _walk(self, body: Sequence[Statement]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Assigned():
                self._assigned(statement)
            case Evaluated():
                value = self.value(statement.value)
                if statement.raises:
                    self.trace.raised.append(Raised(value, statement.value))
            case Returned():
                if statement.value is not None:
                    self._given.append(Given(self.value(statement.value), False, statement.value))
            case Looped():
                self._looped(statement)
            case Managed():
                for item, target in statement.items:
                    value = self.value(item)
                    self.trace.opened.append(Opened(value, item))
                    if target is not None:
                        self.bind(target, UNKNOWN if value.kind is Kind.MADE else value)
                self._walk(statement.body)
            case Branched():
                self._branched(statement)
            case FunctionFacts():
                self._nested(statement)
            case ClassFacts():
                for one in statement.body:
                    if isinstance(one, FunctionFacts):
                        self._nested(one)

    def _assigned(self, statement: Assigned) -> None:
        types, trace = self.inference.types, self.trace
        annotated = types.annotated(statement.annotation, trace.module, trace.owner)
        value = UNKNOWN if statement.value is None else self.value(statement.value)
        if annotated.kind is not Kind.UNKNOWN:
            value = annotated
        for target in statement.targets:
            if not self._bind_pairwise(target, statement.value):
                self.bind(target, value)

    def _bind_pairwise(self, target: Expression, source: Expression | None) -> bool:
        """Bind `a, b = c, d` part by part; False where it is nothing of the kind."""
        if not isinstance(target, Several) or not isinstance(source, Several):
            return False
        if len(target.items) != len(source.items):
            return False
        # All are worked out before the first is bound: `a, b = b, a`.
        values = [self.value(part) for part in source.items]
        for one, value in zip(target.items, values, strict=True):
            self.bind(one, value)
        return True

    def _looped(self, statement: Looped) -> None:
        rows = self.value(statement.iterable)
        after = self._round(statement, rows)
        if any(is_orm(value) and not is_orm(self.names.get(name, value)) for name, value in after.items()):
            # A later round meets what an earlier one has bound.
            self.names.put(after.items())
            after = self._round(statement, rows)
        self.names.put(after.items())
        self._walk(statement.orelse)

    def _round(self, statement: Looped, rows: Value) -> Changes:
        """Walk the body of a loop once, and return what names may be after it, or after none."""
        self.names.begin()
        if statement.target is not None:
            self.bind(statement.target, element_of(rows))
        self._walk(statement.body)
        return merged([self.names.take_back()], self.names, or_none=True)

    def _branched(self, statement: Branched) -> None:
        for test in statement.tests:
            self.value(test)
        if statement.is_try:
            self._tried(statement)
            return
        ways = [self._way(branch) for branch in statement.branches]
        self.names.put(merged(ways, self.names, or_none=not statement.exhaustive).items())

    def _tried(self, statement: Branched) -> None:
        body, *handlers = statement.branches
        done = self._way(body)
        # The handlers know what the body has bound, as far as it came.
        begun = merged([done], self.names, or_none=True)
        self.names.put(begun.items())
        ways = [self._way(branch) for branch in handlers]
        self.names.put(merged([done, *ways], self.names, or_none=False).items())

    def _way(self, body: Sequence[Statement]) -> Changes:
        """Walk some statements, and return what names become there."""
        self.names.begin()
        self._walk(body)
        return self.names.take_back()

    def _nested(self, function: FunctionFacts) -> None:
        for decorator in function.decorators:
            self.value(decorator)
        given, self._given = self._given, []
        self.names.begin()
        self._enter(function, is_method=False)
        self._walk(function.body)
        annotated = self.inference.types.annotated(function.returns, self.trace.module)
        returned = annotated if annotated.kind is not Kind.UNKNOWN else given_by(self._given)
        self.names.take_back()
        self._given = given
        self.names[function.name] = Value(Kind.CLOSURE, function.name, inner=returned)

    def bind(self, target: Expression, value: Value) -> None:
        """Give a target its value."""
        match target:
            case Name():
                self.names[target.id] = value
                self.lent.discard(target.id)
            case Several():
                for position, one in enumerate(target.items):
                    in_place = len(value.parts) == len(target.items)
                    self.bind(one, value.parts[position] if in_place else element_of(value))
            case Attribute():
                receiver = self.value(target.value)
                if receiver.kind is Kind.OBJECT and isinstance(target.value, Name) and target.value.id == "self":
                    self.trace.stored[target.name] = value
                elif not is_orm(receiver):
                    self.fill(target, value, target)
                    if is_orm(value):
                        self.keep(target, value)
            case Item():
                self.value(target.key)
                if is_orm(value):
                    self.hold(target.value, value)
            case _:
                self.value(target)

    def give(self, value: Value, at: Expression) -> None:
        """Note a value that is yielded."""
        self._given.append(Given(value, True, at))
