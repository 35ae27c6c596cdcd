"""L402, L403, L404, L405, L412, L502, L505, L506, L507: the ORM used through values."""

from collections.abc import Callable, Iterator, Sequence

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Text
from django_layers.architecture.inference.callables import ASYNC_WRAPPERS, CALLERS
from django_layers.architecture.inference.orm_methods import DISTINCTIVE, INSTANCE_METHODS, QUERY_METHODS
from django_layers.architecture.inference.trace import Called, Read, Trace
from django_layers.architecture.inference.values import Kind, Value, rows_of
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import described, repository_of, spelled

__all__ = [
    "instance_methods",
    "layered_instances",
    "layered_managers",
    "layered_queries",
    "managers",
    "queries",
    "raw_sql",
    "relation_reads",
]

_FILTERS = frozenset({"filter", "exclude"})
_SHORTCUTS = frozenset(
    f"django.shortcuts.{name}"
    for name in ("get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404")
)
_ANY_MODEL = frozenset({"django.db.models.Model", "django.db.models.base.Model"})
_OF_COLLECTIONS = frozenset(
    ["get", "add", "remove", "clear", "update", "set", "union", "intersection", "difference", "reverse", "contains"]
)
"""Methods of QuerySets and managers that lists, sets or dictionaries have too."""
_HANDED_ON_BY = ASYNC_WRAPPERS | CALLERS.keys() | {"on_commit"}
_STORED_BY_NAME = frozenset({"update_fields", "force_insert", "force_update", "using"})


def managers(subject: Subject) -> Iterator[Finding]:
    """L402: `Model.objects`, whatever is asked of it."""
    for trace in subject.traces:
        for read in trace.reads:
            if _is_of_model(read) and read.result.kind in {Kind.MANAGER, Kind.QUERYSET}:
                yield _finding(
                    trace,
                    read.at,
                    read.receiver.of,
                    f"{_who(trace)} asks the database itself, with {spelled(read.at)}.",
                    f"Move {_whole(trace, read.at)} to a method of {repository_of(read.receiver)}.",
                )


def layered_managers(subject: Subject) -> Iterator[Finding]:
    """L502: the same for callers, who may use models of apps that are not layered; and Django's shortcuts for it."""
    yield from (one for one in managers(subject) if _is_layered(subject, one.target))
    for trace in subject.traces:
        for called in trace.calls:
            first = called.arguments[0] if called.arguments else None
            if called.function.of in _SHORTCUTS and first is not None and _is_layered(subject, first.of):
                yield _finding(
                    trace,
                    called.at,
                    first.of,
                    f"{_who(trace)} asks the database itself, with {spelled(called.at)} of {first.model}.",
                    f"Call a service; it asks {repository_of(first)}, and what is missing becomes a 404 by itself.",
                )


def queries(subject: Subject) -> Iterator[Finding]:
    """L403: a method of a QuerySet or of a related manager, where no `Model.objects` stands before it."""
    for trace in subject.traces:
        of_models = [read.at for read in trace.reads if _is_of_model(read)]
        # What `getattr(Recipe, "objects")` reads stands nowhere, but its first argument does.
        at_managers = {id(part) for read in of_models for part in (read, read.value)}
        unknown = {id(read.at) for read in trace.reads if read.receiver.kind is Kind.UNKNOWN}
        told: set[int] = set()
        for called in trace.calls:
            read = called.at.function
            if not isinstance(read, Attribute) or _starts_at(at_managers, read.value):
                continue
            receiver = _receiver(subject, called, read, unknown)
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


def layered_queries(subject: Subject) -> Iterator[Finding]:
    """L507: the same for callers, who may query models of apps that are not layered."""
    yield from (one for one in queries(subject) if _is_layered(subject, one.target))


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
    # What may be any model is what a generic repository gives.
    return model in _ANY_MODEL or (found is not None and bool(found.symbol.module.source.place.app))


def _is_of_model(read: Read) -> bool:
    """Tell whether an attribute of the class of a model is read; of an unknown class only the manager tells."""
    return read.receiver.kind is Kind.MODEL or (
        read.receiver.kind is Kind.SYMBOL and read.result.kind is Kind.MANAGER and bool(read.result.of)
    )


def _is_relation(read: Read) -> bool:
    if read.result.kind is Kind.RELATED:
        return True
    return read.result.kind is Kind.INSTANCE and read.at.name not in {"user"}


def _receiver(subject: Subject, called: Called, read: Attribute, unknown: set[int]) -> Value | None:
    """Return the QuerySet or manager that a method is called on, or what must be one; None for anything else."""
    function = called.function
    if function.kind is Kind.METHOD and function.inner is not None and rows_of(function.inner):
        return function.inner
    if function.kind is not Kind.UNKNOWN or read.name not in QUERY_METHODS:
        return None
    if read.name in DISTINCTIVE or (read.name in _FILTERS and _has_lookup(called.at)):
        return Value(Kind.UNKNOWN)
    owner = read.value
    if not isinstance(owner, Attribute) or id(owner) not in unknown or read.name in _OF_COLLECTIONS:
        return None
    if read.name == "count" and called.arguments:
        return None
    if owner.name in subject.models.many_names or _is_manager_by_name(owner):
        return Value(Kind.RELATED)
    return None


def _is_manager_by_name(owner: Attribute) -> bool:
    return owner.name in {"objects", "_default_manager"} and getattr(owner.value, "id", "") != "self"


def _has_lookup(call: Call) -> bool:
    return (
        bool(call.keywords)
        and not call.arguments
        and any("__" in one.name or one.name in {"pk", "id"} for one in call.keywords)
    )


def _starts_at(managers: set[int], expression: Expression) -> bool:
    """Tell whether a chain of methods starts at `Model.objects`, which is told by another rule."""
    while isinstance(expression, Attribute | Call):
        if id(expression) in managers:
            return True
        if (
            isinstance(expression, Call)
            and expression.arguments
            and getattr(expression.function, "id", "") == "getattr"
        ):
            expression = expression.arguments[0]
            continue
        expression = expression.value if isinstance(expression, Attribute) else expression.function
    return id(expression) in managers


def _inner_calls(expression: Expression) -> Iterator[Expression]:
    while isinstance(expression, Attribute | Call):
        expression = expression.value if isinstance(expression, Attribute) else expression.function
        yield expression


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


def _write(trace: Trace, at: Expression, receiver: Value, what: str) -> Finding:
    return _finding(
        trace,
        at,
        receiver.of,
        f"{_who(trace)} calls {spelled(at)} on {what}; only repositories write rows.",
        f"Call a method of {repository_of(receiver)} with the key and the changes.",
    )


def _finding(trace: Trace, at: Expression, target: str, message: str, hint: str) -> Finding:
    return Finding(line=at.line, column=at.column, symbol=trace.qualname, target=target, message=message, hint=hint)
