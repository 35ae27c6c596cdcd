"""The statements and definitions that facts are made of."""

from typing import NamedTuple, TypeAlias

from django_layers.architecture.facts.expressions import Argument, Expression
from django_layers.architecture.facts.suppression import Suppression

__all__ = [
    "Assigned",
    "Branched",
    "Broken",
    "ClassFacts",
    "Evaluated",
    "FunctionFacts",
    "Import",
    "Looped",
    "Managed",
    "ModuleFacts",
    "Parameter",
    "Returned",
    "Statement",
]


class Assigned(NamedTuple):
    """An assignment; without a value it only declares an annotation."""

    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None
    line: int
    column: int


class Evaluated(NamedTuple):
    """An expression that is worked out for its effect; `raises` where it is an exception that is raised."""

    value: Expression
    raises: bool = False


class Returned(NamedTuple):
    """A return; the value is None for a bare one."""

    value: Expression | None
    line: int
    column: int


class Looped(NamedTuple):
    """A loop; the target is None for `while`."""

    target: Expression | None
    iterable: Expression
    body: "tuple[Statement, ...]"
    orelse: "tuple[Statement, ...]"


class Managed(NamedTuple):
    """A `with` block; the items are pairs of an expression and the target that it is bound to, or None."""

    items: tuple[tuple[Expression, Expression | None], ...]
    body: "tuple[Statement, ...]"


class Branched(NamedTuple):
    """Blocks of which one runs; `exhaustive` where one of them is sure to.

    With `is_try`, the first is the body of a `try`, and the others are its handlers: they know what the body bound.
    """

    tests: tuple[Expression, ...]
    branches: "tuple[tuple[Statement, ...], ...]"
    exhaustive: bool
    is_try: bool = False


class Broken(NamedTuple):
    """The end of a loop from within: `break`."""

    line: int
    column: int


Statement: TypeAlias = (
    "Assigned | Broken | Evaluated | Returned | Looped | Managed | Branched | FunctionFacts | ClassFacts"
)


class Import(NamedTuple):
    """One imported name, or a module that a literal string names.

    Attributes:
        module: the module as it is written, without leading dots; empty for `from . import x`.
        level: how many leading dots there are.
        name: the name that is taken from the module; empty for `import a.b`; "*" for all of them.
        bound: the name that it is bound to here; empty where it is bound to none.
        context: "module", "function", "type-checking" or "dynamic".
        scope: the function or class that the statement stands in, "RecipeService.publish"; empty at the top level.
        line: where it stands.
        column: where it stands.
    """

    module: str
    level: int
    name: str
    bound: str
    context: str
    scope: str
    line: int
    column: int

    @property
    def written(self) -> str:
        """What is imported, as it is written."""
        start = "." * self.level + self.module
        if not self.name:
            return start
        return start + self.name if start.endswith(".") else f"{start}.{self.name}"


class Parameter(NamedTuple):
    """A parameter of a function; the kind is "", "*" or "**"."""

    name: str
    annotation: Expression | None
    kind: str
    line: int
    column: int


class FunctionFacts(NamedTuple):
    """A function or method.

    Attributes:
        name: its name.
        qualname: its name with the classes and functions around it.
        parameters: `self` and `cls` included.
        returns: the annotation of what it returns.
        decorators: from the outermost to the innermost.
        is_async: whether it is a coroutine function.
        body: its statements.
        imports: the imports in its body.
        line: where its name stands.
        column: where its name stands.
    """

    name: str
    qualname: str
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    decorators: tuple[Expression, ...]
    is_async: bool
    body: "tuple[Statement, ...]"
    imports: tuple[Import, ...]
    line: int
    column: int

    @property
    def is_public(self) -> bool:
        """Whether callers elsewhere are meant to use it."""
        return not any(part.startswith("_") and not part.endswith("__") for part in self.qualname.split("."))


class ClassFacts(NamedTuple):
    """A class.

    Attributes:
        name: its name.
        qualname: its name with the classes and functions around it.
        bases: its bases, subscripts included.
        keywords: the keywords beside them, such as the metaclass.
        decorators: from the outermost to the innermost.
        body: its statements, methods included.
        line: where its name stands.
        column: where its name stands.
    """

    name: str
    qualname: str
    bases: tuple[Expression, ...]
    keywords: tuple[Argument, ...]
    decorators: tuple[Expression, ...]
    body: "tuple[Statement, ...]"
    line: int
    column: int


class ModuleFacts(NamedTuple):
    """What one file says.

    Attributes:
        imports: every import, wherever it stands, in the order of the file.
        body: the statements that run when it is imported.
        wide_lines: the lines with other characters than ASCII, by their numbers: columns of the syntax tree count bytes.
        suppressions: the comments that suppress violations.
    """

    imports: tuple[Import, ...]
    body: "tuple[Statement, ...]"
    wide_lines: tuple[tuple[int, str], ...] = ()
    suppressions: tuple[Suppression, ...] = ()

    def column(self, line: int, offset: int) -> int:
        """Return the column in characters of a place whose column counts the bytes before it."""
        for number, text in self.wide_lines:
            if number == line:
                return len(text.encode()[: offset - 1].decode(errors="ignore")) + 1
        return offset
