"""The layers of an app: which there are, what each may import, in one table.

The generator places files by it, the checker enforces it, and the documentation prints it.
"""

from typing import NamedTuple

__all__ = ["LAYERS", "Layer"]


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
