"""Where a module says the names in question: certainly, or perhaps."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django_layers.scaffold.renaming.index import Function, Module
from django_layers.scaffold.renaming.inference import Comprehension, Inference
from django_layers.scaffold.renaming.kinds import Kind, Tag
from django_layers.scaffold.renaming.marks import Marks, Place, Site
from django_layers.scaffold.renaming.orm import FACTORY_MANY, FACTORY_ONE, PATHS, described_model, repository_classes
from django_layers.scaffold.renaming.roles import Roles
from django_layers.scaffold.renaming.scopes import entered, given

__all__ = ["sites"]

_LOOKUPS = frozenset({"create", "acreate", "get_or_create", "update_or_create", "aget_or_create", "aupdate_or_create"})
_NEW_NAMES = frozenset({"annotate", "alias", "aggregate", "aaggregate"})
_BY_NAME = frozenset({"getattr", "setattr", "hasattr", "delattr"})
_ABOUT_MODELS = re.compile(r"Form|Admin|Factory|Table|Filter|Serializer|Resource|Schema|View|Inline")


def sites(module: Module, roles: Roles) -> list[Site]:
    """Return the places of a module that say the names in question, in their order.

    Args:
        module: the module; the index of the roles must know it.
        roles: the names.
    """
    found: dict[int, Site] = {}
    inference = Inference(roles.index, module, {}, roles.reverse)
    for site in _Walk(roles, module).visit(module.document.tree, Place(inference)):
        if site.start not in found or (site.certain and not found[site.start].certain):
            found[site.start] = site
    return sorted(found.values(), key=lambda site: site.start)


class _Walk(Marks):
    def visit(self, node: ast.AST, place: Place) -> Iterator[Site]:
        match node:
            case ast.Module():
                yield from self._module(node, place)
            case ast.ClassDef():
                yield from self._class(node, place)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from self._function(node, place)
            case ast.ImportFrom():
                yield from self.imported(node)
            case ast.Call():
                yield from self._call(node, place)
            case ast.Attribute():
                yield from self._attribute(node, place)
                yield from self.visit(node.value, replace(place, model=None))
            case ast.Subscript(value=value, slice=ast.Constant(value=str(text)) as key) if (
                kind := place.inference.kind(value)
            ) is not None and kind.tag is Tag.DATA:
                yield from self.string(key, text, self.roles.of_class(kind.name).get(text))
                yield from self.visit(value, place)
            case ast.Name(id=name):
                yield from self.name(node, name, place)
            case ast.arg(arg=name):
                yield from self.local(node, name, place)
                yield from self._children(node, place)
            case ast.JoinedStr():
                yield from self._f_string(node, place)
            case ast.Constant(value=str(text)):
                yield from self.constant(node, text, place)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from self._comprehension(node, place)
            case ast.Lambda():
                yield from self._lambda(node, place, None)
            case _:
                yield from self._children(node, place)

    def _children(self, node: ast.AST, place: Place) -> Iterator[Site]:
        for child in ast.iter_child_nodes(node):
            yield from self.visit(child, place)

    def _module(self, node: ast.Module, place: Place) -> Iterator[Site]:
        parts = self.roles.subject.parts.get(self.module.name)
        for statement in node.body:
            defined = getattr(statement, "name", "")
            yield from self.visit(statement, replace(place, texts=parts is None or defined in parts))

    def _class(self, node: ast.ClassDef, place: Place) -> Iterator[Site]:
        roles, index = self.roles, self.roles.index
        dotted = f"{place.owner or self.module.name}.{node.name}"
        yield from self.definition(node, node.name, roles.subject.names.get(dotted))
        symbol = index.resolve(dotted)
        own, model, strings = roles.of_class(dotted), None, {}
        if symbol is not None:
            classes = repository_classes(index, symbol)
            if classes:
                model, strings = classes[0], dict(roles.of_class(classes[-1]))
            elif any(_ABOUT_MODELS.search(ast.unparse(base)) for base in node.bases):
                model = described_model(index, symbol)
                own = {**(roles.of_class(model) if model else {}), **own}
        elif node.name == "Meta":
            model = place.owner if place.owner == roles.subject.model else place.model
        inner = replace(place, owner=dotted, own=own, model=model, strings=strings)
        for outside in [*node.decorator_list, *node.bases, *node.keywords]:
            yield from self.visit(outside, place)
        for statement in node.body:
            match statement:
                case (
                    ast.AnnAssign(target=ast.Name(id=name) as target)
                    | ast.Assign(targets=[ast.Name(id=name) as target])
                ) if name in own:
                    start = self.module.document.start(target)
                    yield Site(start, start + len(name.encode()), name, own[name])
            yield from self.visit(statement, inner)

    def _function(self, node: Function, place: Place) -> Iterator[Site]:
        if place.owner:
            # A method that was moved to a class of its author's own is still what was generated.
            moved = self.roles.subject.methods.get(self.module.name, {})
            yield from self.definition(node, node.name, place.own.get(node.name, moved.get(node.name)))
        else:
            name = f"{self.module.name}.{node.name}"
            yield from self.definition(node, node.name, self.roles.subject.names.get(name))
        inside = self.roles.subject.inside.get(f"{place.owner or self.module.name}.{node.name}", {})
        inner = replace(
            Place(entered(place.inference, node, place.owner)), inside={**place.inside, **inside}, texts=place.texts
        )
        for outside in [*node.decorator_list, *([node.returns] if node.returns else [])]:
            yield from self.visit(outside, replace(place, model=None))
        yield from self.visit(node.args, replace(inner, inference=place.inference))
        for statement in node.body:
            yield from self.visit(statement, inner)

    def _attribute(self, node: ast.Attribute, place: Place) -> Iterator[Site]:
        end = self.module.document.end(node)
        start = end - len(node.attr.encode())
        base = place.inference.kind(node.value)
        if base is None:
            if node.attr in self.roles.subject.said:
                yield Site(start, end, node.attr, "", certain=False)
        elif base.tag in {Tag.INSTANCE, Tag.CLASS}:
            new = self.roles.of_class(base.name).get(node.attr)
            if new is not None:
                yield Site(start, end, node.attr, new)
        elif base.tag is Tag.MODULE:
            symbol = self.roles.index.resolve(f"{base.name}.{node.attr}")
            if symbol is not None and symbol.name in self.roles.subject.names:
                yield Site(start, end, node.attr, self.roles.subject.names[symbol.name])

    def _comprehension(self, node: Comprehension, place: Place) -> Iterator[Site]:
        inner = replace(place, inference=place.inference.within(node))
        for position, generator in enumerate(node.generators):
            yield from self.visit(generator.iter, inner if position else place)
            for condition in generator.ifs:
                yield from self.visit(condition, inner)
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for element in elements:
            yield from self.visit(element, inner)

    def _f_string(self, node: ast.JoinedStr, place: Place) -> Iterator[Site]:
        texts = self.roles.subject.texts.get(self.module.name, {}) if place.texts else {}
        said = ast.unparse(node)
        if said in texts:
            document = self.module.document
            start, end = document.start(node), document.end(node)
            segment = document.utf8[start:end].decode()
            for candidate in self.roles.subject.forms.candidates(segment):
                if _unparsed(candidate) == texts[said]:
                    yield Site(start, end, segment, candidate)
                    break
            return
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield from self.visit(value, place)

    def _call(self, node: ast.Call, place: Place) -> Iterator[Site]:
        yield from self.visit(node.func, replace(place, model=None))
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        base = place.inference.kind(node.func.value) if isinstance(node.func, ast.Attribute) else None
        kind = place.inference.kind(node.func)
        first = place.inference.kind(node.args[0]) if node.args else None
        if base is not None and base.tag is Tag.ROWS and called in PATHS | _LOOKUPS:
            yield from self._query(node, place, base.name, called)
        elif called.endswith("get_object_or_404") and first is not None and first.tag in {Tag.CLASS, Tag.ROWS}:
            yield from self._query(node, place, first.name, "get")
        elif called in _BY_NAME and first is not None and first.tag in {Tag.INSTANCE, Tag.CLASS}:
            yield from self._arguments(node, place, {}, self.roles.of_class(first.name))
        elif base is not None and base.tag is Tag.INSTANCE and called == "model_copy":
            yield from self._arguments(node, place, {}, self.roles.of_class(base.name))
        elif called == "replace" and first is not None and first.tag is Tag.INSTANCE:
            yield from self._arguments(node, place, self.roles.of_class(first.name), {})
        elif called == "SubFactory" and first is not None:
            yield from self._arguments(node, place, self.roles.of_arguments(first.name), {})
        elif base is not None and base.tag is Tag.CLASS and called in FACTORY_ONE | FACTORY_MANY:
            yield from self._arguments(node, place, self.roles.of_arguments(base.name), {})
        elif kind is not None:
            made = self.roles.of_arguments(kind.name) if kind.tag is Tag.CLASS else self._passed_on(kind)
            yield from self._arguments(node, replace(place, model=None), made, {})
            for keyword in node.keywords:
                if made and keyword.arg == "order_by":
                    yield from self.visit(keyword.value, replace(place, model=self.roles.subject.model))
        else:
            yield from self._unknown_call(node, place, called, first)

    def _passed_on(self, kind: Kind) -> Mapping[str, str]:
        """Return the names in question that a function of the entity's own tests takes under any name."""
        symbol = self.roles.index.resolve(kind.name)
        own = symbol is not None and symbol.module.name in self.roles.subject.texts
        if symbol is None or not own or not isinstance(symbol.node, Function) or symbol.node.args.kwarg is None:
            return {}
        return dict(self.roles.subject.forms.pairs)

    def _query(self, node: ast.Call, place: Place, model: str, called: str) -> Iterator[Site]:
        inner = replace(place, model=model)
        for argument in node.args:
            yield from self.visit(argument, inner)
        for keyword in node.keywords:
            if keyword.arg is not None and called not in _NEW_NAMES:
                yield from self.keyword(keyword, self.roles.path(model, keyword.arg))
            is_names = keyword.arg in {"defaults", "create_defaults", "field_name", "fields"}
            is_value = isinstance(keyword.value, ast.Constant) and not is_names
            yield from self.visit(keyword.value, place if is_value else inner)

    def _arguments(
        self, node: ast.Call, place: Place, keywords: Mapping[str, str], strings: Mapping[str, str]
    ) -> Iterator[Site]:
        inner = replace(place, strings={**place.strings, **strings})
        for argument in node.args:
            yield from self.visit(argument, inner)
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield from self.keyword(keyword, keywords.get(keyword.arg))
            yield from self.visit(keyword.value, inner)

    def _unknown_call(self, node: ast.Call, place: Place, called: str, first: Kind | None) -> Iterator[Site]:
        """Look into a call of something outside of the project: an expression of the ORM, a function of Python, ..."""
        inner = replace(place, model=None) if called == "Value" else place
        for argument in node.args:
            if isinstance(argument, ast.Lambda) and len(node.args) > 1:
                yield from self._lambda(argument, inner, place.inference.kind(node.args[-1]))
            else:
                yield from self.visit(argument, inner)
        for keyword in node.keywords:
            if keyword.arg is not None:
                path = self.roles.path(place.model, keyword.arg) if called == "Q" else None
                is_word = bool({keyword.arg, *keyword.arg.split("__")} & self.roles.subject.words)
                if path is not None:
                    yield from self.keyword(keyword, path)
                elif is_word and place.model is None and (called == "Q" or not self._is_foreign(node.func)):
                    start = self.module.document.start(keyword)
                    yield Site(start, start + len(keyword.arg.encode()), keyword.arg, "", certain=False)
            if isinstance(keyword.value, ast.Lambda):
                yield from self._lambda(keyword.value, inner, first)
            elif isinstance(keyword.value, ast.Constant) and called == "Q":
                continue
            else:
                yield from self.visit(keyword.value, inner)

    def _is_foreign(self, function: ast.expr) -> bool:
        """Return whether a function is imported from outside of the project, whose arguments are no fields."""
        first = function
        while isinstance(first, ast.Attribute):
            first = first.value
        origin = self.module.imports.get(first.id) if isinstance(first, ast.Name) else None
        return origin is not None and self.roles.index.resolve(origin) is None

    def _lambda(self, node: ast.Lambda, place: Place, given_by: Kind | None) -> Iterator[Site]:
        one = given_by.one if given_by is not None else None
        yield from self.visit(node.body, replace(place, inference=given(place.inference, node, one), model=None))


def _unparsed(code: str) -> str:
    try:
        return ast.unparse(ast.parse(code, mode="eval"))
    except SyntaxError:
        return ""
