"""The layers of an app: which there are, what each may import, in one table.

The generator places files by it, the checker enforces it, and the documentation prints it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

__all__ = ["LAYERS", "MARKERS", "NAMES", "Layer", "flattened", "layer_at"]


class Layer(NamedTuple):
    """One layer of an app.

    Attributes:
        name: the module or package of the app that holds it.
        may_import: names of the layers of the same app it may import.
        holds: what belongs there, one phrase.
    """

    name: str
    may_import: tuple[str, ...]
    holds: str


LAYERS: tuple[Layer, ...] = (
    Layer("types", (), "enumerations, value types, the app's own errors"),
    Layer("models", ("types",), "tables, relations, constraints, indexes"),
    Layer("schemas", ("types",), "Pydantic DTOs: requests, responses, and what services hand to repositories"),
    Layer("repositories", ("schemas", "types"), "what services may ask of stored rows, as protocols"),
    Layer(
        "repositories.orm",
        ("repositories", "models", "schemas", "types"),
        "every query of an entity",
    ),
    Layer("gateways", ("schemas", "types"), "outside systems, a protocol each"),
    Layer(
        "services",
        ("repositories", "gateways", "schemas", "types"),
        "business rules, transactions, who may do what",
    ),
    Layer(
        "dependencies",
        ("services", "repositories", "repositories.orm", "gateways", "models", "schemas", "types"),
        "the composition root: which implementation each service gets",
    ),
    Layer("api", ("dependencies", "schemas", "types"), "django-ninja routers: HTTP in, one service call, HTTP out"),
)

NAMES: Mapping[str, tuple[str, ...]] = {
    **{layer.name: (layer.name,) for layer in LAYERS},
    "repositories.orm": ("repositories.orm", "repositories_orm"),
}
"""The modules and packages that hold each layer, inside of an app; dots for what is deeper."""

MARKERS = frozenset({"models", "schemas", "repositories", "services", "api"})
"""The layers of which a package must have two to count as layered."""


def layer_at(inside: Sequence[str], names: Mapping[str, Sequence[str]]) -> str:
    """Return the layer of a module; empty where it is in none.

    Args:
        inside: the parts of its name inside of its app.
        names: for every layer the modules and packages that hold it; the longest name that fits counts.
    """
    best, layer = 0, ""
    for name, held in names.items():
        for one in held:
            parts = one.split(".")
            if len(parts) > best and list(inside[: len(parts)]) == parts:
                best, layer = len(parts), name
    return layer


def flattened(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Walk the values of a table of a configuration: `repositories.orm = [...]` without quotes is a table in a table."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
