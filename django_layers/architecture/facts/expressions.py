"""The expressions that facts are made of: what a value is worked out from, and where it stands.

They are tuples with names, because there are hundreds of thousands of them. Lines and columns count from 1.
"""

from typing import NamedTuple, TypeAlias

__all__ = [
    "Argument",
    "Attribute",
    "Bound",
    "Call",
    "Comprehension",
    "Constant",
    "Either",
    "Expression",
    "Item",
    "Lambda",
    "Name",
    "Several",
    "Spread",
    "Text",
    "Yielded",
    "dotted",
]


class Name(NamedTuple):
    """A name: `recipe`."""

    id: str
    line: int
    column: int


class Attribute(NamedTuple):
    """An attribute of a value: `recipe.title`."""

    value: "Expression"
    name: str
    line: int
    column: int


class Argument(NamedTuple):
    """An argument of a call by keyword; the name is empty for `**options`."""

    name: str
    value: "Expression"


class Call(NamedTuple):
    """A call: `recipes.filter(status=status)`."""

    function: "Expression"
    arguments: "tuple[Expression, ...]"
    keywords: tuple[Argument, ...]
    line: int
    column: int


class Item(NamedTuple):
    """An item of a value, `recipes[0]`, or a generic type with its arguments, `Page[RecipeRead]`."""

    value: "Expression"
    key: "Expression"
    is_slice: bool
    line: int
    column: int


class Several(NamedTuple):
    """A display: `[a, b]`, `(a, b)`, `{a: b}`; or what else is made of several values, such as `a + b`.

    The kind is "tuple", "list", "set", "dict", or "other" where the values are used and not held.
    """

    kind: str
    items: "tuple[Expression, ...]"
    line: int
    column: int


class Spread(NamedTuple):
    """Every element of a value, among other elements or arguments: `*recipes`."""

    value: "Expression"
    line: int
    column: int


class Either(NamedTuple):
    """One of several values: `a or b`, `a if b else c`; in annotations `A | B`; `is_all` for `a & b`."""

    items: "tuple[Expression, ...]"
    tests: "tuple[Expression, ...]"
    line: int
    column: int
    is_all: bool = False


class Comprehension(NamedTuple):
    """A comprehension; the clauses are pairs of a target and what it runs through."""

    elements: "tuple[Expression, ...]"
    clauses: "tuple[tuple[Expression, Expression], ...]"
    tests: "tuple[Expression, ...]"
    line: int
    column: int


class Lambda(NamedTuple):
    """A function without a name."""

    parameters: tuple[str, ...]
    body: "Expression"
    line: int
    column: int


class Bound(NamedTuple):
    """A value that is given a name on the way: `recipe := found`."""

    target: "Expression"
    value: "Expression"
    line: int
    column: int


class Yielded(NamedTuple):
    """A value that a generator yields, or with `is_from` what it yields from."""

    value: "Expression"
    is_from: bool
    line: int
    column: int


class Text(NamedTuple):
    """A string."""

    value: str
    line: int
    column: int


class Constant(NamedTuple):
    """Any other constant, and whatever holds no value to follow; the number is -1 for what is no natural one."""

    line: int
    column: int
    number: int = -1


Expression: TypeAlias = (
    Name
    | Attribute
    | Call
    | Item
    | Several
    | Spread
    | Either
    | Comprehension
    | Lambda
    | Bound
    | Yielded
    | Text
    | Constant
)


def dotted(expression: Expression) -> str:
    """Spell out a name or a chain of attributes; empty where it is anything else."""
    names = []
    while isinstance(expression, Attribute):
        names.append(expression.name)
        expression = expression.value
    if not isinstance(expression, Name):
        return ""
    return ".".join([expression.id, *reversed(names)])
