"""L404, L506: instances of models that are written, or read again, outside of repositories."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Text
from django_layers.architecture.inference.callables import ASYNC_WRAPPERS, CALLERS
from django_layers.architecture.inference.orm_methods import INSTANCE_METHODS
from django_layers.architecture.inference.trace import Called, Trace
from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.orm_findings import finding_at, is_layered, who
from django_layers.architecture.rules.wording import described, repository_of, spelled

__all__ = ["instance_methods", "layered_instances"]

_HANDED_ON_BY = ASYNC_WRAPPERS | CALLERS.keys() | {"on_commit"}
_STORED_BY_NAME = frozenset({"update_fields", "force_insert", "force_update", "using"})


def instance_methods(subject: Subject) -> Iterator[Finding]:
    """L404: `.save()`, `.delete()` or `.refresh_from_db()` of what is or may be an instance, called or handed on."""
    for trace in subject.traces:
        for read in trace.reads:
            if read.at.name in INSTANCE_METHODS and read.receiver.kind in {Kind.INSTANCE, Kind.MODEL}:
                yield _write(trace, read.at, read.receiver, described(read.receiver))
        for called in trace.calls:
            for guessed in _guessed_writes(called):
                yield _write(trace, guessed, Value(Kind.INSTANCE), "what may be an instance of a model")


def layered_instances(subject: Subject) -> Iterator[Finding]:
    """L506: the same for callers, who may write rows of apps that are not layered."""
    yield from (one for one in instance_methods(subject) if is_layered(subject, one.target))


def _guessed_writes(called: Called) -> Iterator[Expression]:
    """Walk where a method is called, or handed on to be called, that hardly anything but an instance has."""
    at = called.at
    read = at.function
    if called.function.kind is Kind.UNKNOWN and isinstance(read, Attribute) and read.name in INSTANCE_METHODS:
        if _may_be_instance(read.name, at):
            yield at
        return
    last = called.function.of.rpartition(".")[2]
    if last in _HANDED_ON_BY:
        for value, argument in zip(called.arguments, at.arguments, strict=False):
            if value.kind is Kind.UNKNOWN and isinstance(argument, Attribute) and argument.name in INSTANCE_METHODS:
                yield argument
    elif last == "methodcaller":
        yield from (at for one in at.arguments if isinstance(one, Text) and one.value in INSTANCE_METHODS)


def _may_be_instance(name: str, call: Call) -> bool:
    if "refresh_from_db" in name:
        return True
    if name in {"full_clean", "validate_constraints"} or call.arguments:
        return False
    return all(one.name in _STORED_BY_NAME for one in call.keywords)


def _write(trace: Trace, at: Expression, receiver: Value, what: str) -> Finding:
    return finding_at(
        trace,
        at,
        receiver.of,
        f"{who(trace)} calls {spelled(at)} on {what}; only repositories write rows.",
        f"Call a method of {repository_of(receiver)} with the key and the changes.",
    )
