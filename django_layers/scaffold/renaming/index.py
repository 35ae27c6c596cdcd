"""The modules of a project, parsed when they are asked for, and what a dotted name stands for in them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from django_layers.scaffold.edits.bindings import imported_origin
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit

__all__ = ["Function", "Index", "Module", "Symbol"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEPTH = 12


@dataclass(frozen=True)
class Module:
    """A module.

    Attributes:
        name: its dotted name.
        document: its text and tree.
        is_package: whether it is the `__init__` of a package.
    """

    name: str
    document: Document
    is_package: bool

    @cached_property
    def definitions(self) -> Mapping[str, ast.stmt]:
        """The classes, functions and values that it defines at its top level."""
        found: dict[str, ast.stmt] = {}
        for statement in self.document.tree.body:
            match statement:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found[name] = statement
                case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                    found[name] = statement
        return found

    @cached_property
    def imports(self) -> Mapping[str, str]:
        """What its imports stand for, dotted and absolute, wherever in it they are written."""
        found: dict[str, str] = {}
        for node in ast.walk(self.document.tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    found[alias.asname or alias.name.partition(".")[0]] = self.absolute(imported_origin(node, alias))
        return found

    def absolute(self, origin: str) -> str:
        """Return an imported name without the dots of a relative import."""
        bare = origin.lstrip(".")
        level = len(origin) - len(bare)
        if not level:
            return origin
        parts = self.name.split(".")
        kept = parts[: len(parts) - level + (1 if self.is_package else 0)]
        return ".".join([*kept, bare])


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a dotted name stands for.

    Attributes:
        name: its dotted name where it is defined.
        module: the module that defines it.
        node: its definition; None for a module.
    """

    name: str
    module: Module
    node: ast.stmt | None


@dataclass
class Index:
    """Finds modules by their dotted names.

    Attributes:
        roots: the folders that hold top-level packages, relative to the root of the project.
        read: returns what a file holds, or None.
        models: the dotted names of the classes of models, by label.
    """

    roots: tuple[PurePosixPath, ...]
    read: Callable[[PurePosixPath], bytes | None]
    models: Mapping[str, str] = field(default_factory=dict)
    _modules: dict[str, Module | None] = field(default_factory=dict)

    def module(self, name: str) -> Module | None:
        """Return a module of the project; None where there is none, or none that can be parsed."""
        if name not in self._modules:
            self._modules[name] = self._found(name)
        return self._modules[name]

    def with_module(self, module: Module) -> Index:
        """Return the index with another text of one module."""
        return Index(self.roots, self.read, self.models, {**self._modules, module.name: module})

    def name_of(self, path: PurePosixPath) -> str:
        """Return the dotted name of the module that a file is."""
        inside = [root for root in self.roots if path.is_relative_to(root)]
        root = max(inside, key=lambda each: len(each.parts), default=PurePosixPath())
        parts = list(path.relative_to(root).with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1:] == ["__init__"] else parts)

    def resolve(self, name: str, depth: int = 0) -> Symbol | None:
        """Follow a dotted name to its definition, through re-exports; None where it is none of the project's."""
        module = self.module(name)
        if module is not None:
            return Symbol(name, module, None)
        package, _, last = name.rpartition(".")
        if not package or depth > _DEPTH:
            return None
        owner = self.resolve(package, depth + 1)
        if owner is None or owner.node is not None:
            return None
        if last in owner.module.definitions:
            return Symbol(f"{owner.module.name}.{last}", owner.module, owner.module.definitions[last])
        origin = owner.module.imports.get(last)
        return self.resolve(origin, depth + 1) if origin is not None and origin != name else None

    def bases(self, symbol: Symbol) -> Iterator[Symbol]:
        """Give a class and those of its bases that the project defines, the nearest first."""
        pending, seen = [symbol], set()
        while pending:
            each = pending.pop(0)
            if each.name in seen or not isinstance(each.node, ast.ClassDef):
                continue
            seen.add(each.name)
            yield each
            for base in each.node.bases:
                target = base.value if isinstance(base, ast.Subscript) else base
                found = self.resolve(self.dotted(target, each.module))
                if found is not None:
                    pending.append(found)

    def dotted(self, node: ast.expr, module: Module) -> str:
        """Spell out a name or a chain of attributes as the module knows it; empty for anything else."""
        if isinstance(node, ast.Attribute):
            base = self.dotted(node.value, module)
            return f"{base}.{node.attr}" if base else ""
        if not isinstance(node, ast.Name):
            return ""
        if node.id in module.definitions:
            return f"{module.name}.{node.id}"
        return module.imports.get(node.id, node.id)

    def _found(self, name: str) -> Module | None:
        parts = name.split(".")
        if not all(parts):
            return None
        for root in self.roots:
            for path, is_package in (
                (root.joinpath(*parts, "__init__.py"), True),
                (root.joinpath(*parts[:-1], f"{parts[-1]}.py"), False),
            ):
                source = self.read(path)
                if source is None:
                    continue
                try:
                    return Module(name, Document.read(source), is_package)
                except CannotEdit:
                    return None
        return None
