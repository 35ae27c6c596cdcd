"""L402, L403, L404, L405, L502, L505, L506: the ORM used through values."""

from collections.abc import Callable, Iterator, Sequence

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Text
from django_layers.architecture.inference.orm_methods import DISTINCTIVE, INSTANCE_METHODS, QUERY_METHODS
from django_layers.architecture.inference.trace import Called, Read, Trace
from django_layers.architecture.inference.values import Kind, Value, rows_of
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import described, repository_of, spelled

__all__ = [
    "instance_methods",
    "layered_instances",
    "layered_managers",
    "managers",
    "queries",
    "raw_sql",
    "relation_reads",
]

_FILTERS = frozenset({"filter", "exclude"})
_STORED_BY_NAME = frozenset({"update_fields", "force_insert", "force_update", "using"})


def managers(subject: Subject) -> Iterator[Finding]:
    """L402: `Model.objects`, whatever is asked of it."""
    for trace in subject.traces:
        for read in trace.reads:
            if read.receiver.kind is Kind.MODEL and read.result.kind in {Kind.MANAGER, Kind.QUERYSET}:
                yield _finding(
                    trace,
                    read.at,
                    read.receiver.of,
                    f"{_who(trace)} asks the database itself, with {spelled(read.at)}.",
                    f"Move {_whole(trace, read.at)} to a method of {repository_of(read.receiver)}.",
                )


def layered_managers(subject: Subject) -> Iterator[Finding]:
    """L502: the same for callers, who may use models of apps that are not layered."""
    yield from (one for one in managers(subject) if _is_layered(subject, one.target))


def queries(subject: Subject) -> Iterator[Finding]:
    """L403: a method of a QuerySet or of a related manager, where no `Model.objects` stands before it."""
    for trace in subject.traces:
        told: set[int] = set()
        for called in trace.calls:
            read = called.at.function
            if not isinstance(read, Attribute) or _starts_at_manager(trace, read.value):
                continue
            receiver = _receiver(trace, called, read)
            if receiver is None or id(read.value) in told:
                continue
            # A chain of methods is told once, at its beginning.
            told.update((id(called.at), id(read.value)))
            if any(id(part) in told for part in _inner_calls(read.value)):
                continue
            what = described(receiver) if rows_of(receiver) else "what must be a QuerySet"
            yield _finding(
                trace,
                called.at,
                receiver.of,
                f"{_who(trace)} asks the database itself: {spelled(called.at)} is called on {what}.",
                f"Let {repository_of(receiver)} have a method that returns what is needed as DTOs.",
            )


def instance_methods(subject: Subject) -> Iterator[Finding]:
    """L404: `.save()`, `.delete()` or `.refresh_from_db()` of what is or may be an instance."""
    for trace in subject.traces:
        for called in trace.calls:
            read = called.at.function
            if not isinstance(read, Attribute) or read.name not in INSTANCE_METHODS:
                continue
            receiver = called.function.inner if called.function.kind is Kind.METHOD else None
            if receiver is not None and receiver.kind is Kind.INSTANCE:
                what = described(receiver)
            elif called.function.kind is Kind.UNKNOWN and _may_be_instance(read.name, called.at):
                receiver, what = Value(Kind.INSTANCE), "what may be an instance of a model"
            else:
                continue
            yield _finding(
                trace,
                called.at,
                receiver.of,
                f"{_who(trace)} calls {spelled(called.at)} on {what}; only repositories write rows.",
                f"Call a method of {repository_of(receiver)} with the key and the changes.",
            )


def layered_instances(subject: Subject) -> Iterator[Finding]:
    """L506: the same for callers, who may write rows of apps that are not layered."""
    yield from (one for one in instance_methods(subject) if _is_layered(subject, one.target))


