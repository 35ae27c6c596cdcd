"""What the imports of a module lead to."""

from collections.abc import Iterator
from typing import NamedTuple

from django_layers.architecture.facts.statements import Import
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import (
    Alias,
    ClassSymbol,
    External,
    FunctionSymbol,
    Module,
    Symbol,
)

__all__ = ["Target", "imported_externals", "targets"]


class Target(NamedTuple):
    """One module that an import leads to.

    Attributes:
        one: the import.
        module: the module that is named, or the one that defines what is imported.
        symbol: what is imported.
        chain: the dotted names from what the import says to the module, both included.
        is_handed_on: whether other modules hand on what this one defines.
    """

    one: Import
    module: Module
    symbol: Symbol | None
    chain: tuple[str, ...]
    is_handed_on: bool = False

    @property
    def name(self) -> str:
        """The dotted name of what is imported, where it is defined."""
        return getattr(self.symbol, "name", "") or self.module.name


def targets(module: Module, project: Project) -> Iterator[Target]:
    """Walk the modules of the project that the imports of a module name, and those that define what is imported."""
    for one in module.facts.imports:
        if one.name == "*":
            found = project.module(project.absolute(one, module), module)
            if found is not None:
                yield Target(one, found, found, (found.name,))
            continue
        followed = project.followed(one, module)
        named = project.module(project.absolute(one, module), module)
        if one.name == "" and isinstance(named, Module):
            yield Target(one, named, named, (named.name,))
            continue
        if followed is None:
            if named is not None:
                yield Target(one, named, None, (named.name,))
            continue
        symbol, chain = followed
        symbol = project.final(symbol) or symbol
        home = _home(symbol)
        if (
            named is not None
            and home is not named
            and not (isinstance(symbol, Module) and symbol.name.startswith(named.name))
        ):
            yield Target(one, named, symbol, (named.name,))
        if home is not None:
            passed = tuple(dict.fromkeys((*chain, home.name)))
            is_inside = isinstance(symbol, Module) and named is not None and symbol.name.startswith(f"{named.name}.")
            handed_on = named is not None and home is not named and not is_inside
            yield Target(one, home, symbol, passed, is_handed_on=handed_on)


def imported_externals(module: Module, project: Project) -> Iterator[tuple[Import, str]]:
    """Walk the imports of what is outside of the project, with its dotted name, also where modules hand it on."""
    for one in module.facts.imports:
        symbol = project.imported(one, module) if one.name else None
        symbol = project.final(symbol) if symbol else None
        if isinstance(symbol, External):
            yield one, symbol.name
        elif (not one.name and project.module(one.module, module) is None) or (
            one.name == "*" and project.module(project.absolute(one, module), module) is None
        ):
            yield one, one.module


def _home(symbol: Symbol) -> Module | None:
    match symbol:
        case Module():
            return symbol
        case ClassSymbol() | FunctionSymbol() | Alias():
            return symbol.module
        case _:
            return None
