"""What calls give."""

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Item, Lambda, Name, Text
from django_layers.architecture.inference.callables import (
    ASYNC_WRAPPERS,
    CALLERS,
    result_of_builtin,
    result_of_external,
)
from django_layers.architecture.inference.evaluator import BUILTIN, Evaluator
from django_layers.architecture.inference.orm_methods import QUERY_METHODS, result_of_query
from django_layers.architecture.inference.trace import Called, Given
from django_layers.architecture.inference.values import (
    MAPPING,
    PLAIN,
    UNKNOWN,
    Kind,
    Value,
    container,
    element_of,
    is_orm,
    item_of,
    join,
    rows_of,
)
from django_layers.architecture.names.symbols import ClassSymbol, External, FunctionSymbol

__all__ = ["CallEvaluator"]

_WITH_DEFAULT = frozenset({"setdefault", "get", "pop"})
_CLASS_MAKERS = frozenset({"namedtuple", "make_dataclass"})
_FILLING = frozenset({"append", "add", "extend", "insert", "appendleft", "setdefault", "update"})


def _held_by(target: Expression) -> Expression:
    """Return what holds a target of an assignment in the end: the name that it begins with."""
    while isinstance(target, Item | Call | Attribute):
        target = target.function if isinstance(target, Call) else target.value
    return target


