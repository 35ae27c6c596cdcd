"""What a value certainly is, as far as annotations, classes and the ORM say it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import Enum, auto

from django_layers.scaffold.renaming.index import Index, Module

__all__ = ["Kind", "Tag", "annotated"]

# What stands around the type that a value has.
_TRANSPARENT = frozenset(
    {"Optional", "Annotated", "Query", "Body", "Form", "Path", "Final", "ClassVar", "Required", "NotRequired"}
    | {"Awaitable"}
)
_MANY = frozenset(
    {"list", "List", "tuple", "Tuple", "Sequence", "Iterable", "Iterator", "Collection", "set", "frozenset", "Set"}
    | {"Page", "Generator", "AsyncIterator", "AsyncIterable", "deque", "Reversible"}
)
_ROWS = frozenset({"QuerySet", "Manager", "RelatedManager", "BaseManager"})


class Tag(Enum):
    """What a dotted name says about a value."""

    INSTANCE = auto()
    CLASS = auto()
    FUNCTION = auto()
    MODULE = auto()
    MANY = auto()
    ROWS = auto()
    DATA = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is.

    Attributes:
        tag: an instance of a class, the class itself, a function, a module; many instances; the rows of a model, as a
            manager or a query set; an instance as a dictionary.
        name: the dotted name of the class, function or module.
    """

    tag: Tag
    name: str

    @property
    def one(self) -> Kind | None:
        """What iterating over it gives."""
        return Kind(Tag.INSTANCE, self.name) if self.tag in {Tag.MANY, Tag.ROWS} else None


def annotated(node: ast.expr | None, module: Module, index: Index) -> Kind | None:
    """Return what an annotation says of a value; None where it says nothing certain."""
    match node:
        case ast.Constant(value=str(text)):
            try:
                return annotated(ast.parse(text, mode="eval").body, module, index)
            except SyntaxError:
                return None
        case ast.BinOp(op=ast.BitOr()):
            sides = [side for side in _alternatives(node) if not _says_nothing(side)]
            return annotated(sides[0], module, index) if len(sides) == 1 else None
        case ast.Subscript(value=value, slice=inside):
            return _subscripted(value, inside, module, index)
        case ast.Name() | ast.Attribute():
            symbol = index.resolve(index.dotted(node, module))
            if symbol is None:
                return None
            if isinstance(symbol.node, ast.ClassDef):
                return Kind(Tag.INSTANCE, symbol.name)
            alias = symbol.node.value if isinstance(symbol.node, ast.Assign | ast.AnnAssign) else None
            return annotated(alias, symbol.module, index) if isinstance(alias, ast.BinOp | ast.Subscript) else None
        case _:
            return None


def _subscripted(value: ast.expr, inside: ast.expr, module: Module, index: Index) -> Kind | None:
    name = index.dotted(value, module).rpartition(".")[2]
    first = inside.elts[0] if isinstance(inside, ast.Tuple) and inside.elts else inside
    if name in _TRANSPARENT:
        return annotated(first, module, index)
    if name in _MANY | _ROWS | {"type", "Type"}:
        if name in {"tuple", "Tuple"} and isinstance(inside, ast.Tuple) and not _is_alike(inside):
            return None
        found = annotated(first, module, index)
        if found is None or found.tag is not Tag.INSTANCE:
            return None
        tag = Tag.MANY if name in _MANY else Tag.ROWS if name in _ROWS else Tag.CLASS
        return Kind(tag, found.name)
    return annotated(value, module, index)


def _is_alike(inside: ast.Tuple) -> bool:
    last = inside.elts[-1]
    return len(inside.elts) == 2 and isinstance(last, ast.Constant) and last.value is ...


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [node]


def _says_nothing(node: ast.expr) -> bool:
    is_none = isinstance(node, ast.Constant) and node.value is None
    return is_none or (isinstance(node, ast.Name) and node.id == "MISSING")
