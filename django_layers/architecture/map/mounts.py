"""Where routers are mounted: by other routers, by API objects, and by the urls of the project."""

from collections.abc import Iterator
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Attribute, Call, Either, Expression, Several, Text
from django_layers.architecture.facts.statements import Assigned, Evaluated
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Alias, Module
from django_layers.architecture.names.top_level import statements_below

__all__ = ["Mounts", "joined"]

_PATHS = frozenset({"path", "re_path", "url"})
_URLPATTERNS = "urlpatterns"


class _Point(NamedTuple):
    """What something can be mounted at: a router or an API object, or the patterns of a module of urls."""

    module: str
    name: str


class Mounts:
    """Where the routers of a project are mounted, as far as its top levels say so.

    Args:
        project: the modules.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._mounted: dict[_Point, list[tuple[_Point, str]]] = {}
        for module in project.modules.values():
            for statement in statements_below(module.facts.body):
                if isinstance(statement, Evaluated):
                    self._read_router(statement.value, module)
                elif isinstance(statement, Assigned) and statement.value is not None and _are_urls(statement):
                    self._read_patterns(statement.value, module, "")

    def prefixes(self, router: Expression, module: Module) -> tuple[str, ...]:
        """Return what the paths of a router begin with, once for each place that it is mounted at.

        Args:
            router: what stands before `.get(...)`.
            module: where it stands.
        """
        point = self._point(router, module)
        return tuple(dict.fromkeys(self._above(point, ()))) if point else ("",)

    def _above(self, point: _Point, below: tuple[_Point, ...]) -> Iterator[str]:
        mounted = self._mounted.get(point)
        if mounted is None:
            yield ""
            return
        for at, prefix in mounted:
            # Nothing is mounted below itself.
            if at not in (*below, point):
                yield from (joined(above, prefix) for above in self._above(at, (*below, point)))

    def _mount(self, what: _Point | None, at: _Point | None, prefix: str) -> None:
        if what is not None and at is not None:
            self._mounted.setdefault(what, []).append((at, prefix))

    def _read_router(self, expression: Expression, module: Module) -> None:
        """Read `api.add_router("/recipes", router)`."""
        if not isinstance(expression, Call) or not isinstance(expression.function, Attribute):
            return
        if expression.function.name == "add_router":
            prefix, router = _argument(expression, 0, "prefix"), _argument(expression, 1, "router")
            if isinstance(prefix, Text) and router is not None:
                what = self._named(router.value, module) if isinstance(router, Text) else self._point(router, module)
                self._mount(what, self._point(expression.function.value, module), prefix.value)

    def _read_patterns(self, expression: Expression, module: Module, prefix: str) -> None:
        """Read `[path("api/", api.urls), path("shop/", include("shop.urls"))]`."""
        if isinstance(expression, Several | Either):
            # `urlpatterns += [...]` is either of them.
            for one in expression.items:
                self._read_patterns(one, module, prefix)
        if not isinstance(expression, Call) or _called(expression) not in _PATHS:
            return
        route, view = _argument(expression, 0, "route"), _argument(expression, 1, "view")
        if not isinstance(route, Text) or view is None:
            return
        here, prefix = _Point(module.name, _URLPATTERNS), joined(prefix, route.value.strip("^$"))
        if isinstance(view, Attribute) and view.name == "urls":
            self._mount(self._point(view.value, module), here, prefix)
        elif isinstance(view, Call) and _called(view) == "include" and view.arguments:
            self._include(view.arguments[0], module, here, prefix)

    def _include(self, included: Expression, module: Module, here: _Point, prefix: str) -> None:
        if isinstance(included, Text):
            found = self._project.module(included.value, module)
        else:
            symbol = self._project.symbol(included, module)
            found = symbol if isinstance(symbol, Module) else None
            if found is None:
                self._read_patterns(symbol.value if isinstance(symbol, Alias) else included, module, prefix)
        if found is not None:
            self._mount(_Point(found.name, _URLPATTERNS), here, prefix)

    def _point(self, expression: Expression, module: Module) -> _Point | None:
        symbol = self._project.symbol(expression, module)
        return _Point(symbol.module.name, symbol.name) if isinstance(symbol, Alias) else None

    def _named(self, dotted: str, near: Module) -> _Point | None:
        name, _, variable = dotted.rpartition(".")
        module = self._project.module(name, near)
        symbol = self._project.final(self._project.resolve(variable, module)) if module else None
        return _Point(symbol.module.name, symbol.name) if isinstance(symbol, Alias) else None


def joined(*parts: str) -> str:
    """Return a path made of parts, with one slash between each and one at its beginning; empty for no part."""
    inner = "/".join(part.lstrip("/") if part.strip("/") else "" for part in parts if part)
    while "//" in inner:
        inner = inner.replace("//", "/")
    return f"/{inner.lstrip('/')}" if any(parts) else ""


def _are_urls(statement: Assigned) -> bool:
    return any(getattr(one, "id", "") == _URLPATTERNS for one in statement.targets)


def _called(call: Call) -> str:
    return getattr(call.function, "name", getattr(call.function, "id", ""))


def _argument(call: Call, position: int, name: str) -> Expression | None:
    if position < len(call.arguments):
        return call.arguments[position]
    return next((one.value for one in call.keywords if one.name == name), None)
