"""L410: the signature of a service that names the ORM."""

from collections.abc import Iterator

from django_layers.architecture.inference.values import Kind, Value
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import described

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Find parameters and results of a service that are of the ORM by their annotations."""
    for trace in subject.traces:
        function = trace.function
        if function is None:
            continue
        for parameter in function.parameters:
            found = subject.inference.carried(trace.parameters.get(parameter.name, Value(Kind.UNKNOWN)))
            if found is not None and parameter.annotation is not None:
                yield Finding(
                    line=parameter.line,
                    column=parameter.column,
                    symbol=function.qualname,
                    target=found.of,
                    message=f"{function.qualname} takes {described(found)} as {parameter.name}.",
                    hint=f"Take the key, or a DTO of schemas, instead of {parameter.name}.",
                )
        found = subject.inference.carried(trace.returns)
        if found is not None and function.returns is not None:
            yield Finding(
                line=function.returns.line,
                column=function.returns.column,
                symbol=function.qualname,
                target=found.of,
                message=f"{function.qualname} says that it returns {described(found)}.",
                hint="Return a DTO of schemas, as the repository hands it out.",
            )