class CallEvaluator(Evaluator):
    """Works out calls as well."""

    def call(self, call: Call) -> Value:
        """Return what a call gives, and note it."""
        function = self.value(call.function)
        arguments = (*(self.value(one) for one in call.arguments), *(self.value(one.value) for one in call.keywords))
        result = self._result(function, call, arguments)
        self.trace.functions[id(call)] = function
        self.trace.calls.append(Called(function, arguments, result, call))
        self._fill_by(call, function, arguments)
        return result

    def _fill_by(self, call: Call, function: Value, arguments: tuple[Value, ...]) -> None:
        """Note what a call gives something of the caller's to hold: `into.append(recipe)`, `setattr(into, "x", recipe)`."""
        kept = next((one for one in arguments if is_orm(one)), None)
        if kept is None:
            return
        if function.of == f"{BUILTIN}setattr" and call.arguments:
            self.fill(call.arguments[0], kept, call)
        elif function.kind is Kind.UNKNOWN and isinstance(call.function, Attribute) and call.function.name in _FILLING:
            self.fill(call.function.value, kept, call)
            self.keep(call.function.value, kept)

    def hold(self, target: Expression, value: Value) -> None:
        """Note that a container, or one that is held by it, holds a value."""
        self.fill(target, value, target)
        target = _held_by(target)
        if isinstance(target, Name) and target.id != "self":
            of = self.names.get(target.id, UNKNOWN).of
            self.names[target.id] = Value(Kind.CONTAINER, of, inner=value)

    def keep(self, target: Expression, value: Value) -> None:
        """Note that an object of the project, or something that it has, is given a value to hold."""
        holder = _held_by(target)
        known = self.names.get(holder.id) if isinstance(holder, Name) else None
        if isinstance(holder, Name) and known is not None and known.kind is Kind.OBJECT and holder.id != "self":
            self.names[holder.id] = known._replace(inner=value)

    def fill(self, target: Expression, value: Value, at: Expression) -> None:
        """Note that something is given a value to hold, where it is the caller's."""
        inner = _held_by(target)
        if isinstance(inner, Name) and inner.id in self.lent and is_orm(value):
            self.trace.filled.append(Given(value, False, at))

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
                return self._result_of_made(function, call, arguments)
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
            name = function.of.removeprefix(BUILTIN)
            if name == "getattr" and len(call.arguments) > 1 and isinstance(call.arguments[1], Text):
                read = Attribute(call.arguments[0], call.arguments[1].value, call.line, call.column)
                return self.attribute(read)
            if name == "super" and self.trace.owner is not None:
                return self.inference.types.instance(self.trace.owner)
            if name == "map" and len(arguments) > 1:
                return Value(Kind.CONTAINER, inner=self._call_of(call, arguments, 0, element_of(arguments[1])))
            if name == "dict" and call.keywords:
                return Value(Kind.CONTAINER, MAPPING, inner=join(arguments))
            return result_of_builtin(name, arguments)
        if isinstance(symbol, ClassSymbol):
            made = self.inference.types.instance(symbol)
            return made._replace(inner=self._kept(symbol, arguments)) if made.kind is Kind.OBJECT else made
        if isinstance(symbol, FunctionSymbol):
            return self._applied(symbol, call, arguments)
        if isinstance(symbol, External):
            made = self.inference.types.instance(symbol)
            if rows_of(made):
                return made
            last = symbol.name.rpartition(".")[2]
            if last in ASYNC_WRAPPERS and arguments:
                return arguments[0]
            if last in CALLERS and len(arguments) > CALLERS[last]:
                result = self._call_of(call, arguments, CALLERS[last])
                return Value(Kind.CLOSURE, inner=result) if last == "partial" else result
            if last == "cast" and len(arguments) > 1:
                return self._cast(call.arguments[0], arguments[0], arguments[1])
            return result_of_external(symbol.name, call, arguments, self.inference.models)
        return UNKNOWN

    def _result_of_made(self, function: Value, call: Call, arguments: tuple[Value, ...]) -> Value:
        last = function.of.rpartition(".")[2]
        if last in _CLASS_MAKERS:
            kept = next((argument for argument in arguments if is_orm(argument)), None)
            return Value(Kind.CONTAINER, inner=kept) if kept is not None else Value(Kind.MADE, function.of)
        if last in CALLERS and len(arguments) > CALLERS[last]:
            return self._call_of(call, arguments, CALLERS[last])
        if last == "get_model":
            # `apps.get_app_config("recipes").get_model("Recipe")`.
            return result_of_external(function.of, call, arguments, self.inference.models)
        return Value(Kind.MADE, function.of)

    def _applied(self, symbol: FunctionSymbol, call: Call, arguments: tuple[Value, ...]) -> Value:
        """Return what a function of the project gives, which its arguments may tell where nothing else does."""
        if not any(map(is_orm, arguments)):
            return self.inference.result(symbol)
        names = [one.name for one in symbol.facts.parameters if not one.kind]
        is_static = any(getattr(one, "id", "") == "staticmethod" for one in symbol.facts.decorators)
        positional = names[1:] if symbol.owner is not None and not is_static else names
        given = dict(zip(positional, arguments[: len(call.arguments)], strict=False))
        named = zip(call.keywords, arguments[len(call.arguments) :], strict=True)
        given.update((one.name, value) for one, value in named if one.name in names)
        return self.inference.applied(symbol, given)

    def _call_of(self, call: Call, arguments: tuple[Value, ...], position: int, *given: Value) -> Value:
        """Return what a function gives that is an argument of a call."""
        function = call.arguments[position] if position < len(call.arguments) else None
        if isinstance(function, Lambda):
            return self.applied(function, *given)
        return self._result(arguments[position], call, given or arguments[position + 1 :])

    def _cast(self, annotation: Expression, named: Value, value: Value) -> Value:
        if is_orm(value):
            return value
        if named.kind is Kind.MODEL:
            return Value(Kind.INSTANCE, named.of, named.symbol)
        return self.inference.types.annotated(annotation, self.trace.module, self.trace.owner)

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
            result = self._applied(method.symbol, call, arguments)
            if rows_of(result) and rows_of(receiver) and not result.of:
                return result._replace(of=receiver.of)
            return self.inference.with_model_of(receiver, result)
        if method.of == "as_manager":
            return receiver._replace(kind=Kind.MANAGER)
        if rows_of(receiver) and method.of in QUERY_METHODS:
            return result_of_query(self.inference.with_querysets(receiver), method.of)
        if receiver.kind is Kind.CONTAINER:
            return self._result_of_container(method, call, arguments)
        return receiver if rows_of(receiver) or receiver.kind is Kind.PLAIN else PLAIN

    def _result_of_container(self, method: Value, call: Call, arguments: tuple[Value, ...]) -> Value:
        receiver = method.inner or UNKNOWN
        match method.of:
            case "items":
                return Value(Kind.CONTAINER, inner=container(PLAIN, item_of(receiver)))
            case "keys":
                return Value(Kind.CONTAINER, inner=element_of(receiver))
            case "values":
                return Value(Kind.CONTAINER, inner=item_of(receiver))
            case "copy":
                return receiver
            case "union":
                return Value(Kind.CONTAINER, inner=join(map(element_of, (receiver, *arguments))))
            case "count" | "index":
                return PLAIN
        kept = next((argument for argument in arguments if is_orm(argument)), None)
        if method.of in _FILLING and kept is not None and isinstance(call.function, Attribute):
            self.hold(call.function.value, element_of(kept) if method.of == "extend" else kept)
        if method.of in _FILLING - {"setdefault"}:
            return PLAIN
        # `found.setdefault(key, [])` and `found.get(key, [])` give what is there, or else what is given.
        return join([item_of(receiver), *arguments[1:]]) if method.of in _WITH_DEFAULT else item_of(receiver)
