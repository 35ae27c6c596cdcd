"""What annotations and classes say of values."""

import ast
import builtins

from django_layers.architecture.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Either,
    Expression,
    Item,
    Name,
    Several,
    Text,
    dotted,
)
from django_layers.architecture.facts.read_expressions import read_annotation
from django_layers.architecture.inference.values import MAPPING, PLAIN, UNKNOWN, Kind, Value, container, is_orm, join
from django_layers.architecture.names.models import Models, is_external_model
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Alias, ClassSymbol, External, Module, Symbol

__all__ = ["REQUESTS", "Types"]

REQUESTS = frozenset({"HttpRequest", "WSGIRequest", "ASGIRequest", "AsyncRequest"})
_HTTP_PACKAGES = ("django.http", "django.core.handlers", "rest_framework.request", "ninja")

_QUERYSETS = frozenset({"QuerySet", "RawQuerySet", "ValuesQuerySet"})
_MANAGERS = frozenset({"Manager", "BaseManager"})
_ANYTHING = frozenset({"Any", "object"})
_TRANSPARENT = frozenset({"Annotated", "Optional", "Union", "Final", "ClassVar", "Required", "NotRequired"})
_CLASS_OF = frozenset({"type", "Type"})
_TUPLES = frozenset({"tuple", "Tuple"})
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict"})
_CONTAINERS = frozenset({"list", "dict", "set", "frozenset", "tuple"})
_AWAITED = frozenset({"Awaitable", "Coroutine"})


