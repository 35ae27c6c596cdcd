"""L201, L202, L203, L204, L305, L401, L406, L407: names of the ORM, of HTTP and of Pydantic where they don't belong."""

from collections.abc import Callable, Iterator

from django_layers.architecture.inference.values import Kind
from django_layers.architecture.names.models import is_external_model
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.externals import is_http, is_orm_name, is_pydantic
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.orm_findings import finding_at, who
from django_layers.architecture.rules.requests import read_below

__all__ = ["check_names", "http_errors", "http_names", "orm_names"]


def check_names(forbidden: Callable[[str], bool], message: str, hint: str) -> Callable[[Subject], Iterator[Finding]]:
    """Return a check that finds what may not be named, where it is imported or reached by attributes.

    Args:
        forbidden: tells by a dotted name.
        message: what is wrong, with `{name}` for what is named.
        hint: the way out.
    """

    def check(subject: Subject) -> Iterator[Finding]:
        for line, column, scope, name, context in _named(subject, forbidden):
            yield Finding(
                line=line,
                column=column,
                symbol=scope,
                target=name,
                message=message.format(name=name),
                hint=hint,
                context=context,
            )

    return check


def _named(subject: Subject, forbidden: Callable[[str], bool]) -> Iterator[tuple[int, int, str, str, str]]:
    imported = set()
    for one, name in subject.externals:
        if forbidden(name):
            imported.add(name)
            yield one.line, one.column, one.scope, name, one.context
    for trace, used in subject.outside_uses:
        name = used.value.of
        if forbidden(name) and not any(name == one or name.startswith(f"{one}.") for one in imported):
            # `import django` says little; the chain that starts there says it.
            imported.add(name)
            yield used.at.line, used.at.column, trace.qualname, name, ""
    for trace, at, name in subject.outside_annotations:
        if forbidden(name) and not any(name == one or name.startswith(f"{one}.") for one in imported):
            yield at.line, at.column, trace.qualname, name, ""


def _is_http_error(name: str) -> bool:
    last = name.rpartition(".")[2]
    return is_http(name) and (
        last.endswith(("Error", "Response", "Http404", "Redirect", "Exception"))
        or ".exceptions" in name
        or last.startswith(("HttpResponse", "Http404", "render", "redirect"))
    )


def _is_http_but_no_error(name: str) -> bool:
    return is_http(name) and not _is_http_error(name)


_models_of_others = "Name the model by string in relations, and ask a service of its app for its rows."


def orm_names(subject: Subject) -> Iterator[Finding]:
    """L401: a service names the ORM, or a model of an app that is not layered."""
    yield from check_names(
        lambda name: is_orm_name(name) or is_external_model(name),
        "A service names {name}, which is of the ORM.",
        "Move what needs it to a method of a repository; a unit of work comes as a parameter.",
    )(subject)
    for target in subject.targets:
        symbol = target.symbol
        if (
            target.module.source.place.layer
            or not isinstance(symbol, ClassSymbol)
            or symbol.module is not target.module
        ):
            continue
        if subject.models.is_model(symbol):
            yield Finding(
                line=target.one.line,
                column=target.one.column,
                symbol=target.one.scope,
                target=symbol.name,
                message=f"A service names the model {symbol.name}.",
                hint=f"Move the queries of {symbol.facts.name} to a repository, and take that as a parameter.",
                context=target.one.context,
            )


http_names = check_names(
    _is_http_but_no_error,
    "A service names {name}, which is of HTTP.",
    "Let the endpoint take from the request what the service needs, and pass that on.",
)
_names_http_errors = check_names(
    _is_http_error,
    "A service names {name}, an answer of HTTP.",
    "Raise an error of django_layers.errors (NotFound, Forbidden, ...) and leave the status to the api layer.",
)
models_know_pydantic = check_names(
    lambda name: is_pydantic(name) and not is_http(name),
    "A model knows {name}, which is of the schemas' side.",
    "Let the repository turn rows into DTOs; the model holds columns and constraints.",
)
_models_name_http = check_names(
    is_http,
    "A model knows {name}, which is of HTTP.",
    "Move it to the api layer or to a view.",
)
schemas_know_orm = check_names(
    is_orm_name,
    "A schema knows {name}, which is of the ORM.",
    "Declare the fields in the schema; enumerations that both need live in types.",
)
schemas_know_http = check_names(
    is_http,
    "A schema knows {name}, which is of HTTP.",
    "Move it to the api layer; a schema says how data looks, and nothing of requests.",
)
_repositories_name_http = check_names(
    # The shortcuts answer 404 themselves.
    lambda name: is_http(name) or name.startswith("django.shortcuts."),
    "A repository knows {name}, which is of HTTP.",
    "Raise NotFound or Conflict of django_layers.errors, and take plain values as parameters.",
)


def http_errors(subject: Subject) -> Iterator[Finding]:
    """L407: a service names an answer of HTTP, raises it or returns it."""
    told = set()
    for one in _names_http_errors(subject):
        told.add(one.line)
        yield one
    for trace in subject.traces:
        raised = [("raises", one.value, one.at) for one in trace.raised]
        returned = [("returns", one.value, one.at) for one in trace.given]
        for verb, value, at in (*raised, *returned):
            if value.kind in {Kind.SYMBOL, Kind.MADE} and _is_http_error(value.of) and at.line not in told:
                yield finding_at(
                    trace,
                    at,
                    value.of,
                    f"{who(trace)} {verb} {value.of}, an answer of HTTP.",
                    "Raise an error of django_layers.errors (NotFound, Forbidden, ...) and leave the status to the api layer.",
                )


def models_know_http(subject: Subject) -> Iterator[Finding]:
    """L202: a model names HTTP, or reads from the request."""
    yield from _models_name_http(subject)
    yield from read_below(subject)


def repositories_know_http(subject: Subject) -> Iterator[Finding]:
    """L305: a repository names HTTP, or reads from the request."""
    yield from _repositories_name_http(subject)
    yield from read_below(subject)
