"""What a name can stand for, once it is followed to the end."""

from typing import NamedTuple, TypeAlias

from django_layers.architecture.facts.expressions import Expression
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts, Import, ModuleFacts
from django_layers.architecture.tree.discovery import Source

__all__ = ["Alias", "ClassSymbol", "External", "FunctionSymbol", "Module", "Symbol"]


class Module:
    """A module of the project.

    Attributes:
        source: where it is.
        facts: what it says.
        names: what its top level binds: an import, a definition, or the expression that is assigned.
        stars: its `from x import *`.
        name: its dotted name.
    """

    __slots__ = ("facts", "name", "names", "source", "stars")

    def __init__(
        self, source: Source, facts: ModuleFacts, names: "dict[str, Bound]", stars: tuple[Import, ...]
    ) -> None:
        self.source = source
        self.facts = facts
        self.names = names
        self.stars = stars
        self.name = source.name


class ClassSymbol:
    """A class of the project.

    Attributes:
        module: where it stands.
        facts: what it says.
        name: its dotted name, the module's included.
    """

    __slots__ = ("facts", "module", "name")

    def __init__(self, module: Module, facts: ClassFacts) -> None:
        self.module = module
        self.facts = facts
        self.name = f"{module.name}.{facts.qualname}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClassSymbol) and self.module is other.module and self.facts == other.facts

    def __hash__(self) -> int:
        return hash(self.name)


class FunctionSymbol(NamedTuple):
    """A function or method of the project; the class is the one that it was found in."""

    module: Module
    facts: FunctionFacts
    owner: ClassSymbol | None = None

    @property
    def name(self) -> str:
        """Its dotted name, the module's included."""
        return f"{self.module.name}.{self.facts.qualname}"


class Alias(NamedTuple):
    """A name of a module that stands for an expression there: `Rows = list[Recipe]`."""

    module: Module
    name: str
    value: Expression


class External(NamedTuple):
    """Something outside of the project, by its dotted name: "django.db.models.Model"."""

    name: str


Bound: TypeAlias = "Import | ClassFacts | FunctionFacts | Expression"
Symbol: TypeAlias = Module | ClassSymbol | FunctionSymbol | Alias | External