class Types:
    """Turns annotations and classes into values."""

    def __init__(self, project: Project, models: Models) -> None:
        self._project = project
        self._models = models
        self._known: dict[tuple[int, int], Value] = {}
        self._names: dict[tuple[str, str], Value] = {}
        self._following: set[tuple[str, str]] = set()
        self._kept: list[Expression] = []

    def annotated(self, annotation: Expression | None, module: Module, owner: ClassSymbol | None = None) -> Value:
        """Return what a value with an annotation is.

        Args:
            annotation: the annotation; None for none.
            module: where it stands.
            owner: the class that it stands in, for `Self`.
        """
        if annotation is None:
            return UNKNOWN
        if isinstance(annotation, Name):
            return self._by_name(annotation, module, owner)
        # The facts live as long as this does, so what stands at one address stays the same.
        key = (id(annotation), id(owner.facts) if owner else 0)
        if key not in self._known:
            self._known[key] = self._read(annotation, module, owner)
        return self._known[key]

    def _by_name(self, annotation: Name, module: Module, owner: ClassSymbol | None) -> Value:
        # Most annotations are one of a few names, which mean the same all over a module; but for `Self` of typing.
        key = (module.name, annotation.id)
        value = self._names.get(key)
        if value is None:
            value = self._named(annotation, module)
            if not self._following:
                self._names[key] = value
        return self._for_self(value, owner)

    def _for_self(self, value: Value, owner: ClassSymbol | None) -> Value:
        """Return the instance of the class that something stands in for what is annotated as `Self`."""
        is_self = owner is not None and value.kind is Kind.MADE and value.of.rpartition(".")[2] == "Self"
        return self.instance(owner) if is_self else value

    def _read(self, annotation: Expression, module: Module, owner: ClassSymbol | None) -> Value:
        match annotation:
            case Constant():
                return PLAIN
            case Text():
                return self._spelled(annotation, module, owner)
            case Either():
                return join([self.annotated(one, module, owner) for one in annotation.items])
            case Item():
                return self._generic(annotation, module, owner)
            case Several():
                return join([self.annotated(one, module, owner) for one in annotation.items])
            case _:
                return self._for_self(self._named(annotation, module), owner)

    def _spelled(self, text: Text, module: Module, owner: ClassSymbol | None) -> Value:
        """Return what a string within an alias of a type, or the bound of a variable of types, stands for."""
        try:
            spelled = read_annotation(ast.parse(text.value.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            # A text, as in Annotated[str, "..."], and no type.
            return PLAIN
        if not isinstance(spelled, Name | Attribute | Item | Either):
            return PLAIN
        # Annotations are known by their addresses, so this one must stay.
        self._kept.append(spelled)
        return self.annotated(spelled, module, owner)

    def instance(self, symbol: Symbol | None) -> Value:
        """Return what an instance of a class is."""
        if isinstance(symbol, External):
            return _external_instance(symbol.name)
        if not isinstance(symbol, ClassSymbol):
            return UNKNOWN
        if self._models.is_model(symbol):
            return Value(Kind.INSTANCE, symbol.name, symbol)
        bases = {base.rpartition(".")[2] for base in self._project.external_bases(symbol)}
        if bases & _QUERYSETS:
            return Value(Kind.QUERYSET, "", symbol)
        if bases & _MANAGERS:
            return Value(Kind.MANAGER, "", symbol)
        if bases & REQUESTS:
            return Value(Kind.REQUEST)
        return Value(Kind.OBJECT, symbol.name, symbol)

    def itself(self, symbol: Symbol) -> Value:
        """Return what a class, function or module itself is as a value."""
        if self._models.is_model(symbol):
            assert isinstance(symbol, ClassSymbol | External)
            return Value(Kind.MODEL, symbol.name, symbol)
        return Value(Kind.SYMBOL, getattr(symbol, "name", ""), symbol)

    def _named(self, annotation: Expression, module: Module) -> Value:
        name = dotted(annotation)
        symbol = self._project.symbol(annotation, module)
        if isinstance(symbol, Alias):
            key = (symbol.module.name, symbol.name)
            if key in self._following:
                # A type that is made of itself tells nothing new.
                return UNKNOWN
            self._following.add(key)
            value = self._alias(symbol)
            self._following.discard(key)
            return value
        if symbol is not None:
            return self.instance(symbol)
        if name in _CONTAINERS:
            # What it holds is not said.
            return Value(Kind.CONTAINER, MAPPING if name in _MAPPINGS else "")
        return PLAIN if hasattr(builtins, name) and name not in _ANYTHING else UNKNOWN

    def _alias(self, symbol: Alias) -> Value:
        value = symbol.value
        if isinstance(value, Call):
            # TypeVar("ModelT", bound=Model) stands for what it is bound to.
            bound = next((one.value for one in value.keywords if one.name == "bound"), None)
            if dotted(value.function).rpartition(".")[2] == "NewType" and len(value.arguments) > 1:
                bound = value.arguments[1]
            return self.annotated(bound, symbol.module)
        return self.annotated(value, symbol.module) if isinstance(value, Item | Either | Text) else UNKNOWN

    def _generic(self, annotation: Item, module: Module, owner: ClassSymbol | None) -> Value:
        name = dotted(annotation.value).rpartition(".")[2]
        arguments = annotation.key.items if isinstance(annotation.key, Several) else (annotation.key,)
        if name == "Literal":
            return PLAIN
        values = [self.annotated(one, module, owner) for one in arguments]
        if name in {"Annotated", "Final", "ClassVar", "Required", "NotRequired"}:
            return values[0]
        if name in _TRANSPARENT:
            return join(values)
        if name in _AWAITED:
            return values[-1]
        if name in _CLASS_OF:
            return Value(Kind.MODEL, values[0].of, values[0].symbol) if values[0].kind is Kind.INSTANCE else PLAIN
        outer = self._for_self(self._named(annotation.value, module), owner)
        if outer.kind in {Kind.QUERYSET, Kind.MANAGER, Kind.RELATED}:
            rows = next((one for one in values if one.kind is Kind.INSTANCE), None)
            return outer._replace(of=rows.of) if rows else outer
        orm = next((one for one in values if is_orm(one)), None)
        if outer.kind is Kind.OBJECT:
            return outer._replace(inner=orm)
        if name in _TUPLES and not any(isinstance(one, Constant) for one in arguments):
            return container(*values)
        known = [one for one in values if one.kind is not Kind.PLAIN]
        inner = orm or (known[0] if known else PLAIN)
        return Value(Kind.CONTAINER, MAPPING if name in _MAPPINGS else "", inner=inner)


def _external_instance(name: str) -> Value:
    module, _, last = name.rpartition(".")
    if last in _ANYTHING:
        return UNKNOWN
    if last in _QUERYSETS and "django" in module:
        return Value(Kind.QUERYSET)
    if last in _MANAGERS and "django" in module:
        return Value(Kind.MANAGER)
    if last.endswith("RelatedManager"):
        return Value(Kind.RELATED)
    if last in REQUESTS or (last == "Request" and module.startswith(_HTTP_PACKAGES)):
        return Value(Kind.REQUEST)
    if is_external_model(name):
        return Value(Kind.INSTANCE, name)
    return Value(Kind.MADE, name)
