"""L301, L302, L303, L304, L306: what may cross the border of a repository."""

from collections.abc import Iterator

from django_layers.architecture.facts.statements import FunctionFacts
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.public_attributes import public_attributes
from django_layers.architecture.rules.wording import described

__all__ = ["accepts", "returns_by_annotation", "returns_by_inference", "unannotated"]

_INSTEAD = "Return a DTO of schemas instead: self._read(queryset) gives a tuple of them, self._read_one(queryset) one."


def returns_by_annotation(subject: Subject) -> Iterator[Finding]:
    """L301: a public function says that it returns something of the ORM."""
    for trace, function in _public(subject):
        found = subject.inference.carried(trace.returns)
        if found is not None and function.returns is not None:
            yield Finding(
                line=function.returns.line,
                column=function.returns.column,
                symbol=function.qualname,
                target=found.of,
                message=f"{function.qualname} says that it returns {described(found)}, and repositories hand out none.",
                hint=_INSTEAD,
            )


def returns_by_inference(subject: Subject) -> Iterator[Finding]:
    """L302: something of the ORM leaves, whatever annotations say: returned, yielded, put somewhere, or kept in public."""
    yield from public_attributes(subject)
    for trace, function in _public(subject):
        yield from _filled(subject, trace, function)
        if subject.inference.carried(trace.returns) is not None:
            continue
        for given in trace.given:
            found = subject.inference.carried(given.value)
            if found is None or (given.value.kind is Kind.OBJECT and given.value.inner is None):
                continue
            verb = "yields" if given.yielded else "returns"
            holding = "" if given.value.kind is found.kind else " a container with"
            yield Finding(
                line=given.at.line,
                column=given.at.column,
                symbol=function.qualname,
                target=found.of,
                message=f"{function.qualname} {verb}{holding} {described(found)}, and repositories hand out none.",
                hint=_INSTEAD,
            )


def _filled(subject: Subject, trace: Trace, function: FunctionFacts) -> Iterator[Finding]:
    for given in trace.filled:
        found = subject.inference.carried(given.value)
        if found is not None:
            yield Finding(
                line=given.at.line,
                column=given.at.column,
                symbol=function.qualname,
                target=found.of,
                message=f"{function.qualname} puts {described(found)} into what its caller handed over, and repositories "
                "hand out none.",
                hint=_INSTEAD,
            )


def accepts(subject: Subject) -> Iterator[Finding]:
    """L303: a public function takes something of the ORM as a parameter."""
    for trace, function in _public(subject, with_init=True):
        for parameter in function.parameters:
            if parameter.annotation is None:
                continue
            found = subject.inference.carried(trace.parameters.get(parameter.name, Value(Kind.UNKNOWN)))
            if found is not None:
                yield Finding(
                    line=parameter.line,
                    column=parameter.column,
                    symbol=function.qualname,
                    target=found.of,
                    message=f"{function.qualname} takes {described(found)} as {parameter.name}, so that callers must "
                    "know the ORM.",
                    hint=f"Take the key, or a DTO of schemas, instead of {parameter.name}.",
                )


def unannotated(subject: Subject) -> Iterator[Finding]:
    """L306: the signature of a public function is not annotated in full."""
    for _, function in _public(subject):
        if function.name.startswith("__"):
            continue
        missing = [
            one.name for one in function.parameters if one.annotation is None and not _is_self(one.name, function)
        ]
        if function.returns is None:
            missing.append("what it returns")
        if missing:
            yield Finding(
                line=function.line,
                column=function.column,
                symbol=function.qualname,
                target=function.qualname,
                message=f"{function.qualname} is public and has no annotation for {', '.join(missing)}.",
                hint="Annotate the whole signature: it is the contract that services are written against.",
            )


def _is_self(name: str, function: FunctionFacts) -> bool:
    return "." in function.qualname and name == function.parameters[0].name and name in {"self", "cls"}


def _public(subject: Subject, *, with_init: bool = False) -> Iterator[tuple[Trace, FunctionFacts]]:
    for trace in subject.traces:
        function = trace.function
        if function is None or not function.is_public or _is_query_class(subject, trace):
            continue
        if with_init or function.name != "__init__":
            yield trace, function


def _is_query_class(subject: Subject, trace: Trace) -> bool:
    """Tell whether a method belongs to a manager or a QuerySet, which is part of the ORM itself."""
    if trace.owner is None:
        return False
    return subject.inference.types.instance(trace.owner).kind in {Kind.QUERYSET, Kind.MANAGER}
