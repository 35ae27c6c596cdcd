"""Of which literals a module builds a list, such as INSTALLED_APPS or urlpatterns."""

import ast
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from django_layers.scaffold.edits.bindings import statements, without_type_checking

ListLiteral: TypeAlias = ast.List | ast.Tuple
_Verb: TypeAlias = Literal["bind", "extend", "append", "prepend"]
_METHODS: dict[str, _Verb] = {"append": "append", "extend": "extend", "insert": "prepend"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the list's value, in the order in which the pieces are put together.

    Attributes:
        node: A list or tuple literal; a single element (`element`); or an expression that only running it can tell.
        via: The name under which the module builds this piece.
        conditional: Whether the piece stands in a block or a conditional expression and so may be left out.
        element: Whether the node is one element instead of many.
        nested: Whether the piece is unpacked inside of another literal that is a part as well.
    """

    node: ast.expr
    via: str
    conditional: bool = False
    element: bool = False
    nested: bool = False

    @property
    def literal(self) -> ListLiteral | None:
        """The node, where it is a literal whose elements can be read."""
        return self.node if isinstance(self.node, ast.List | ast.Tuple) and not self.element else None


@dataclass(frozen=True)
class Assembly:
    """How a module builds a list.

    Attributes:
        parts: The pieces, from first to last.
        starts_here: Whether the module itself gives the name its first value.
        replaced_at: The line of a statement in a block that replaces the value, where there is one.
    """

    parts: tuple[Part, ...]
    starts_here: bool
    replaced_at: int | None

    @property
    def certain(self) -> list[tuple[Part, ListLiteral]]:
        """The literals that are always part of the list."""
        return [(part, part.literal) for part in self.parts if part.literal is not None and not part.conditional]


@dataclass(frozen=True, slots=True)
class _Event:
    order: int
    verb: _Verb
    value: ast.expr
    conditional: bool


@dataclass
class _Builder:
    events: dict[str, list[_Event]]
    replaced_at: int | None = None

    def value_of(self, name: str, before: float, *, conditional: bool = False) -> list[Part]:
        """The pieces that a name's value consists of just before an event."""
        events = [event for event in self.events[name] if event.order < before]
        firm = [index for index, event in enumerate(events) if event.verb == "bind" and not event.conditional]
        parts = [] if firm else [Part(ast.Name(name, ast.Load()), name, conditional)]
        for event in events[firm[-1] if firm else 0 :]:
            unsure = conditional or event.conditional
            if event.verb == "append":
                parts.append(Part(event.value, name, unsure, element=True))
            elif event.verb == "prepend":
                parts.insert(0, Part(event.value, name, unsure, element=True))
            elif event.verb == "extend" or not event.conditional:
                parts += self.expand(event.value, name, event.order, conditional=unsure)
            elif name in _summands(event.value):
                # `if DEBUG: X = [...] + X` only adds to X, whose other pieces are known by now.
                parts += self.expand(event.value, name, event.order, conditional=True, known=name)
            else:
                self.replaced_at = event.value.lineno
        return parts

    def expand(
        self, value: ast.expr, via: str, order: int, *, conditional: bool, known: str | None = None
    ) -> list[Part]:
        """The pieces of an expression, those of the name `known` left out."""
        inner = _inner(value)
        if inner is None:
            if isinstance(value, ast.Name) and value.id == known:
                return []
            if isinstance(value, ast.Name) and value.id in self.events:
                return self.value_of(value.id, order, conditional=conditional)
            return [Part(value, via, conditional)]
        unsure = conditional or isinstance(value, ast.IfExp)
        parts = [part for piece in inner for part in self.expand(piece, via, order, conditional=unsure, known=known)]
        if isinstance(value, ast.List | ast.Tuple):
            return [*(replace(part, nested=True) for part in parts), Part(value, via, conditional)]
        return parts


def assemble(body: list[ast.stmt], name: str) -> Assembly | None:
    """Work out of which pieces a list is built.

    Args:
        body: The statements of a module or of a class.
        name: The name of the list.

    Returns:
        The pieces; None where no statement gives the name a value or changes it.
    """
    events: dict[str, list[_Event]] = {}
    for order, (statement, conditional) in enumerate(statements(without_type_checking(body))):
        for target, verb, value in _changes(statement):
            events.setdefault(target, []).append(_Event(order, verb, value, conditional))
    if name not in events:
        return None
    builder = _Builder(events)
    parts = tuple(builder.value_of(name, float("inf")))
    starts_here = not any(isinstance(part.node, ast.Name) and part.node.id == name for part in parts)
    return Assembly(parts, starts_here, builder.replaced_at)


def _changes(statement: ast.stmt) -> list[tuple[str, _Verb, ast.expr]]:
    if isinstance(statement, ast.Assign):
        return [(target.id, "bind", statement.value) for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        return [(statement.target.id, "bind", statement.value)]
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        return [(statement.target.id, "extend", statement.value)]
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        function = call.func
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and call.args:
            verb = _METHODS.get(function.attr)
            return [(function.value.id, verb, call.args[-1])] if verb else []
    return []


def _summands(value: ast.expr) -> set[str]:
    """The names that are added or unpacked as they are."""
    if isinstance(value, ast.Name):
        return {value.id}
    if isinstance(value, ast.BinOp):
        return _summands(value.left) | _summands(value.right)
    if isinstance(value, ast.List | ast.Tuple):
        return {name for item in value.elts if isinstance(item, ast.Starred) for name in _summands(item.value)}
    return set()


def _inner(value: ast.expr) -> list[ast.expr] | None:
    """The lists that an expression puts together; None where it is no such expression."""
    if isinstance(value, ast.List | ast.Tuple):
        return [element.value for element in value.elts if isinstance(element, ast.Starred)]
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return [value.left, value.right]
    if isinstance(value, ast.IfExp):
        return [value.body, value.orelse]
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"list", "tuple"}:
        return value.args if len(value.args) == 1 and not value.keywords else None
    return None
