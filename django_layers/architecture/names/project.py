"""The modules of a project, and what the names in them stand for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Item, Name, dotted
from django_layers.architecture.facts.statements import (
    Assigned,
    ClassFacts,
    FunctionFacts,
    Import,
    ModuleFacts,
    Statement,
)
from django_layers.architecture.names.symbols import (
    Alias,
    ClassSymbol,
    External,
    FunctionSymbol,
    Module,
    Symbol,
)
from django_layers.architecture.names.top_level import as_module
from django_layers.architecture.tree.discovery import Source
from django_layers.architecture.tree.places import Place

__all__ = ["Project"]

_HOPS = 40


class Project:
    """Every module of a project, by name, with the first parts of the names and the places that there are.

    Args:
        modules: the facts of each module that could be read.
        aliases: the names of modules by the folder that a dotted name starts in and that name.
    """

    def __init__(self, modules: Iterable[tuple[Source, ModuleFacts]], aliases: Mapping[tuple[Path, str], str]) -> None:
        known = {source.name: as_module(source, facts) for source, facts in modules}
        named_at: dict[Place, list[str]] = {}
        for module in known.values():
            named_at.setdefault(module.source.place, []).append(module.name)
        self._set(known, named_at, aliases)

    @classmethod
    def over(
        cls,
        modules: Mapping[str, Module],
        named_at: Mapping[Place, Sequence[str]],
        aliases: Mapping[tuple[Path, str], str],
    ) -> "Project":
        """Return the project of modules that need not all have been read.

        Args:
            modules: gives the modules by name, and tells which there are without reading them.
            named_at: the names of the modules that stand in each place.
            aliases: the names of modules by the folder that a dotted name starts in and that name.
        """
        project = cls.__new__(cls)
        project._set(modules, named_at, aliases)
        return project

    def _set(
        self,
        modules: Mapping[str, Module],
        named_at: Mapping[Place, Sequence[str]],
        aliases: Mapping[tuple[Path, str], str],
    ) -> None:
        self.modules = modules
        self.top_names = frozenset(name.partition(".")[0] for name in self.modules)
        self.named_at = named_at
        self._aliases = aliases
        self._anywhere: dict[str, str] = {}
        for (_, alias), name in aliases.items():
            self._anywhere.setdefault(alias, name)
        self._symbols: dict[tuple[str, str], Symbol | None] = {}
        # The facts live as long as this does, so what stands at one address stays the same.
        self._ancestors: dict[int, tuple[ClassSymbol, ...]] = {}
        self._external_bases: dict[int, frozenset[str]] = {}
        self._following: set[tuple[str, str]] = set()
        # A module may define two classes of one name.
        self._members: dict[int, dict[str, Statement]] = {}
        self._exports: dict[tuple[str, str], tuple[Symbol, tuple[str, ...]] | None] = {}

    def module(self, name: str, near: Module) -> Module | None:
        """Return the module that a dotted name means where another module imports it."""
        found = self._aliases.get((near.source.root, name))
        return self.modules.get(found or name) or self.modules.get(self._anywhere.get(name, ""))

    def module_name(self, name: str, near: Module) -> str | None:
        """Return the name of the module that a dotted name means where another module imports it, without reading it."""
        found = self._aliases.get((near.source.root, name)) or name
        if found in self.modules:
            return found
        elsewhere = self._anywhere.get(name, "")
        return elsewhere if elsewhere in self.modules else None

    def absolute(self, one: Import, within: Module) -> str:
        """Return the module of an import without leading dots."""
        if not one.level:
            return one.module
        base = within.name.split(".") if within.source.is_package else within.name.split(".")[:-1]
        kept = base[: len(base) - (one.level - 1)]
        return ".".join([*kept, one.module] if one.module else kept)

    def imported(self, one: Import, within: Module) -> Symbol | None:
        """Return what an import stands for; None where there is no such name in a module of the project."""
        followed = self.followed(one, within)
        return followed[0] if followed else None

    def followed(self, one: Import, within: Module) -> tuple[Symbol, tuple[str, ...]] | None:
        """Return what an import stands for, and the modules that it is handed on by, the defining one last."""
        name = self.absolute(one, within)
        if not one.name:
            bound = name if one.bound != name.partition(".")[0] else one.bound
            found = self.module(bound, within)
            return (found, ()) if found else (External(bound), ())
        return self._member_of(name, one.name, within, 0)

    def resolve(self, name: str, within: Module) -> Symbol | None:
        """Return what a name at the top level of a module stands for; None where nothing binds it."""
        followed = self._exported(within, name, 0)
        return followed[0] if followed else None

    def attribute(self, symbol: Symbol, name: str, near: Module) -> Symbol | None:
        """Return what an attribute of a module, a class or something external stands for, where another module reads it."""
        match symbol:
            case Module():
                followed = self._member_of(symbol.name, name, symbol, 0)
                return followed[0] if followed else None
            case External():
                # A folder without `__init__` is no module, and leads to some.
                full = f"{symbol.name}.{name}"
                return self.module(full, near) or External(full)
            case ClassSymbol():
                inner = [one for one in symbol.facts.body if isinstance(one, ClassFacts) and one.name == name]
                return ClassSymbol(symbol.module, inner[-1]) if inner else None
            case _:
                return None

    def symbol(self, expression: Expression, within: Module) -> Symbol | None:
        """Return what a name, a chain of attributes or a generic type with arguments stands for in a module."""
        while isinstance(expression, Item):
            expression = expression.value
        if isinstance(expression, Name):
            key = (within.name, expression.id)
            if key not in self._symbols:
                self._symbols[key] = self.final(self.resolve(expression.id, within))
            return self._symbols[key]
        if isinstance(expression, Attribute):
            start = self.symbol(expression.value, within)
            return self.final(self.attribute(start, expression.name, within)) if start else None
        return None

    def final(self, symbol: Symbol | None) -> Symbol | None:
        """Follow names that stand for other names: `Meal = Recipe`."""
        if not isinstance(symbol, Alias) or not dotted(symbol.value):
            return symbol
        key = (symbol.module.name, symbol.name)
        if key in self._following:
            # `A = B` and `B = A` stand for nothing.
            return None
        self._following.add(key)
        found = self.symbol(symbol.value, symbol.module)
        self._following.discard(key)
        return found

    def ancestors(self, symbol: ClassSymbol) -> tuple[ClassSymbol, ...]:
        """Return a class and the classes of the project that it derives from, the nearest first."""
        key = id(symbol.facts)
        if key not in self._ancestors:
            found, waiting = {symbol.name: symbol}, [symbol]
            for one in waiting:
                bases = [self.symbol(base, one.module) for base in _bases(one.facts)]
                new = [base for base in bases if isinstance(base, ClassSymbol) and base.name not in found]
                found.update((base.name, base) for base in new)
                waiting += new
            self._ancestors[key] = tuple(found.values())
        return self._ancestors[key]

    def external_bases(self, symbol: ClassSymbol) -> frozenset[str]:
        """Return the names of what a class derives from outside of the project, "typing.Protocol" or "Exception"."""
        key = id(symbol.facts)
        if key not in self._external_bases:
            found = set()
            for one in self.ancestors(symbol):
                for base in (*_bases(one.facts), *(keyword.value for keyword in one.facts.keywords)):
                    target = self.symbol(base, one.module)
                    if isinstance(target, External):
                        found.add(target.name)
                    elif target is None:
                        found.add(dotted(base.value if isinstance(base, Item) else base))
            self._external_bases[key] = frozenset(found)
        return self._external_bases[key]

    def member(self, symbol: ClassSymbol, name: str) -> "tuple[ClassSymbol, Statement] | None":
        """Return what a class or the nearest of its ancestors binds a name to: the last statement that does."""
        for one in self.ancestors(symbol):
            found = self._members_of(one).get(name)
            if found is not None:
                return one, found
        return None

    def _members_of(self, symbol: ClassSymbol) -> "dict[str, Statement]":
        key = id(symbol.facts)
        if key not in self._members:
            found: dict[str, Statement] = {}
            for statement in symbol.facts.body:
                if isinstance(statement, FunctionFacts | ClassFacts):
                    found[statement.name] = statement
                elif isinstance(statement, Assigned):
                    found.update((target.id, statement) for target in statement.targets if isinstance(target, Name))
            self._members[key] = found
        return self._members[key]

    def definitions(self, place: Place | None = None) -> Iterator[ClassSymbol]:
        """Walk the classes at the top level of every module, or of those of one part of one app."""
        names: Iterable[str] = self.modules if place is None else self.named_at.get(place, ())
        for name in names:
            yield from self.definitions_in(name)

    def definitions_in(self, name: str) -> Iterator[ClassSymbol]:
        """Walk the classes at the top level of a module."""
        module = self.modules[name]
        for bound in module.names.values():
            if isinstance(bound, ClassFacts):
                yield ClassSymbol(module, bound)

    def _member_of(self, module: str, name: str, within: Module, hops: int) -> tuple[Symbol, tuple[str, ...]] | None:
        found = self.module(module, within)
        if found is None:
            inner = self.module(f"{module}.{name}", within)
            if inner:
                return inner, (inner.name,)
            return (External(f"{module}.{name}"), ()) if hops < _HOPS else None
        exported = self._exported(found, name, hops)
        if exported:
            return exported[0], (found.name, *exported[1])
        inner = self.module(f"{found.name}.{name}", within)
        return (inner, (found.name,)) if inner else None

    def _exported(self, module: Module, name: str, hops: int) -> tuple[Symbol, tuple[str, ...]] | None:
        key = (module.name, name)
        if key not in self._exports:
            if hops > _HOPS:
                return None
            # A circle of imports ends where it comes back.
            self._exports[key] = None
            self._exports[key] = self._bound(module, name, hops)
        return self._exports[key]

    def _bound(self, module: Module, name: str, hops: int) -> tuple[Symbol, tuple[str, ...]] | None:
        bound = module.names.get(name)
        match bound:
            case None:
                return self._starred(module, name, hops)
            case Import():
                if not bound.name:
                    return self.followed(bound, module)
                return self._member_of(self.absolute(bound, module), bound.name, module, hops + 1)
            case ClassFacts():
                return ClassSymbol(module, bound), ()
            case FunctionFacts():
                return FunctionSymbol(module, bound), ()
            case _:
                return Alias(module, name, bound), ()

    def _starred(self, module: Module, name: str, hops: int) -> tuple[Symbol, tuple[str, ...]] | None:
        if name.startswith("_"):
            return None
        for star in module.stars:
            target = self.module(self.absolute(star, module), module)
            exported = self._exported(target, name, hops + 1) if target and target is not module else None
            if target and exported:
                return exported[0], (target.name, *exported[1])
        return None


def _bases(facts: ClassFacts) -> Iterator[Expression]:
    """Walk what a class derives from; `Manager.from_queryset(RecipeQuerySet)` has the methods of both."""
    for base in facts.bases:
        if isinstance(base, Call) and isinstance(base.function, Attribute) and base.function.name == "from_queryset":
            yield base.function.value
            yield from base.arguments
        else:
            yield base
