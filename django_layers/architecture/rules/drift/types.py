"""What the annotation of a field of a schema says: its type, its values and its bounds."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import (
    Argument,
    Call,
    Constant,
    Either,
    Expression,
    Item,
    Name,
    Several,
    dotted,
)
from django_layers.architecture.names.entities import SchemaField
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Alias, ClassSymbol, External, Module
from django_layers.architecture.rules.drift.enumerations import literal_of, values_of

__all__ = ["SchemaType", "is_request", "number", "type_of"]

_REQUESTS = ("Create", "Update", "In", "Input", "Patch", "Form", "Request", "Payload", "Write", "Replace")
_WRAPPING = frozenset({"Annotated", "Optional", "Union", "Required", "NotRequired", "Final"})
_NOTHING = frozenset({"None", "MISSING"})
_NAMED_BOUNDS = {"PositiveInt": {"ge": 1}, "NonNegativeInt": {"ge": 0}, "PositiveFloat": {"ge": 0}}
_ANNOTATED_TYPES = {"MaxLen": "max_length", "Le": "le", "Lt": "lt", "Ge": "ge", "Gt": "gt"}
"""The constraints of annotated-types, by what Pydantic calls them."""
_MOST_HOPS = 10


class SchemaType:
    """What a field of a schema accepts.

    Attributes:
        names: the plain types that it is of, "str" or "int".
        values: the values that it accepts; None where it lists none.
        bounds: what its constraints say, by their names: "max_length", "ge".
        is_known: whether all of it could be read.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.values: frozenset[str] | None = None
        self.bounds: dict[str, int] = {}
        self.is_known = True


def is_request(schema: str) -> bool:
    """Tell by its name whether a schema is what callers send."""
    return schema.endswith(_REQUESTS)


def type_of(one: SchemaField, project: Project) -> SchemaType:
    """Return what a field of a schema accepts."""
    found = SchemaType()
    if one.statement.annotation is not None:
        _read(one.statement.annotation, one.owner.module, project, found, 0)
    if isinstance(one.statement.value, Call):
        _read_bounds(one.statement.value.keywords, found)
    return found


def number(expression: Expression | None) -> int | None:
    """Return a natural number that is written out; None for anything else."""
    return expression.number if isinstance(expression, Constant) and expression.number >= 0 else None


def _read(annotation: Expression, module: Module, project: Project, found: SchemaType, hops: int) -> None:
    match annotation:
        case Either():
            for one in annotation.items:
                _read(one, module, project, found, hops)
        case Item():
            _read_generic(annotation, module, project, found, hops)
        case Call():
            # constr(max_length=5), conint(ge=1)
            found.names.add("int" if "int" in dotted(annotation.function) else "str")
            _read_bounds(annotation.keywords, found)
        case Constant():
            pass
        case _:
            _read_name(annotation, module, project, found, hops)


def _read_generic(annotation: Item, module: Module, project: Project, found: SchemaType, hops: int) -> None:
    name = dotted(annotation.value).rpartition(".")[2]
    arguments = annotation.key.items if isinstance(annotation.key, Several) else (annotation.key,)
    if name == "Literal":
        texts = [text for one in arguments if (text := literal_of(one)) is not None]
        found.values = (found.values or frozenset()) | frozenset(texts)
        found.is_known &= len(texts) == len(arguments)
    elif name == "Annotated":
        _read(arguments[0], module, project, found, hops)
        for one in arguments[1:]:
            if isinstance(one, Call):
                _read_bounds(one.keywords, found)
                kind = _ANNOTATED_TYPES.get(dotted(one.function).rpartition(".")[2])
                if kind is not None and one.arguments:
                    _read_bounds((Argument(kind, one.arguments[0]),), found)
    elif name in _WRAPPING:
        for one in arguments:
            _read(one, module, project, found, hops)
    else:
        found.is_known = False


def _read_name(annotation: Expression, module: Module, project: Project, found: SchemaType, hops: int) -> None:
    symbol = project.symbol(annotation, module)
    last = dotted(annotation).rpartition(".")[2]
    if last in _NOTHING:
        return
    if isinstance(symbol, Alias) and hops < _MOST_HOPS:
        _read(symbol.value, symbol.module, project, found, hops + 1)
    elif isinstance(symbol, ClassSymbol):
        values = values_of(symbol, project)
        if values is None:
            found.is_known = False
        else:
            found.values = (found.values or frozenset()) | values
    elif isinstance(symbol, External) and last in _NAMED_BOUNDS:
        found.names.add("int")
        found.bounds.update(_NAMED_BOUNDS[last])
    elif (symbol is None and isinstance(annotation, Name)) or last == "Decimal":
        found.names.add(last)
    else:
        found.is_known = False


def _read_bounds(keywords: tuple[Argument, ...], found: SchemaType) -> None:
    for name, value in _bounds(keywords):
        found.bounds[name] = value
    # A pattern may say all that the column says, and more.
    found.is_known &= not any(one.name in {"pattern", "regex"} for one in keywords)


def _bounds(keywords: tuple[Argument, ...]) -> Iterator[tuple[str, int]]:
    for one in keywords:
        value = number(one.value)
        if value is not None:
            # Of whole numbers, more than 0 is at least 1.
            shifted = {"gt": ("ge", value + 1), "lt": ("le", value - 1)}
            yield shifted.get(one.name, (one.name, value))
