"""L703: a schema that lets in what the database refuses."""

from collections.abc import Iterator, Sequence

from django_layers.architecture.facts.expressions import Call, Either, Expression, Several, dotted
from django_layers.architecture.facts.statements import Assigned, ClassFacts
from django_layers.architecture.names.model import Model, ModelField
from django_layers.architecture.rules.drift.pairs import pairs
from django_layers.architecture.rules.drift.types import is_request, number, type_of
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["check"]

_UPPER = frozenset({"max_length", "le", "max_digits", "decimal_places"})
_PLAIN = frozenset({"str", "int", "float", "Decimal"})
_LOOKUPS = {"gte": ("ge", 0), "gt": ("ge", 1), "lte": ("le", 0), "lt": ("le", -1)}
_VALIDATORS = {"MinValueValidator": "ge", "MaxValueValidator": "le", "MaxLengthValidator": "max_length"}


def check(subject: Subject) -> Iterator[Finding]:
    """Find fields of requests whose constraints are weaker than those of the column."""
    for pair in pairs(subject):
        if not is_request(pair.schema.facts.name):
            continue
        accepted = type_of(pair.field, subject.project)
        if not accepted.is_known or accepted.values is not None or not accepted.names <= _PLAIN or not accepted.names:
            continue
        for name, limit in _bounds(pair.model, pair.column).items():
            given = accepted.bounds.get(name)
            weaker = given is None or (given > limit if name in _UPPER else given < limit)
            if not weaker:
                continue
            says = f"{name} is {given} there" if given is not None else f"it has no {name} there"
            yield Finding(
                line=pair.field.statement.line,
                column=pair.field.statement.column,
                symbol=pair.schema.facts.qualname,
                target=f"{pair.model.name}.{pair.column.name}",
                message=f"{pair.schema.facts.name}.{pair.column.name} lets in what the column of "
                f"{pair.model.symbol.facts.name} refuses: {says}, and {limit} in the database.",
                hint=f"Write Field({name}={limit}) in the schema, so that a request is refused with a 422 that names the "
                "field.",
            )


def _bounds(model: Model, column: ModelField) -> dict[str, int]:
    """Return what the database says of a column, by the names of Pydantic's constraints."""
    keywords = {one.name: one.value for one in column.call.keywords}
    found = {name: number(keywords.get(name)) for name in ("max_length", "max_digits", "decimal_places")}
    if "choices" in keywords:
        return {}
    if column.kind.startswith("Positive"):
        found["ge"] = 0
    validators = keywords.get("validators")
    for one in validators.items if isinstance(validators, Several) else ():
        name = _VALIDATORS.get(dotted(one.function).rpartition(".")[2]) if isinstance(one, Call) else None
        if name is not None and isinstance(one, Call) and one.arguments:
            found[name] = number(one.arguments[0])
    for condition in _conditions(model):
        for keyword in condition.keywords:
            field, _, lookup = keyword.name.rpartition("__")
            value = number(keyword.value)
            if field == column.name and lookup in _LOOKUPS and value is not None:
                name, shift = _LOOKUPS[lookup]
                found[name] = value + shift
    return {name: limit for name, limit in found.items() if limit is not None}


def _conditions(model: Model) -> Iterator[Call]:
    """Walk what check constraints of a model ask for, where all of it must hold: `Q(stars__gte=1) & Q(...)`."""
    for statement in model.symbol.facts.body:
        if isinstance(statement, ClassFacts) and statement.name == "Meta":
            for one in statement.body:
                if isinstance(one, Assigned) and getattr(one.targets[0], "id", "") == "constraints":
                    yield from _checks(one.value)


def _checks(value: Expression | None) -> Iterator[Call]:
    constraints: Sequence[Expression] = value.items if isinstance(value, Several) else ()
    for one in constraints:
        if isinstance(one, Call) and dotted(one.function).endswith("CheckConstraint"):
            for keyword in one.keywords:
                if keyword.name in {"condition", "check"}:
                    yield from _all_of(keyword.value)


def _all_of(condition: Expression) -> Iterator[Call]:
    if isinstance(condition, Call) and dotted(condition.function).rpartition(".")[2] == "Q":
        yield condition
    elif isinstance(condition, Either) and condition.is_all:
        for one in condition.items:
            yield from _all_of(one)
