"""What an endpoint answers to, and what a repository asks."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Several, Text
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import rows_of
from django_layers.architecture.map.atlas import Endpoint, Query
from django_layers.architecture.map.mounts import Mounts, joined
from django_layers.architecture.names.symbols import ClassSymbol, Module
from django_layers.architecture.rules.wording import spelled

__all__ = ["endpoints_of", "queries_of"]

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_REPOSITORIES = frozenset({"repositories", "repositories.orm"})


def endpoints_of(module: Module, mounts: Mounts) -> Iterator[Endpoint]:
    """Walk the functions of a module that a router declares, once for each place that it is mounted at."""
    if module.source.place.part not in {"api", "views"}:
        return
    for statement in module.facts.body:
        if isinstance(statement, FunctionFacts):
            for decorator in statement.decorators:
                for router, method, path in _routes(decorator):
                    for prefix in mounts.prefixes(router, module):
                        whole = joined(prefix, path) or "/"
                        yield Endpoint(module.name, statement.line, method, whole, statement.name)


def queries_of(module: Module, inference: Inference) -> Iterator[Query]:
    """Walk the public methods of the repositories of a module."""
    if module.source.place.part not in _REPOSITORIES:
        return
    for statement in module.facts.body:
        if isinstance(statement, ClassFacts):
            for function in statement.body:
                if isinstance(function, FunctionFacts) and function.is_public and not function.name.startswith("__"):
                    trace = inference.trace(module, function, ClassSymbol(module, statement))
                    yield Query(module.name, function.line, function.qualname, tuple(_asked(trace)))


def _routes(decorator: Expression) -> Iterator[tuple[Expression, str, str]]:
    """Walk the router, the method and the path of each route that a decorator declares."""
    if not isinstance(decorator, Call) or not isinstance(decorator.function, Attribute) or not decorator.arguments:
        return
    first = decorator.arguments[0]
    if decorator.function.name in _METHODS and isinstance(first, Text):
        yield decorator.function.value, decorator.function.name.upper(), first.value
    elif decorator.function.name == "api_operation" and isinstance(first, Several) and len(decorator.arguments) > 1:
        path = decorator.arguments[1]
        for one in first.items:
            if isinstance(one, Text) and isinstance(path, Text):
                yield decorator.function.value, one.value, path.value


def _asked(trace: Trace) -> Iterator[str]:
    """Walk the chains of methods of QuerySets in a function, each whole."""
    asked = [
        called.at for called in trace.calls if called.function.inner is not None and rows_of(called.function.inner)
    ]
    inner = {id(one.function.value) for one in asked if isinstance(one.function, Attribute)}
    yield from dict.fromkeys(spelled(one) for one in asked if id(one) not in inner)
