"""Which layer of which app a module belongs to."""

from typing import NamedTuple

from django_layers.architecture.configuration.layout import Layout
from django_layers.layers import LAYERS

__all__ = ["ENTRY_POINTS", "UNASSIGNED", "WAYS_IN", "Place", "allowed_imports", "is_layer", "may_import", "part_of"]

_MAY_IMPORT = {layer.name: frozenset(layer.may_import) for layer in LAYERS}

_CALLERS = frozenset({"dependencies", "services", "schemas", "types"})
_WITH_MODELS = _CALLERS | {"models"}

ENTRY_POINTS = {
    "views": _CALLERS,
    "urls": _CALLERS | {"api"},
    "tasks": _CALLERS,
    "management": _CALLERS,
    "templatetags": _CALLERS,
    # Django asks for the class of the model here.
    "admin": _WITH_MODELS,
    "forms": _WITH_MODELS,
    "signals": _WITH_MODELS,
}
"""The other ways into an app, which are none of its layers, and what each may import of it."""

WAYS_IN = frozenset(ENTRY_POINTS) - {"tasks", "signals"}
"""The other ways in that no layer may import: nothing in them is for anybody but Django. Tasks and signals are sent."""

_UNCHECKED = frozenset({"apps", "migrations", "tests", "conftest"})

UNASSIGNED = "unassigned"
"""The part of an app that is neither a layer nor a kind of module that Django knows."""

PACKAGE = "package"


class Place(NamedTuple):
    """Where a module stands.

    Attributes:
        app: the dotted package of its layered app; empty where it is in none.
        part: a layer ("repositories.orm"), one of the kinds of module that Django knows ("views"), `UNASSIGNED`, or
            empty outside of layered apps.
    """

    app: str = ""
    part: str = ""

    @property
    def layer(self) -> str:
        """The layer; empty where the module is in none."""
        return self.part if self.part in _MAY_IMPORT else ""


def part_of(inside: tuple[str, ...], layout: Layout) -> str:
    """Return the part of an app that a module belongs to.

    Args:
        inside: the parts of its dotted name after the app's package.
        layout: where the layers are.
    """
    if not inside:
        return PACKAGE
    if "tests" in inside:
        # Tests may lie beside what they test.
        return "tests"
    layer = layout.layer_of(inside)
    if layer:
        return layer
    first = inside[0]
    if first in ENTRY_POINTS or first in _UNCHECKED:
        return first
    if first.startswith("test"):
        return "tests"
    return UNASSIGNED


def is_layer(part: str) -> bool:
    """Tell whether a part of an app is one of its layers."""
    return part in _MAY_IMPORT


def may_import(source: str, target: str) -> bool:
    """Tell whether a module of one part of an app may import one of another part of it.

    Args:
        source: the part that imports.
        target: the layer that is imported.
    """
    if source == target:
        return True
    allowed = _MAY_IMPORT.get(source) or ENTRY_POINTS.get(source)
    if allowed is None:
        return source not in _MAY_IMPORT
    return target in allowed


def allowed_imports(part: str) -> tuple[str, ...]:
    """Return the layers of its own app that a part of an app may import, in the order of the table."""
    return tuple(layer.name for layer in LAYERS if may_import(part, layer.name))
