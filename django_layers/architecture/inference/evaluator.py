"""What an expression is, from what is known of the names in it."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django_layers.architecture.facts.expressions import (
    Attribute,
    Bound,
    Call,
    Comprehension,
    Constant,
    Either,
    Expression,
    Item,
    Lambda,
    Name,
    Several,
    Spread,
    Yielded,
)
from django_layers.architecture.inference.known_names import KnownNames
from django_layers.architecture.inference.orm_methods import INSTANCE_METHODS, QUERY_METHODS
from django_layers.architecture.inference.trace import Read, Trace, Used
from django_layers.architecture.inference.values import (
    MAPPING,
    PLAIN,
    UNKNOWN,
    Kind,
    Value,
    container,
    element_of,
    item_of,
    join,
    rows_of,
)
from django_layers.architecture.names.symbols import Alias, ClassSymbol, External

if TYPE_CHECKING:
    from django_layers.architecture.inference.inference import Inference

__all__ = ["BUILTIN", "Evaluator"]

_DEFAULT_MANAGERS = frozenset({"objects", "_default_manager", "_base_manager", "default_manager", "base_manager"})
BUILTIN = "builtins."
"""What the names of builtin functions begin with."""


class Evaluator:
    """Works out values within one function, and notes in its trace what is read and called.

    Args:
        inference: answers questions that lead out of the function.
        trace: the trace to fill.
    """

    def __init__(self, inference: Inference, trace: Trace) -> None:
        self.inference = inference
        self.trace = trace
        self.names = KnownNames()
        self.lent: set[str] = set()
        """The parameters that still stand for what the caller handed over."""

    def value(self, expression: Expression) -> Value:
        """Return what an expression is."""
        work_out = _EVALUATORS.get(type(expression))
        return PLAIN if work_out is None else work_out(self, expression)

    def _either(self, expression: Either) -> Value:
        for test in expression.tests:
            self.value(test)
        return join([self.value(one) for one in expression.items])

    def _spread(self, expression: Spread) -> Value:
        return element_of(self.value(expression.value))

    def _lambda(self, expression: Lambda) -> Value:
        return Value(Kind.CLOSURE, "", inner=self.applied(expression))

    def _bound(self, expression: Bound) -> Value:
        value = self.value(expression.value)
        self.bind(expression.target, value)
        return value

    def _yielded(self, expression: Yielded) -> Value:
        value = self.value(expression.value)
        self.give(element_of(value) if expression.is_from else value, expression)
        return UNKNOWN

    def bind(self, target: Expression, value: Value) -> None:
        """Give a target its value."""
        raise NotImplementedError

    def give(self, value: Value, at: Expression) -> None:
        """Note a value that is yielded."""
        raise NotImplementedError

    def call(self, call: Call) -> Value:
        """Return what a call gives."""
        raise NotImplementedError

    def _several(self, expression: Several) -> Value:
        values = [self.value(one) for one in expression.items]
        match expression.kind:
            case "other":
                return PLAIN
            case "tuple" if not any(isinstance(one, Spread) for one in expression.items):
                return container(*values)
            case "dict":
                return Value(Kind.CONTAINER, MAPPING, inner=join(values) if values else PLAIN)
            case _:
                return Value(Kind.CONTAINER, inner=join(values) if values else PLAIN)

    def _name(self, expression: Name) -> Value:
        if expression.id in self.names:
            return self.names[expression.id]
        value = self.inference.symbol_value(self.trace.module, expression.id)
        if value is None:
            if hasattr(builtins, expression.id):
                return Value(Kind.SYMBOL, BUILTIN + expression.id)
            return UNKNOWN
        self.trace.uses.append(Used(value, expression))
        return value

    def attribute(self, expression: Attribute) -> Value:
        """Return what an attribute is, and note that it is read."""
        receiver = self.value(expression.value)
        result = self._member(receiver, expression.name)
        if receiver.kind is Kind.SYMBOL and result.kind in {Kind.SYMBOL, Kind.MODEL}:
            self.trace.uses.append(Used(result, expression))
        self.trace.reads.append(Read(receiver, result, expression))
        return result

    def _member(self, receiver: Value, name: str) -> Value:
        match receiver.kind:
            case Kind.SYMBOL:
                return self._member_of_symbol(receiver, name)
            case Kind.MODEL:
                return self._member_of_model(receiver, name)
            case Kind.INSTANCE:
                return self._member_of_instance(receiver, name)
            case Kind.QUERYSET | Kind.MANAGER | Kind.RELATED:
                return self._member_of_rows(receiver, name)
            case Kind.OBJECT if isinstance(receiver.symbol, ClassSymbol):
                if name == "__class__":
                    return Value(Kind.SYMBOL, receiver.of, receiver.symbol)
                return self.inference.attribute(receiver.symbol, name, receiver)
            case Kind.REQUEST:
                is_user = name in {"user", "auser", "auth"}
                return Value(Kind.INSTANCE, "settings.AUTH_USER_MODEL") if is_user else UNKNOWN
            case Kind.MADE:
                return Value(Kind.MADE, f"{receiver.of}.{name}")
            case Kind.CONTAINER:
                return Value(Kind.METHOD, name, None, receiver)
            case Kind.PLAIN:
                return PLAIN
            case _:
                return UNKNOWN

    def _member_of_symbol(self, receiver: Value, name: str) -> Value:
        if receiver.symbol is None:
            return PLAIN
        if isinstance(receiver.symbol, ClassSymbol):
            if name == "as_manager":
                return Value(Kind.METHOD, name, None, self.inference.types.instance(receiver.symbol))
            return self.inference.attribute(receiver.symbol, name, receiver)
        if isinstance(receiver.symbol, External) and name in _DEFAULT_MANAGERS and ".models." in receiver.of:
            # A class of models that are not the project's.
            return Value(Kind.MANAGER, receiver.of)
        project = self.inference.project
        found = project.final(project.attribute(receiver.symbol, name, self.trace.module))
        if found is None:
            return UNKNOWN
        if isinstance(found, Alias):
            return self.inference.symbol_value(found.module, found.name) or UNKNOWN
        return self.inference.types.itself(found)

    def _member_of_model(self, receiver: Value, name: str) -> Value:
        if name in _DEFAULT_MANAGERS:
            return Value(Kind.MANAGER, receiver.of, self.inference.manager_class(receiver.of, name))
        if name in {"_meta", "model"}:
            # `Recipe._meta.model`, and `Recipe._meta.default_manager`.
            return receiver
        if isinstance(receiver.symbol, ClassSymbol):
            value = self.inference.attribute(receiver.symbol, name, Value(Kind.INSTANCE, receiver.of, receiver.symbol))
            if rows_of(value):
                return value._replace(of=receiver.of)
            return value
        return UNKNOWN

    def _member_of_instance(self, receiver: Value, name: str) -> Value:
        models = self.inference.models
        model = models.by_name.get(receiver.of)
        if name in INSTANCE_METHODS:
            return Value(Kind.METHOD, name, None, receiver)
        if name in {"__class__", "_meta"}:
            return Value(Kind.MODEL, receiver.of, receiver.symbol)
        if model is None:
            return Value(Kind.RELATED) if name in models.reverse_names else UNKNOWN
        if name in model.to_one:
            target = model.to_one[name]
            symbol = models.by_name[target].symbol if target in models.by_name else None
            return Value(Kind.INSTANCE, target, symbol)
        if name in model.to_many:
            return Value(Kind.RELATED, model.to_many[name])
        if name in model.columns or name in {"pk", "id"}:
            return PLAIN
        value = self.inference.attribute(model.symbol, name, receiver)
        return PLAIN if value.kind is Kind.MADE else value

    def _member_of_rows(self, receiver: Value, name: str) -> Value:
        if name in QUERY_METHODS and not (name == "get_queryset" and self.inference.makes_querysets(receiver)):
            return Value(Kind.METHOD, name, None, receiver)
        if name == "through":
            return Value(Kind.MODEL, receiver.of)
        symbol = receiver.symbol or self.inference.manager_class(receiver.of)
        if isinstance(symbol, ClassSymbol):
            return self.inference.attribute(symbol, name, receiver)
        return Value(Kind.METHOD, name, None, UNKNOWN) if receiver.kind is Kind.QUERYSET else UNKNOWN

    def _item(self, expression: Item) -> Value:
        value = self.value(expression.value)
        self.value(expression.key)
        if value.kind in {Kind.SYMBOL, Kind.MODEL} or expression.is_slice:
            # A generic class with its arguments, or some of what there was.
            return value
        return item_of(value, expression.key.number if isinstance(expression.key, Constant) else -1)

    def _comprehension(self, expression: Comprehension) -> Value:
        self.names.begin()
        for target, iterable in expression.clauses:
            self.bind(target, element_of(self.value(iterable)))
        for test in expression.tests:
            self.value(test)
        values = [self.value(one) for one in expression.elements]
        changes = self.names.take_back()
        # What runs through the clauses is not known outside; what `:=` binds and what a list is given is.
        own = {name for target, _ in expression.clauses for name in _bound_in(target)}
        self.names.put((name, value) for name, value in changes.items() if name not in own)
        return Value(Kind.CONTAINER, MAPPING if len(values) == 2 else "", inner=join(values))

    def applied(self, expression: Lambda, *arguments: Value) -> Value:
        """Return what calling a lambda with some arguments gives."""
        self.names.begin()
        self.names.put((name, UNKNOWN) for name in expression.parameters)
        self.names.put(zip(expression.parameters, arguments, strict=False))
        value = self.value(expression.body)
        self.names.take_back()
        return value


def _bound_in(target: Expression) -> Iterator[str]:
    match target:
        case Name():
            yield target.id
        case Several():
            for one in target.items:
                yield from _bound_in(one)


# There are hundreds of thousands of expressions, and a look at one kind after the other would take longer than the rest.
_EVALUATORS: dict[type, Callable[[Evaluator, Any], Value]] = {
    Name: Evaluator._name,
    Attribute: Evaluator.attribute,
    Call: lambda evaluator, call: evaluator.call(call),
    Item: Evaluator._item,
    Several: Evaluator._several,
    Either: Evaluator._either,
    Spread: Evaluator._spread,
    Comprehension: Evaluator._comprehension,
    Lambda: Evaluator._lambda,
    Bound: Evaluator._bound,
    Yielded: Evaluator._yielded,
}
