"""L205, L402, L403, L412, L502, L505, L507, L508: the ORM used through values."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from django_layers.architecture.facts.expressions import Attribute, Call, Expression
from django_layers.architecture.inference.orm_methods import DISTINCTIVE, QUERY_METHODS
from django_layers.architecture.inference.trace import Called, Read
from django_layers.architecture.inference.values import Kind, Value, rows_of
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.orm_findings import finding_at, is_layered, who
from django_layers.architecture.rules.wording import described, repository_of, spelled

__all__ = [
    "admin_queries",
    "any_query",
    "layered_managers",
    "layered_queries",
    "managers",
    "queries",
    "relation_reads",
]

_FILTERS = frozenset({"filter", "exclude"})
_SHORTCUTS = frozenset(
    f"django.shortcuts.{name}"
    for name in ("get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404")
)
_OF_COLLECTIONS = frozenset(
    ["get", "add", "remove", "clear", "update", "set", "union", "intersection", "difference", "reverse", "contains"]
)
"""Methods of QuerySets and managers that lists, sets or dictionaries have too."""


def managers(subject: Subject) -> Iterator[Finding]:
    """L402: `Model.objects`, whatever is asked of it; and Django's shortcuts for it."""
    for trace in subject.traces:
        outer = {id(one.at.function.value): one.at for one in trace.calls if isinstance(one.at.function, Attribute)}
        for read in trace.reads:
            if _is_of_model(read) and read.result.kind in {Kind.MANAGER, Kind.QUERYSET}:
                yield finding_at(
                    trace,
                    read.at,
                    read.receiver.of,
                    f"{who(trace)} asks the database itself, with {spelled(read.at)}.",
                    f"Move {_whole(outer, read.at)} to a method of {repository_of(read.receiver)}.",
                )
        for called in trace.calls:
            first = called.arguments[0] if called.arguments else None
            if called.function.of in _SHORTCUTS and first is not None and first.of:
                yield finding_at(
                    trace,
                    called.at,
                    first.of,
                    f"{who(trace)} asks the database itself, with {spelled(called.at)} of {first.model}.",
                    f"Let {repository_of(first)} have a method that gives it; what is missing becomes a 404 by itself.",
                )


def layered_managers(subject: Subject) -> Iterator[Finding]:
    """L502: the same for callers, who may use models of apps that are not layered."""
    yield from (one for one in managers(subject) if is_layered(subject, one.target))


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
            yield finding_at(
                trace,
                called.at,
                receiver.of,
                f"{who(trace)} asks the database itself: {spelled(called.at)} is called on {what}.",
                f"Let {repository_of(receiver)} have a method that returns what is needed as DTOs.",
            )


def any_query(subject: Subject) -> Iterator[Finding]:
    """L205: a schema asks the database, by a manager or by a relation."""
    yield from managers(subject)
    yield from queries(subject)


def admin_queries(subject: Subject) -> Iterator[Finding]:
    """L508: the admin asks for rows itself, which it may unless the project says that it may not."""
    yield from layered_managers(subject)
    yield from layered_queries(subject)


def layered_queries(subject: Subject) -> Iterator[Finding]:
    """L507: the same for callers, who may query models of apps that are not layered."""
    yield from (one for one in queries(subject) if is_layered(subject, one.target))


def relation_reads(parts: Sequence[Kind] = (Kind.INSTANCE,)) -> Callable[[Subject], Iterator[Finding]]:
    """Return a check that finds where the relation of an instance is read.

    Args:
        parts: the kinds of values that relations are read from.
    """

    def check(subject: Subject) -> Iterator[Finding]:
        for trace in subject.traces:
            for read in trace.reads:
                if read.receiver.kind in parts and _is_relation(read):
                    yield finding_at(
                        trace,
                        read.at,
                        read.receiver.of,
                        f"{who(trace)} reads the relation {spelled(read.at)} of {described(read.receiver)}, which asks "
                        "the database once for each row.",
                        "Let the service return a DTO that has what is shown; its repository reads it in one query.",
                    )

    return check


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
    if not isinstance(owner, Attribute) or id(owner) not in unknown:
        return None
    if _is_manager_by_name(owner) and read.name in {"get", "update"} and called.at.keywords and not called.at.arguments:
        return Value(Kind.UNKNOWN)
    if read.name in _OF_COLLECTIONS and not _is_relation_by_name(subject, owner):
        return None
    if read.name == "count" and called.arguments:
        return None
    if owner.name in subject.models.many_names or _is_manager_by_name(owner):
        return Value(Kind.RELATED)
    return None


def _is_relation_by_name(subject: Subject, owner: Attribute) -> bool:
    """Tell whether `recipe.tags` is a relation of the model that the variable is called after."""
    variable = getattr(owner.value, "id", "").replace("_", "")
    model = subject.models.by_name.get(subject.models.labelled(variable)) if variable else None
    return model is not None and owner.name in model.to_many


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


def _whole(outer: Mapping[int, Call], start: Attribute) -> str:
    """Spell out the longest chain of methods that begins with an expression; calls are known by what they are made on."""
    longest: Expression = start
    while (further := outer.get(id(longest))) is not None:
        longest = further
    return spelled(longest)
