"""L202, L305, L408, L504: the HTTP request below the api layer, and on its way there."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Expression, Name
from django_layers.architecture.inference.callables import CALLERS
from django_layers.architecture.inference.trace import Called, Trace
from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.names.symbols import ClassSymbol, FunctionSymbol
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import spelled

__all__ = ["passed_on", "read_below", "taken"]

_OF_HTTP = frozenset(
    [
        "user",
        "auser",
        "session",
        "META",
        "GET",
        "POST",
        "FILES",
        "COOKIES",
        "headers",
        "body",
        "method",
        "get_full_path",
        "build_absolute_uri",
        "is_secure",
        "get_host",
        "resolver_match",
        "content_type",
        "auth",
    ]
)

_REQUESTS_BY_NAME = frozenset({"request", "req", "http_request"})


def read_below(subject: Subject) -> Iterator[Finding]:
    """L202, L305: a model or a repository reads from the request."""
    for trace in subject.traces:
        yield from _reads(trace)


def taken(subject: Subject) -> Iterator[Finding]:
    """L408: a service takes the request, or reads from it."""
    for trace in subject.traces:
        function = trace.function
        named = set()
        for parameter in function.parameters if function else ():
            if trace.parameters.get(parameter.name, Value(Kind.UNKNOWN)).kind is Kind.REQUEST:
                assert function is not None
                named.add(parameter.name)
                yield Finding(
                    line=parameter.line,
                    column=parameter.column,
                    symbol=function.qualname,
                    target="HttpRequest",
                    message=f"{function.qualname} takes the HTTP request as {parameter.name}.",
                    hint="Take what is needed of it: the actor, or a DTO of schemas.",
                )
        yield from _reads(trace)


def _reads(trace: Trace) -> Iterator[Finding]:
    for read in trace.reads:
        named_so = getattr(read.at.value, "id", getattr(read.at.value, "name", "")) in _REQUESTS_BY_NAME
        by_name = named_so and read.receiver.kind is Kind.UNKNOWN
        if read.at.name in _OF_HTTP and (by_name or read.receiver.kind is Kind.REQUEST):
            yield Finding(
                line=read.at.line,
                column=read.at.column,
                symbol=trace.qualname,
                target=spelled(read.at),
                message=f"{trace.qualname or 'The module'} reads {spelled(read.at)}, so it works for HTTP only.",
                hint="Take the actor, or what else is needed of the request, as a parameter.",
            )


def passed_on(subject: Subject) -> Iterator[Finding]:
    """L504: the request, or its user, is passed on to a service."""
    for trace in subject.traces:
        receivers = {id(read.at): read.receiver for read in trace.reads}
        for called in trace.calls:
            if not _reaches_service(called) and not _is_object_of_service(receivers.get(id(called.at.function))):
                continue
            expressions = [*called.at.arguments, *(one.value for one in called.at.keywords)]
            for value, expression in zip(called.arguments, expressions, strict=True):
                if _is_of_request(value, expression):
                    yield Finding(
                        line=expression.line,
                        column=expression.column,
                        symbol=trace.qualname,
                        target=spelled(called.at.function),
                        message=f"{trace.qualname or 'The module'} passes {spelled(expression)} on to a service, "
                        f"{spelled(called.at)}.",
                        hint="Pass the actor, actor_of(request), and plain values or DTOs.",
                    )


def _is_of_request(value: Value, expression: Expression) -> bool:
    """Tell whether an argument is, or holds, the request or its user."""
    while value.kind is Kind.CONTAINER and value.inner is not None:
        value = value.inner
    if value.kind is Kind.REQUEST or (value.kind is Kind.INSTANCE and value.model == "AUTH_USER_MODEL"):
        return True
    if value.kind is not Kind.UNKNOWN:
        return False
    by_name = isinstance(expression, Name) and expression.id in _REQUESTS_BY_NAME
    return by_name or (isinstance(expression, Attribute) and expression.name in {"user", "auser", "request"})


def _reaches_service(called: Called) -> bool:
    """Tell whether a call reaches a function of a service: it is one, or is given one to call."""
    position = CALLERS.get(called.function.of.rpartition(".")[2])
    if position is not None and position < len(called.arguments):
        return _is_service(called.arguments[position])
    return _is_service(called.function)


def _is_service(function: Value) -> bool:
    symbol = function.symbol
    if isinstance(symbol, FunctionSymbol | ClassSymbol) and symbol.module.source.place.part == "services":
        return True
    return function.kind is Kind.METHOD and _is_object_of_service(function.inner)


def _is_object_of_service(receiver: Value | None) -> bool:
    """Tell whether a value is an object of a class of services, whatever is asked of it."""
    return (
        receiver is not None
        and isinstance(receiver.symbol, ClassSymbol)
        and receiver.symbol.module.source.place.part == "services"
    )
