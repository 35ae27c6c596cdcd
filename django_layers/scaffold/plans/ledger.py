"""The ledger of an entity: what was asked for and what was generated from it, kept in the app for later merges.

`<app>/.layers/<entity>.json` holds the specification and, for each file, the digest of its generated text; the texts
are in `<app>/.layers/base/<digest>.txt`, named after their content, so that two branches never conflict there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TypeAlias

from django_layers.scaffold.plans.kept_text import digest_of_text

__all__ = [
    "BASE",
    "FOLDER",
    "JSON",
    "LEDGER_VERSION",
    "Asked",
    "FileKind",
    "Ledger",
    "LedgerFile",
    "is_kept_text",
    "ledger_path",
]

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

LEDGER_VERSION = 1
"""The version of the format that this release reads and writes."""

FOLDER = ".layers"
"""The folder of the ledgers of an app, in the folder of the app."""

BASE = "base"
"""The folder of the generated texts, in the folder of the ledgers."""


class FileKind(StrEnum):
    """Whether a generated file belongs to one entity as a whole, or is shared with others and the project."""

    WHOLE = "whole"
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFile:
    """One generated file.

    Attributes:
        path: the file, relative to the root of the project.
        kind: whether the entity owns all of it.
        text: what was generated (for a shared file: the entity's part), with a single newline character a line.
        skipped: the members that changed since the user deleted them, and nobody has decided about yet.
    """

    path: PurePosixPath
    kind: FileKind
    text: str
    skipped: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if "\r" in self.text:
            raise ValueError(f"The generated text of {self.path} must end its lines with a newline character only.")

    @classmethod
    def of(cls, path: PurePosixPath, text: str) -> "LedgerFile":
        """Return what a shared file holds of an entity, where no ledger says it."""
        return cls(path=path, kind=FileKind.SHARED, text=text)

    @property
    def is_whole(self) -> bool:
        """Whether the entity owns all of the file."""
        return self.kind is FileKind.WHOLE

    @property
    def digest(self) -> str:
        """What the file of its text is named after."""
        return digest_of_text(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What was generated for an entity.

    Attributes:
        entity: the entity's name in snake case, as in the name of its files.
        generator: version of django-layers that generated it.
        spec: the specification as JSON data.
        files: what was generated.
    """

    entity: str
    generator: str
    spec: Mapping[str, JSON]
    files: tuple[LedgerFile, ...]

    def __post_init__(self) -> None:
        if not self.entity.isidentifier():
            raise ValueError(f"The name of an entity must be an identifier, not {self.entity!r}.")
        if len({file.path for file in self.files}) != len(self.files):
            raise ValueError(f"The ledger of {self.entity} names a file twice.")

    def file(self, path: PurePosixPath) -> LedgerFile | None:
        """Return what was generated at a path, or None."""
        return next((file for file in self.files if file.path == path), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a ledger says without the texts.

    Attributes:
        spec: the specification as JSON data.
        skipped: the members whose changes have not landed, by the path of their file.
    """

    spec: Mapping[str, JSON]
    skipped: Mapping[PurePosixPath, tuple[str, ...]]


def is_kept_text(path: PurePosixPath) -> bool:
    """Return whether a file is a text that a ledger keeps: a copy of something generated, of no interest to a reader."""
    return path.parts[-3:-1] == (FOLDER, BASE)


def ledger_path(app: PurePosixPath, entity: str) -> PurePosixPath:
    """Return the path of an entity's ledger, relative to what `app`, the folder of the app, is relative to."""
    return app / FOLDER / f"{entity}.json"
