"""What an expression is, from what is known of the names in it."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from django_layers.architecture.facts.expressions import (
    Attribute,
    Bound,
    Call,
    Comprehension,
    Either,
    Expression,
    Item,
    Lambda,
    Name,
    Several,
    Text,
    Yielded,
)
from django_layers.architecture.inference.callables import ASYNC_WRAPPERS, result_of_builtin, result_of_external
from django_layers.architecture.inference.orm_methods import INSTANCE_METHODS, QUERY_METHODS, result_of_query
from django_layers.architecture.inference.trace import Called, Read, Trace, Used
from django_layers.architecture.inference.values import PLAIN, UNKNOWN, Kind, Value, element_of, is_orm, join, rows_of
from django_layers.architecture.names.symbols import Alias, ClassSymbol, External, FunctionSymbol

if TYPE_CHECKING:
    from django_layers.architecture.inference.inference import Inference

__all__ = ["Evaluator"]

_DEFAULT_MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
_FILLING = frozenset({"append", "add", "extend", "insert", "appendleft", "setdefault", "update"})
_BUILTIN = "builtins."


class Evaluator:
    """Works out values within one function, and notes in its trace what is read and called.

    Args:
        inference: answers questions that lead out of the function.
        trace: the trace to fill.
    """

    def __init__(self, inference: Inference, trace: Trace) -> None:
        self.inference = inference
        self.trace = trace
        self.names: dict[str, Value] = {}

    def value(self, expression: Expression) -> Value:
        """Return what an expression is."""
        match expression:
            case Name():
                return self._name(expression)
            case Attribute():
                return self._attribute(expression)
            case Call():
                return self._call(expression)
            case Item():
                return self._item(expression)
            case Several():
                values = [self.value(one) for one in expression.items]
                if expression.kind == "other":
                    return PLAIN
                return Value(Kind.CONTAINER, inner=join(values) if values else PLAIN)
            case Either():
                for test in expression.tests:
                    self.value(test)
                return join([self.value(one) for one in expression.items])
            case Comprehension():
                return self._comprehension(expression)
            case Lambda():
                return self._lambda(expression)
            case Bound():
                value = self.value(expression.value)
                self.bind(expression.target, value)
                return value
            case Yielded():
                value = self.value(expression.value)
                self.give(element_of(value) if expression.is_from else value, expression)
                return UNKNOWN
            case _:
                return PLAIN

    def bind(self, target: Expression, value: Value) -> None:
        """Give a target its value."""
        raise NotImplementedError

    def give(self, value: Value, at: Expression) -> None:
        """Note a value that is yielded."""
        raise NotImplementedError

    def _name(self, expression: Name) -> Value:
        if expression.id in self.names:
            return self.names[expression.id]
        value = self.inference.symbol_value(self.trace.module, expression.id)
        if value is None:
            if hasattr(builtins, expression.id):
                return Value(Kind.SYMBOL, _BUILTIN + expression.id)
            return UNKNOWN
        self.trace.uses.append(Used(value, expression))
        return value

    def _attribute(self, expression: Attribute) -> Value:
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
            return self.inference.attribute(receiver.symbol, name, receiver)
        found = self.inference.project.final(self.inference.project.attribute(receiver.symbol, name))
        if found is None:
            return UNKNOWN
        if isinstance(found, Alias):
            return self.inference.symbol_value(found.module, found.name) or UNKNOWN
        return self.inference.types.itself(found)

    def _member_of_model(self, receiver: Value, name: str) -> Value:
        if name in _DEFAULT_MANAGERS:
            return Value(Kind.MANAGER, receiver.of)
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
        if name in QUERY_METHODS:
            return Value(Kind.METHOD, name, None, receiver)
        if isinstance(receiver.symbol, ClassSymbol):
            return self.inference.attribute(receiver.symbol, name, receiver)
        return Value(Kind.METHOD, name, None, UNKNOWN) if receiver.kind is Kind.QUERYSET else UNKNOWN

    def _item(self, expression: Item) -> Value:
        value = self.value(expression.value)
        self.value(expression.key)
        if value.kind in {Kind.SYMBOL, Kind.MODEL} or expression.is_slice:
            # A generic class with its arguments, or some of what there was.
            return value
        return element_of(value)

    def _comprehension(self, expression: Comprehension) -> Value:
        before = dict(self.names)
        for target, iterable in expression.clauses:
            self.bind(target, element_of(self.value(iterable)))
        for test in expression.tests:
            self.value(test)
        values = [self.value(one) for one in expression.elements]
        self.names = before
        return Value(Kind.CONTAINER, inner=join(values))

    def _lambda(self, expression: Lambda) -> Value:
        before = dict(self.names)
        self.names.update(dict.fromkeys(expression.parameters, UNKNOWN))
        value = self.value(expression.body)
        self.names = before
        return Value(Kind.CLOSURE, "", inner=value)

    def _call(self, call: Call) -> Value:
        function = self.value(call.function)
        arguments = (*(self.value(one) for one in call.arguments), *(self.value(one.value) for one in call.keywords))
        result = self._result(function, call, arguments)
        self.trace.functions[id(call)] = function
        self.trace.calls.append(Called(function, arguments, result, call))
        return result

    def _result(self, function: Value, call: Call, arguments: tuple[Value, ...]) -> Value:
        match function.kind:
            case Kind.SYMBOL:
                return self._result_of_symbol(function, call, arguments)
            case Kind.MODEL:
                return Value(Kind.INSTANCE, function.of, function.symbol)
            case Kind.METHOD:
                return self._result_of_method(function, call, arguments)
            case Kind.CLOSURE:
                return function.inner or UNKNOWN
            case Kind.OBJECT if isinstance(function.symbol, ClassSymbol):
                called = self.inference.attribute(function.symbol, "__call__", function)
                return self._result(called, call, arguments) if called.kind is Kind.METHOD else UNKNOWN
            case Kind.MADE:
                return Value(Kind.MADE, function.of)
            case Kind.INSTANCE:
                # `await request.auser()`.
                return function
            case Kind.PLAIN:
                return PLAIN
            case _:
                return UNKNOWN

    def _result_of_symbol(self, function: Value, call: Call, arguments: tuple[Value, ...]) -> Value:
        symbol = function.symbol
        if symbol is None:
            name = function.of.removeprefix(_BUILTIN)
            if name == "getattr" and len(call.arguments) > 1 and isinstance(call.arguments[1], Text):
                read = Attribute(call.arguments[0], call.arguments[1].value, call.line, call.column)
                return self._attribute(read)
            if name == "super" and self.trace.owner is not None:
                return self.inference.types.instance(self.trace.owner)
            return result_of_builtin(name, arguments)
        if isinstance(symbol, ClassSymbol):
            made = self.inference.types.instance(symbol)
            return made._replace(inner=self._kept(symbol, arguments)) if made.kind is Kind.OBJECT else made
        if isinstance(symbol, FunctionSymbol):
            return self.inference.result(symbol)
        if isinstance(symbol, External):
            if symbol.name.rpartition(".")[2] in ASYNC_WRAPPERS and arguments:
                return arguments[0]
            return result_of_external(symbol.name, call, arguments, self.inference.models)
        return UNKNOWN

    def _kept(self, symbol: ClassSymbol, arguments: tuple[Value, ...]) -> Value | None:
        """Return what of the ORM a plain holder, such as a generic page or a named tuple, is given to keep."""
        bases = {base.rpartition(".")[2] for base in self.inference.project.external_bases(symbol)}
        is_dataclass = any("dataclass" in repr(one) for one in symbol.facts.decorators)
        if not is_dataclass and not bases & {"Generic", "NamedTuple", "TypedDict"}:
            return None
        return next((argument for argument in arguments if is_orm(argument)), None)

    def _result_of_method(self, method: Value, call: Call, arguments: tuple[Value, ...]) -> Value:
        receiver = method.inner or UNKNOWN
        if isinstance(method.symbol, FunctionSymbol):
            result = self.inference.result(method.symbol)
            if rows_of(result) and rows_of(receiver) and not result.of:
                return result._replace(of=receiver.of)
            return result
        if rows_of(receiver) and method.of in QUERY_METHODS:
            return result_of_query(receiver, method.of)
        if receiver.kind is Kind.CONTAINER:
            return self._result_of_container(method, call, arguments)
        return receiver if rows_of(receiver) or receiver.kind is Kind.PLAIN else PLAIN

    def _result_of_container(self, method: Value, call: Call, arguments: tuple[Value, ...]) -> Value:
        receiver = method.inner or UNKNOWN
        if method.of not in _FILLING:
            if method.of in {"values", "copy", "items", "keys"}:
                return receiver
            return PLAIN if method.of in {"count", "index"} else receiver.inner or UNKNOWN
        kept = next((argument for argument in arguments if is_orm(argument)), None)
        target = call.function.value if isinstance(call.function, Attribute) else None
        if kept is not None and isinstance(target, Name):
            inner = element_of(kept) if method.of == "extend" else kept
            self.names[target.id] = Value(Kind.CONTAINER, inner=inner)
        return PLAIN