def raw_sql(subject: Subject) -> Iterator[Finding]:
    """L405: SQL that is written by hand."""
    for trace in subject.traces:
        for called in trace.calls:
            read = called.at.function
            if not isinstance(read, Attribute):
                continue
            name = called.function.of
            is_cursor = read.name == "cursor" and name.startswith("django.db.connection")
            executes = read.name in {"execute", "executemany"} and (
                any(isinstance(one, Text) and _looks_like_sql(one.value) for one in called.at.arguments)
            )
            of_manager = called.function.inner is not None and rows_of(called.function.inner)
            if is_cursor or executes or (read.name in {"raw", "extra"} and of_manager):
                yield _finding(
                    trace,
                    called.at,
                    "SQL",
                    f"{_who(trace)} runs SQL of its own, with {spelled(called.at)}.",
                    "Move the statement to a method of a repository.",
                )


def relation_reads(parts: Sequence[Kind] = (Kind.INSTANCE,)) -> Callable[[Subject], Iterator[Finding]]:
    """Return a check that finds where the relation of an instance is read.

    Args:
        parts: the kinds of values that relations are read from.
    """

    def check(subject: Subject) -> Iterator[Finding]:
        for trace in subject.traces:
            for read in trace.reads:
                if read.receiver.kind in parts and _is_relation(read):
                    yield _finding(
                        trace,
                        read.at,
                        read.receiver.of,
                        f"{_who(trace)} reads the relation {spelled(read.at)} of {described(read.receiver)}, which asks "
                        "the database once for each row.",
                        "Let the service return a DTO that has what is shown; its repository reads it in one query.",
                    )

    return check


def _is_layered(subject: Subject, model: str) -> bool:
    found = subject.models.by_name.get(model)
    return found is not None and bool(found.symbol.module.source.place.app)


def _is_relation(read: Read) -> bool:
    if read.result.kind is Kind.RELATED:
        return True
    return read.result.kind is Kind.INSTANCE and read.at.name not in {"user"}


def _receiver(trace: Trace, called: Called, read: Attribute) -> Value | None:
    """Return the QuerySet or manager that a method is called on, or what must be one; None for anything else."""
    function = called.function
    if function.kind is Kind.METHOD and function.inner is not None and rows_of(function.inner):
        return function.inner
    if function.kind is not Kind.UNKNOWN or read.name not in QUERY_METHODS:
        return None
    if read.name in DISTINCTIVE or (read.name in _FILTERS and _has_lookup(called.at)):
        return Value(Kind.UNKNOWN)
    return None


def _has_lookup(call: Call) -> bool:
    return (
        bool(call.keywords)
        and not call.arguments
        and any("__" in one.name or one.name in {"pk", "id"} for one in call.keywords)
    )


def _starts_at_manager(trace: Trace, expression: Expression) -> bool:
    """Tell whether a chain of methods starts at `Model.objects`, which is told by another rule."""
    while isinstance(expression, Attribute | Call):
        if isinstance(expression, Attribute) and any(
            read.at is expression and read.receiver.kind is Kind.MODEL for read in trace.reads
        ):
            return True
        expression = expression.value if isinstance(expression, Attribute) else expression.function
    return False


def _inner_calls(expression: Expression) -> Iterator[Expression]:
    while isinstance(expression, Attribute | Call):
        expression = expression.value if isinstance(expression, Attribute) else expression.function
        yield expression


def _may_be_instance(name: str, call: Call) -> bool:
    if "refresh_from_db" in name:
        return True
    if name in {"full_clean", "validate_constraints"} or call.arguments:
        return False
    return all(one.name in _STORED_BY_NAME for one in call.keywords)


def _looks_like_sql(text: str) -> bool:
    return text.lstrip()[:6].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE"} or text.lstrip()[:5].upper() == "WITH "


def _whole(trace: Trace, start: Attribute) -> str:
    """Spell out the longest chain that begins with an expression."""
    longest: Expression = start
    for called in trace.calls:
        if isinstance(called.at.function, Attribute) and called.at.function.value is longest:
            longest = called.at
    return spelled(longest)


def _who(trace: Trace) -> str:
    return trace.qualname or "The module"


def _finding(trace: Trace, at: Expression, target: str, message: str, hint: str) -> Finding:
    return Finding(line=at.line, column=at.column, symbol=trace.qualname, target=target, message=message, hint=hint)
