"""What an entity consists of: its own files, and its members in the files that entities share."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django_layers.scaffold.edits.members import read_fragment
from django_layers.scaffold.merging import is_unedited, is_unedited_member
from django_layers.scaffold.merging.members import Member, members
from django_layers.scaffold.merging.result import Unmergeable
from django_layers.scaffold.merging.source import Source
from django_layers.scaffold.plans.ledger import LedgerFile
from django_layers.scaffold.project.layout import AppLayout

__all__ = ["Part", "dotted_module", "parts_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of an entity's own, or one of its members in a shared file.

    Attributes:
        path: the file, relative to the root.
        member: the name of the member; empty for the whole file.
        module: the dotted name of the file's module.
        content: what the file holds now.
        is_edited: whether the part was changed by hand since it was generated.
    """

    path: PurePosixPath
    member: str
    module: str
    content: bytes
    is_edited: bool

    @property
    def place(self) -> str:
        """How options and messages name it."""
        return f"{self.path}::{self.member}" if self.member else str(self.path)

    @property
    def dotted(self) -> str:
        """The dotted name under which other modules use it."""
        return f"{self.module}.{self.member}" if self.member else self.module


def parts_of(root: Path, app: AppLayout, files: Iterable[LedgerFile]) -> tuple[Part, ...]:
    """Return the parts of what was generated that are still there.

    Args:
        root: the root of the project.
        app: the layout of the app that it was generated into.
        files: what was generated.
    """
    return tuple(part for file in files for part in _parts(root, app, file))


def dotted_module(path: PurePosixPath, app: AppLayout) -> str:
    """Return the dotted name of a module of an app; that of a file outside of it is empty."""
    if not path.is_relative_to(app.path):
        return ""
    parts = path.relative_to(app.path).with_suffix("").parts
    return ".".join([app.package, *(parts[:-1] if parts[-1:] == ("__init__",) else parts)])


def _parts(root: Path, app: AppLayout, file: LedgerFile) -> Iterator[Part]:
    place = root / file.path
    if not place.is_file():
        return
    content, generated = place.read_bytes(), file.text.encode()
    module = dotted_module(file.path, app)
    if file.is_whole:
        is_edited = not is_unedited(content, generated)
        yield Part(path=file.path, member="", module=module, content=content, is_edited=is_edited)
        return
    names = [piece.name for piece in read_fragment(generated)[1]]
    found, wanted = _members(content, names), _members(generated, names)
    for name in names:
        if found is None or wanted is None:
            yield Part(path=file.path, member=name, module=module, content=content, is_edited=True)
        elif name in found:
            is_edited = not is_unedited_member(found[name], wanted[name])
            yield Part(path=file.path, member=name, module=module, content=content, is_edited=is_edited)


def _members(source: bytes, names: Iterable[str]) -> Mapping[str, Member] | None:
    """Return members of a module by name; None where it is no Python."""
    try:
        read = Source.read(source)
    except Unmergeable:
        return None
    found = members(read, read.document.tree)
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    return {name: found[name] for name in names if name in found and isinstance(found[name].node, defined)}
