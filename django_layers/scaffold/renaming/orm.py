"""What the ORM and factories are called with, and what their methods return."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from django_layers.scaffold.renaming.index import Index, Symbol

__all__ = [
    "FACTORY_MANY",
    "FACTORY_ONE",
    "MANAGERS",
    "PATHS",
    "ROWS_OF_ROWS",
    "ROW_OF_ROWS",
    "described_model",
    "factory_product",
    "relation",
    "repository_classes",
]

MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
ROWS_OF_ROWS = frozenset(
    {"all", "filter", "exclude", "order_by", "select_related", "prefetch_related", "only", "defer", "using", "distinct"}
    | {"annotate", "alias", "reverse", "select_for_update", "none", "union", "get_queryset", "iterator", "aiterator"}
    | {"complex_filter", "extra"}
)
ROW_OF_ROWS = frozenset(
    {"get", "first", "last", "earliest", "latest", "create", "aget", "afirst", "alast", "acreate", "aearliest"}
    | {"alatest"}
)
PATHS = frozenset(
    {"order_by", "values", "values_list", "only", "defer", "select_related", "prefetch_related", "distinct", "dates"}
    | {"datetimes", "earliest", "latest", "bulk_update", "in_bulk", "aearliest", "alatest", "abulk_update"}
    | {"annotate", "alias", "aggregate", "aaggregate", "filter", "exclude", "update", "aupdate", "get", "aget"}
)
"""The methods of managers and query sets that take paths of fields, as strings or in expressions."""

FACTORY_ONE = frozenset({"create", "build", "stub"})
FACTORY_MANY = frozenset({"create_batch", "build_batch", "stub_batch"})
_REFERENCES = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField"})


def relation(index: Index, model: str, name: str, reverse: dict[str, dict[str, str]]) -> str | None:
    """Return the dotted name of the class of the model that a field, or a way back, of a model leads to.

    Args:
        index: the modules of the project.
        model: the dotted name of the class.
        name: the field, its key (`recipe_id` leads nowhere) or the way back.
        reverse: the ways back, by class: name and where it leads.
    """
    if name in reverse.get(model, {}):
        return reverse[model][name]
    symbol = index.resolve(model)
    for base in index.bases(symbol) if symbol is not None else ():
        assert isinstance(base.node, ast.ClassDef)
        for statement in base.node.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=found)], value=ast.Call() as call) if found == name:
                    return _target(index, base, call)
    return None


def _target(index: Index, owner: Symbol, call: ast.Call) -> str | None:
    if index.dotted(call.func, owner.module).rpartition(".")[2] not in _REFERENCES:
        return None
    named = [keyword.value for keyword in call.keywords if keyword.arg == "to"]
    match [*call.args[:1], *named]:
        case [ast.Constant(value="self")]:
            return owner.name
        case [ast.Constant(value=str(label))]:
            if "." in label:
                return index.models.get(label)
            app = next((each.partition(".")[0] for each, name in index.models.items() if name == owner.name), "")
            return index.models.get(f"{app}.{label}")
        case [ast.Name() | ast.Attribute() as target]:
            found = index.resolve(index.dotted(target, owner.module))
            return found.name if found is not None else None
    return None


def _arguments_of_bases(index: Index, symbol: Symbol) -> Iterator[tuple[str, list[str]]]:
    """Give the generic bases of a class, each with the classes that it is made of."""
    for each in index.bases(symbol):
        assert isinstance(each.node, ast.ClassDef)
        for base in each.node.bases:
            if isinstance(base, ast.Subscript):
                inside = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
                resolved = [index.resolve(index.dotted(argument, each.module)) for argument in inside]
                names = [found.name if found is not None else "" for found in resolved]
                yield index.dotted(base.value, each.module).rpartition(".")[2], names


def repository_classes(index: Index, symbol: Symbol) -> list[str]:
    """Return the model and the schemas that a repository is made of; none for any other class."""
    return next((names for base, names in _arguments_of_bases(index, symbol) if base == "ModelRepository"), [])


def factory_product(index: Index, symbol: Symbol) -> str | None:
    """Return the class that a factory makes instances of; None for any other class."""
    for base, names in _arguments_of_bases(index, symbol):
        if base in {"DjangoModelFactory", "Factory"} and names:
            return names[0] or None
    assert isinstance(symbol.node, ast.ClassDef)
    bases = {index.dotted(base, symbol.module).rpartition(".")[2] for base in symbol.node.bases}
    return described_model(index, symbol) if bases & {"DjangoModelFactory", "Factory"} else None


def described_model(index: Index, symbol: Symbol) -> str | None:
    """Return the model that a class is about: `model` of its `Meta` or its own, or what it is registered for."""
    assert isinstance(symbol.node, ast.ClassDef)
    candidates: list[ast.expr] = []
    for statement in symbol.node.body:
        match statement:
            case ast.ClassDef(name="Meta", body=body):
                candidates += [value for inner in body for value in _model_of(inner)]
            case _:
                candidates += _model_of(statement)
    for decorator in symbol.node.decorator_list:
        if isinstance(decorator, ast.Call) and index.dotted(decorator.func, symbol.module).endswith("register"):
            candidates += decorator.args[:1]
    for candidate in candidates:
        found = index.resolve(index.dotted(candidate, symbol.module))
        if found is not None:
            return found.name
    return None


def _model_of(statement: ast.stmt) -> list[ast.expr]:
    match statement:
        case ast.Assign(targets=[ast.Name(id="model" | "queryset")], value=value):
            return [value]
        case _:
            return []
