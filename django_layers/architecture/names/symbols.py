"""What a name can stand for, once it is followed to the end."""

from dataclasses import dataclass
from typing import TypeAlias

from django_layers.architecture.facts.expressions import Expression
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts, Import, ModuleFacts
from django_layers.architecture.tree.discovery import Source

__all__ = ["Alias", "ClassSymbol", "External", "FunctionSymbol", "Module", "Symbol"]


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A module of the project.

    Attributes:
        source: where it is.
        facts: what it says.
        names: what its top level binds: an import, a definition, or the expression that is assigned.
        stars: its `from x import *`.
    """

    source: Source
    facts: ModuleFacts
    names: "dict[str, Import | ClassFacts | FunctionFacts | Expression]"
    stars: tuple[Import, ...]

    @property
    def name(self) -> str:
        """Its dotted name."""
        return self.source.name


@dataclass(frozen=True, slots=True)
class ClassSymbol:
    """A class of the project."""

    module: Module
    facts: ClassFacts

    @property
    def name(self) -> str:
        """Its dotted name, the module's included."""
        return f"{self.module.name}.{self.facts.qualname}"


@dataclass(frozen=True, slots=True)
class FunctionSymbol:
    """A function or method of the project; the class is the one that it was found in."""

    module: Module
    facts: FunctionFacts
    owner: ClassSymbol | None = None

    @property
    def name(self) -> str:
        """Its dotted name, the module's included."""
        return f"{self.module.name}.{self.facts.qualname}"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a module that stands for an expression there: `Rows = list[Recipe]`."""

    module: Module
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class External:
    """Something outside of the project, by its dotted name: "django.db.models.Model"."""

    name: str


Symbol: TypeAlias = Module | ClassSymbol | FunctionSymbol | Alias | External
