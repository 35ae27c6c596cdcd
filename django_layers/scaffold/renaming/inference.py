"""What the expressions of a function certainly are, worked out from annotations, classes and calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django_layers.scaffold.renaming.index import Function, Index, Module, Symbol
from django_layers.scaffold.renaming.kinds import Kind, Tag, annotated
from django_layers.scaffold.renaming.orm import (
    FACTORY_MANY,
    FACTORY_ONE,
    MANAGERS,
    ROW_OF_ROWS,
    ROWS_OF_ROWS,
    factory_product,
    relation,
    repository_classes,
)

__all__ = ["Comprehension", "Inference", "of_target", "stored"]

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

_SAME = frozenset({"copy", "deepcopy", "replace", "model_copy"})
_LISTS = frozenset({"list", "tuple", "sorted", "reversed", "set", "iter"})
_ONE = frozenset({"next", "min", "max", "anext"})
_DUMPS = frozenset({"model_dump"})


@dataclass(frozen=True)
class Inference:
    """Works out what expressions are.

    Attributes:
        index: the modules of the project.
        module: the module that the expressions are of.
        known: what the names of the function are; None for those that may be anything.
        reverse: the ways back of models: by the class that has them, name and class that they lead to.
    """

    index: Index
    module: Module
    known: Mapping[str, Kind | None] = field(default_factory=dict)
    reverse: dict[str, dict[str, str]] = field(default_factory=dict)

    def kind(self, node: ast.expr | None) -> Kind | None:
        """Return what an expression certainly is; None where that isn't known."""
        match node:
            case ast.Name(id=name):
                return self.known[name] if name in self.known else self._global(node)
            case ast.Attribute(value=value, attr=attr):
                base = self.kind(value)
                return self._attribute(base, attr) if base is not None else None
            case ast.Call():
                return self._called(node)
            case ast.Await(value=value) | ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self.kind(value)
            case ast.Subscript(value=value, slice=inside):
                found = self.kind(value)
                return found if found is None or isinstance(inside, ast.Slice) else found.one
            case ast.IfExp(body=body, orelse=other):
                return self._alike([body, other])
            case ast.BoolOp(values=values):
                return self._alike(values)
            case ast.List(elts=[_, *_]) | ast.Tuple(elts=[_, *_]) | ast.Set(elts=[_, *_]):
                return _many(self._alike(node.elts))
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                return _many(self.within(node).kind(element))
            case _:
                return None

    def within(self, node: Comprehension) -> Inference:
        """Return the inference for what a comprehension says of its elements."""
        known = dict(self.known)
        for generator in node.generators:
            known |= dict(of_target(generator.target, generator.iter, replace(self, known=known)))
        return replace(self, known=known)

    def member(self, owner: str, name: str) -> Symbol | None:
        """Return the definition of a member of a class, looked for in its bases too."""
        symbol = self.index.resolve(owner)
        for base in self.index.bases(symbol) if symbol is not None else ():
            assert isinstance(base.node, ast.ClassDef)
            for statement in base.node.body:
                match statement:
                    case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found) if found == name:
                        return Symbol(f"{base.name}.{name}", base.module, statement)
                    case ast.AnnAssign(target=ast.Name(id=found)) if found == name:
                        return Symbol(f"{base.name}.{name}", base.module, statement)
        return None

    def _global(self, node: ast.Name) -> Kind | None:
        dotted = self.index.dotted(node, self.module)
        symbol = self.index.resolve(dotted)
        match symbol:
            case Symbol(node=None):
                return Kind(Tag.MODULE, symbol.name)
            case Symbol(node=ast.ClassDef()):
                return Kind(Tag.CLASS, symbol.name)
            case Symbol(node=ast.FunctionDef() | ast.AsyncFunctionDef()):
                return Kind(Tag.FUNCTION, symbol.name)
            case Symbol(node=ast.AnnAssign(annotation=annotation)):
                return annotated(annotation, symbol.module, self.index)
            case Symbol(node=ast.Assign(value=ast.Call() as value)) if symbol.module.name == self.module.name:
                return Inference(self.index, self.module, {node.id: None}, self.reverse).kind(value)
            case _:
                return None

    def _attribute(self, base: Kind, attr: str) -> Kind | None:
        match base.tag:
            case Tag.MODULE:
                symbol = self.index.resolve(f"{base.name}.{attr}")
                if symbol is None:
                    return None
                tag = {ast.ClassDef: Tag.CLASS, type(None): Tag.MODULE}.get(type(symbol.node), Tag.FUNCTION)
                return Kind(tag, symbol.name)
            case Tag.CLASS if attr in MANAGERS:
                return Kind(Tag.ROWS, base.name)
            case Tag.INSTANCE | Tag.CLASS:
                return self._of_instance(base.name, attr)
            case Tag.MANY if attr == "items":
                return base
            case _:
                return None

    def _of_instance(self, owner: str, attr: str) -> Kind | None:
        member = self.member(owner, attr)
        match member:
            case Symbol(node=ast.AnnAssign(annotation=annotation)):
                return annotated(annotation, member.module, self.index)
            case Symbol(node=ast.FunctionDef() | ast.AsyncFunctionDef() as function):
                if any(isinstance(each, ast.Name) and "property" in each.id for each in function.decorator_list):
                    return annotated(function.returns, member.module, self.index)
                return Kind(Tag.FUNCTION, member.name)
        target = relation(self.index, owner, attr, self.reverse)
        if target is not None:
            is_back = attr in self.reverse.get(owner, {})
            return Kind(Tag.ROWS if is_back else Tag.INSTANCE, target)
        return self._set_in_init(owner, attr)

    def _set_in_init(self, owner: str, attr: str) -> Kind | None:
        """Return what `self.attr = parameter` in the initialiser says."""
        init = self.member(owner, "__init__")
        if init is None or not isinstance(init.node, ast.FunctionDef):
            return None
        parameters = {each.arg: each.annotation for each in [*init.node.args.args, *init.node.args.kwonlyargs]}
        for statement in init.node.body:
            match statement:
                case ast.Assign(
                    targets=[ast.Attribute(value=ast.Name(id="self"), attr=found)], value=ast.Name(id=name)
                ) if found == attr:
                    return annotated(parameters.get(name), init.module, self.index)
        return None

    def _called(self, node: ast.Call) -> Kind | None:
        match node.func:
            case ast.Name(id=name) if name in _LISTS and node.args and name not in self.known:
                return _many(self._element(node.args[0]))
            case ast.Name(id=name) if name in _ONE and node.args and name not in self.known:
                return self._element(node.args[0])
            case ast.Name(id="cast") if node.args:
                return annotated(node.args[0], self.module, self.index)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in {"get_object_or_404", "aget_object_or_404"}:
                return self._element_of_rows(node.args[0]) if node.args else None
            case ast.Attribute(value=value, attr=attr):
                base = self.kind(value)
                if base is not None:
                    found = self._method(base, attr)
                    if found is not None:
                        return found
            case ast.Name(id=name) if name in _SAME and node.args:
                return self.kind(node.args[0])
        return self._result(self.kind(node.func))

    def _method(self, base: Kind, name: str) -> Kind | None:
        """Return what a method that is no definition of the project returns."""
        if base.tag is Tag.ROWS:
            if name in ROWS_OF_ROWS:
                return base
            return base.one if name in ROW_OF_ROWS else None
        if base.tag is Tag.INSTANCE and name in _SAME:
            return base
        if base.tag is Tag.INSTANCE and name in _DUMPS:
            return Kind(Tag.DATA, base.name)
        symbol = self.index.resolve(base.name)
        if symbol is None or not isinstance(symbol.node, ast.ClassDef):
            return None
        if base.tag is Tag.CLASS and name in FACTORY_ONE | FACTORY_MANY:
            product = factory_product(self.index, symbol)
            return Kind(Tag.MANY if name in FACTORY_MANY else Tag.INSTANCE, product) if product else None
        if base.tag is Tag.CLASS and name in {"model_validate", "model_construct"}:
            return Kind(Tag.INSTANCE, base.name)
        if base.tag is Tag.INSTANCE and self.member(base.name, name) is None:
            classes = repository_classes(self.index, symbol)
            if len(classes) > 1:
                return {"get": Kind(Tag.INSTANCE, classes[1]), "add": Kind(Tag.INSTANCE, classes[1])}.get(
                    name, Kind(Tag.MANY, classes[1]) if name == "page" else None
                )
        return None

    def _result(self, function: Kind | None) -> Kind | None:
        if function is None:
            return None
        if function.tag is Tag.CLASS:
            symbol = self.index.resolve(function.name)
            product = factory_product(self.index, symbol) if symbol and isinstance(symbol.node, ast.ClassDef) else None
            return Kind(Tag.INSTANCE, product or function.name)
        if function.tag is not Tag.FUNCTION:
            return None
        owner, _, name = function.name.rpartition(".")
        symbol = self.index.resolve(function.name) or self.member(owner, name)
        if symbol is None or not isinstance(symbol.node, Function):
            return None
        returned = symbol.node.returns
        if isinstance(returned, ast.Name) and returned.id == "Self":
            return Kind(Tag.INSTANCE, owner)
        return annotated(returned, symbol.module, self.index)

    def _element(self, node: ast.expr) -> Kind | None:
        found = self.kind(node)
        return found.one if found is not None else None

    def _element_of_rows(self, node: ast.expr) -> Kind | None:
        found = self.kind(node)
        return Kind(Tag.INSTANCE, found.name) if found is not None and found.tag in {Tag.CLASS, Tag.ROWS} else None

    def _alike(self, nodes: list[ast.expr]) -> Kind | None:
        kinds = {self.kind(node) for node in nodes if not (isinstance(node, ast.Constant) and node.value is None)}
        return kinds.pop() if len(kinds) == 1 else None


def _many(one: Kind | None) -> Kind | None:
    return Kind(Tag.MANY, one.name) if one is not None and one.tag is Tag.INSTANCE else None


def stored(target: ast.expr, kind: Kind | None) -> Iterator[tuple[str, Kind | None]]:
    """Give the names that a target binds, each with what it is where the value is of that kind."""
    if isinstance(target, ast.Name):
        yield target.id, kind
        return
    if isinstance(target, ast.Tuple | ast.List) and kind is not None:
        for element in target.elts:
            yield from stored(element, kind.one)
        return
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, None


def of_target(target: ast.expr, iterated: ast.expr, inference: Inference) -> Iterator[tuple[str, Kind | None]]:
    """Give the names that a loop over a value binds, each with what it is."""
    match target, iterated:
        case ast.Tuple(elts=[counter, element]), ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]):
            yield from stored(counter, None)
            yield from of_target(element, inner, inference)
        case _:
            found = inference.kind(iterated)
            yield from stored(target, found.one if found is not None else None)
