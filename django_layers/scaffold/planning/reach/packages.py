"""Who reads a module as an attribute of a package: `from recipes import services`, and then `services.rating`."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django_layers.scaffold.planning.reach.importing import Import, may_import_from_package
from django_layers.scaffold.planning.reach.modules import Modules

__all__ = ["Packages"]

_IMPORTED = re.compile(rb"import\b([^\n\\]*(?:\\\r?\n[^\n\\]*)*)")


@dataclass(frozen=True, slots=True)
class _Read:
    """What a module reads of something that it has by a name.

    Attributes:
        of: what the name stands for, dotted and absolute: "recipes.services".
        dotted: that with the attributes that are read of it: "recipes.services.rating.RatingService".
    """

    of: str
    dotted: str

    def leads_to(self, module: str) -> bool:
        """Tell whether a package that a module is in is read, and of it the module, or nothing that is said here."""
        if not module.startswith(f"{self.of}."):
            return False
        return f"{self.dotted}.".startswith(f"{module}.") or module.startswith(f"{self.dotted}.")


class Packages:
    """The packages of a project, as its modules have them by a name.

    Args:
        modules: the modules of the project.
    """

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._having: dict[str, tuple[str, ...]] = {}
        self._read: dict[str, frozenset[_Read]] = {}
        self._imported: dict[str, bytes] = {}

    def readers(self, module: str) -> Iterator[str]:
        """Give the modules that may read a module as an attribute of a package that it is in.

        A module does where it has the package by a name, and reads the module of it, or does something else with it than
        to read another attribute: it passes it on, or asks it for a name that is worked out at run time.

        Args:
            module: the dotted name of the module.

        Raises:
            UnknowableError: a module that may have such a package by a name doesn't parse.
        """
        package = module.rpartition(".")[0]
        while package:
            for name in self._modules_having(package):
                if name != module and any(read.leads_to(module) for read in self._reads_of(name)):
                    yield name
            package = package.rpartition(".")[0]

    def _modules_having(self, package: str) -> tuple[str, ...]:
        if package not in self._having:
            said, contents = package.encode(), self._modules.contents
            imported = re.compile(rb"\b%s\b" % re.escape(said)).search
            sayings = (*_sayings(re.escape(said)),)
            may_import = may_import_from_package(package)
            # Of most of the thousands of modules of a large project one look at the text says that they have not.
            self._having[package] = tuple(
                name
                for name in self._modules.saying(package.rpartition(".")[2])
                if name in self._modules.relative
                or may_import(contents[name])
                or (
                    said in contents[name]
                    and (
                        imported(self._imported_in(name)) is not None
                        or any(each.search(contents[name]) is not None for each in sayings)
                    )
                )
            )
        return self._having[package]

    def _imported_in(self, name: str) -> bytes:
        """Return what stands behind `import` in a module: a small part of it, which is looked at once for each package."""
        if name not in self._imported:
            self._imported[name] = b"\n".join(_IMPORTED.findall(self._modules.contents[name]))
        return self._imported[name]

    def _reads_of(self, name: str) -> frozenset[_Read]:
        if name not in self._read:
            self._read[name] = frozenset(_reads(self._modules.tree(name), self._modules.imports(name)))
        return self._read[name]


def _sayings(name: bytes) -> Iterator[re.Pattern[bytes]]:
    """Give what a module says, besides `from a import b` and `import a.b`, that has the package `a.b` by a name."""
    # Each begins with a literal, and an alternative of them would not: that is ten times as fast.
    yield re.compile(rb"%s\s+import\s*\(?\s*\*" % name)
    yield from (re.compile(quote + name + quote) for quote in (b'"', b"'"))


def _reads(tree: ast.Module, imports: Iterable[Import]) -> Iterator[_Read]:
    names: dict[str, set[str]] = defaultdict(set)
    chains = {*_chains(tree)}
    to_pass_on: dict[str, set[str]] = defaultdict(set)
    for each in imports:
        if each.name == "*":
            yield _Read(each.module, each.module)
        elif not each.bound:
            # A string: the whole name of a package, or an annotation in quotes.
            if not each.name:
                yield _Read(each.module, each.module)
                chains.add(each.module)
        elif each.name or each.bound != each.module.partition(".")[0]:
            module = f"{each.module}.{each.name}" if each.name else each.module
            names[each.bound].add(module)
            to_pass_on[each.bound].add(module)
        else:
            names[each.bound].add(each.bound)
    for chain in chains:
        first, *attributes = chain.split(".")
        yield from (_Read(module, ".".join((module, *attributes))) for module in names.get(first, ()))
        to_pass_on.pop(first, None)
    # What nothing is read of here was imported for others, who read it of this module.
    yield from (_Read(module, module) for modules in to_pass_on.values() for module in modules)


def _chains(tree: ast.Module) -> Iterator[str]:
    """Give the names that a module reads, each with all the attributes that are read of it in a row."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
            attributes: list[str] = []
            of: ast.expr = node
            while isinstance(of, ast.Attribute):
                attributes.insert(0, of.attr)
                of = of.value
                inner.add(id(of))
            if isinstance(of, ast.Name) and isinstance(of.ctx, ast.Load):
                yield ".".join((of.id, *attributes))
