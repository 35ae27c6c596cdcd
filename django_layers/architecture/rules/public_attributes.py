"""L302: QuerySets, managers and instances that a repository keeps where everybody can reach them."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Expression, Name
from django_layers.architecture.facts.statements import Assigned, FunctionFacts
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import UNKNOWN, Kind, Value, rows_of
from django_layers.architecture.names.top_level import statements_below
from django_layers.architecture.rules.concrete_repository import is_abstract
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import described

__all__ = ["public_attributes"]


def public_attributes(subject: Subject) -> Iterator[Finding]:
    """Find public names of a module, a class or an object of it that something of the ORM is assigned to."""
    for trace in subject.traces:
        for statement, target, value in _assigned(subject, trace):
            found = subject.inference.carried(value)
            if found is None or target.startswith("_"):
                continue
            if statement.value is not None and value.kind is Kind.CONTAINER:
                # What a `Prefetch` is made of is for other queries of repositories.
                continue
            yield Finding(
                line=statement.line,
                column=statement.column,
                symbol=trace.qualname or subject.module.name,
                target=found.of,
                message=f"{trace.qualname or 'The module'} keeps {described(found)} as {target}, where everybody can reach "
                "it, and repositories hand out none.",
                hint=f"Call it _{target}, or make it in the method that needs it.",
            )


def _assigned(subject: Subject, trace: Trace) -> Iterator[tuple[Assigned, str, Value]]:
    """Walk the names that the module, a public class or a method of one gives values to."""
    inference, owner, function = subject.inference, trace.owner, trace.function
    if owner is not None and (
        _is_private(owner.facts.qualname) or inference.types.instance(owner).kind is not Kind.OBJECT
    ):
        return
    if owner is None:
        body = () if function else subject.module.facts.body
    else:
        body = function.body if function else owner.facts.body
    for statement in statements_below(body):
        if not isinstance(statement, Assigned):
            continue
        for target in statement.targets:
            if function is not None:
                name = _of_self(target, function)
                value = trace.stored.get(name, UNKNOWN)
                # Rows that an object remembers are its own affair as long as no method gives them away.
                if rows_of(value):
                    yield statement, name, value
            elif isinstance(target, Name) and owner is None and statement.value is not None:
                yield statement, target.id, inference.symbol_value(subject.module, target.id) or UNKNOWN
            elif isinstance(target, Name) and owner is not None and (statement.value or is_abstract(owner, subject)):
                yield statement, target.id, inference.attribute(owner, target.id, UNKNOWN)


def _is_private(qualname: str) -> bool:
    return any(part.startswith("_") for part in qualname.split("."))


def _of_self(target: Expression, function: FunctionFacts) -> str:
    """Return the attribute of `self` that a target is; empty for any other."""
    if not isinstance(target, Attribute) or not isinstance(target.value, Name) or not function.parameters:
        return ""
    return target.name if target.value.id == function.parameters[0].name else ""
