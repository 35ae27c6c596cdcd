"""L702: a column with choices and a field of a schema that accept different values."""

from collections.abc import Iterator

from django_layers.architecture.names.model import ModelField
from django_layers.architecture.rules.drift.enumerations import choices_of
from django_layers.architecture.rules.drift.pairs import pairs
from django_layers.architecture.rules.drift.types import is_request, type_of
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["check"]

_ANY = {frozenset({"str"}): "text", frozenset({"int"}): "number"}


def check(subject: Subject) -> Iterator[Finding]:
    """Find fields of schemas whose values are others than the choices of the column."""
    for pair in pairs(subject):
        choices = _choices(subject, pair.column)
        if choices is None:
            continue
        accepted = type_of(pair.field, subject.project)
        name = f"{pair.schema.facts.name}.{pair.column.name}"
        any_of = _ANY.get(frozenset(accepted.names), "")
        if not accepted.is_known or not (accepted.values is not None or any_of):
            continue
        if accepted.values is None:
            if not is_request(pair.schema.facts.name) or (any_of == "number" and accepted.bounds):
                continue
            difference = f"accepts any {any_of}, and the column {', '.join(sorted(choices))}"
        elif accepted.values != choices:
            difference = _difference(accepted.values, choices)
        else:
            continue
        yield Finding(
            line=pair.field.statement.line,
            column=pair.field.statement.column,
            symbol=pair.schema.facts.qualname,
            target=f"{pair.model.name}.{pair.column.name}",
            message=f"{name} and the choices of {pair.model.symbol.facts.name}.{pair.column.name} differ: the schema "
            f"{difference}.",
            hint="Declare the enumeration once, in types, and use it in the model and in the schema.",
        )


def _choices(subject: Subject, column: ModelField) -> frozenset[str] | None:
    given = next((one.value for one in column.call.keywords if one.name == "choices"), None)
    return None if given is None else choices_of(given, column.owner, subject.project)


def _difference(accepted: frozenset[str], choices: frozenset[str]) -> str:
    more, fewer = sorted(accepted - choices), sorted(choices - accepted)
    parts = [f"also has {', '.join(more)}"] if more else []
    return " and ".join([*parts, *([f"lacks {', '.join(fewer)}"] if fewer else [])])
