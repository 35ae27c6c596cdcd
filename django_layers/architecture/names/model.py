"""A model as its class says it, and the relations of models that are not read."""

from typing import NamedTuple

from django_layers.architecture.facts.expressions import Call
from django_layers.architecture.facts.statements import Assigned, ClassFacts
from django_layers.architecture.names.symbols import ClassSymbol

__all__ = ["Model", "ModelField", "Related"]


class ModelField(NamedTuple):
    """A field as a model declares it.

    Attributes:
        name: its name.
        kind: its class, "CharField".
        call: what it is made by.
        owner: the class that declares it, which may be an abstract one.
        line: where it stands.
        column: where it stands.
    """

    name: str
    kind: str
    call: Call
    owner: ClassSymbol
    line: int
    column: int


class Related:
    """What has relations: a model, or one that others lead to and that is not read.

    Attributes:
        to_one: names of the attributes that lead to one row of another model, with the name of its class.
        to_many: the same for those that lead to many rows.
    """

    def __init__(self) -> None:
        self.to_one: dict[str, str] = {}
        self.to_many: dict[str, str] = {}


class Model(Related):
    """A model.

    Attributes:
        symbol: its class.
        columns: names of its other fields.
        fields: every field that it or an abstract class of it declares, by name.
    """

    def __init__(self, symbol: ClassSymbol) -> None:
        super().__init__()
        self.symbol = symbol
        self.columns: set[str] = set()
        self.fields: dict[str, ModelField] = {}

    @property
    def name(self) -> str:
        """Its dotted name."""
        return self.symbol.name

    @property
    def is_abstract(self) -> bool:
        """Whether it has no table, and is there to be derived from."""
        return self._has_option("abstract")

    @property
    def is_proxy(self) -> bool:
        """Whether it has the table of the model that it derives from."""
        return self._has_option("proxy")

    def _has_option(self, name: str) -> bool:
        metas = [one for one in self.symbol.facts.body if isinstance(one, ClassFacts) and one.name == "Meta"]
        return any(
            isinstance(statement, Assigned) and any(getattr(one, "id", "") == name for one in statement.targets)
            for meta in metas
            for statement in meta.body
        )
