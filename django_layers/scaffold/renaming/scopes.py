"""What the names of a function are: its parameters by their annotations, its locals by what they are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from django_layers.scaffold.renaming.index import Function
from django_layers.scaffold.renaming.inference import Inference, of_target, stored
from django_layers.scaffold.renaming.kinds import Kind, Tag, annotated

__all__ = ["entered", "given"]

_OWN_SCOPE = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def entered(inference: Inference, function: Function, owner: str) -> Inference:
    """Return the inference for the body of a function.

    Args:
        inference: that of the place where the function is defined.
        function: the function.
        owner: the dotted name of the class that it is a method of; empty for none.
    """
    known = dict(inference.known)
    for position, parameter in enumerate([*function.args.posonlyargs, *function.args.args]):
        known[parameter.arg] = annotated(parameter.annotation, inference.module, inference.index)
        if owner and not position and parameter.annotation is None:
            known[parameter.arg] = _receiver(function, owner)
    for parameter in function.args.kwonlyargs:
        known[parameter.arg] = annotated(parameter.annotation, inference.module, inference.index)
    for rest in (function.args.vararg, function.args.kwarg):
        if rest is not None:
            known[rest.arg] = None
    parameters = set(known)
    for _ in range(2):  # What is used above its definition, in a loop, is known the second time.
        found: dict[str, Kind | None] = {}
        inner = replace(inference, known=known)
        for statement in function.body:
            for name, kind in _bindings(statement, inner):
                found[name] = kind if name not in found or found[name] == kind else None
                if name not in parameters:
                    known[name] = found[name]
        known |= {name: kind if name not in parameters or known[name] == kind else None for name, kind in found.items()}
    return replace(inference, known=known)


def given(inference: Inference, function: ast.Lambda, kind: Kind | None) -> Inference:
    """Return the inference for the body of a lambda whose one argument is known."""
    names = [parameter.arg for parameter in function.args.args]
    return replace(inference, known={**inference.known, **dict.fromkeys(names), **dict.fromkeys(names[:1], kind)})


def _receiver(function: Function, owner: str) -> Kind | None:
    decorators = {each.id for each in function.decorator_list if isinstance(each, ast.Name)}
    if "staticmethod" in decorators:
        return None
    return Kind(Tag.CLASS if "classmethod" in decorators else Tag.INSTANCE, owner)


def _bindings(node: ast.AST, inference: Inference) -> Iterator[tuple[str, Kind | None]]:
    """Give the names that a statement binds, those of the scopes inside of it left out."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, None
            return
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from stored(target, inference.kind(value))
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
            yield name, annotated(annotation, inference.module, inference.index)
        case ast.For(target=target, iter=iterated) | ast.AsyncFor(target=target, iter=iterated):
            yield from of_target(target, iterated, inference)
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, inference.kind(value)
        case ast.withitem(optional_vars=ast.expr() as target):
            yield from stored(target, None)
        case ast.ExceptHandler(name=str(name)):
            yield name, None
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _OWN_SCOPE) or isinstance(child, Function | ast.ClassDef):
            yield from _bindings(child, inference)
