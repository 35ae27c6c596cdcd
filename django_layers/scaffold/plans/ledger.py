"""The ledger of an entity: what was asked for and what was generated from it, kept in the app for later merges.

`<app>/.layers/<entity>.json` holds the specification and, for each file, the digest of its generated text; the texts
are in `<app>/.layers/base/<digest>.txt`, named after their content, so that two branches never conflict there.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.language.names import pascal_case
from django_layers.scaffold.plans.plan import Action, Change
from django_layers.scaffold.plans.sides import is_unmerged, sides

__all__ = [
    "JSON",
    "Asked",
    "FileKind",
    "Ledger",
    "LedgerFile",
    "is_kept_text",
    "ledger_changes",
    "ledger_path",
    "ledger_removal",
    "ledger_specs",
    "ledger_texts",
    "read_ledger",
    "read_spec",
    "read_unmerged",
]

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

LEDGER_VERSION = 1
_FOLDER = ".layers"
_BASE = "base"
_DIGEST = re.compile(r"[0-9a-f]{32}")
# Objects down to this depth are spread over lines. An element of a list, such as a field or a file, is one line, so that
# branches that change different ones seldom conflict.
_SPREAD = 3


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
        """Half of the text's SHA-256, 32 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


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
    return path.parts[-3:-1] == (_FOLDER, _BASE)


def ledger_path(app: PurePosixPath, entity: str) -> PurePosixPath:
    """Return the path of an entity's ledger, relative to what `app`, the folder of the app, is relative to."""
    return app / _FOLDER / f"{entity}.json"


def read_ledger(root: Path, app: PurePosixPath, entity: str) -> Ledger | None:
    """Read the ledger of an entity, with the texts, or return None when there is none.

    Args:
        root: the root of the project.
        app: the folder of the app, relative to the root.
        entity: the entity's name in snake case.

    Raises:
        LedgerUnreadable: it is damaged, unmerged or from a later release, or a text is missing or changed.
    """
    path = root / ledger_path(app, entity)
    content = _read_merged(path, entity)
    return None if content is None else _ledger_of(path, content)


def read_unmerged(root: Path, app: PurePosixPath, entity: str) -> tuple[Asked, Asked] | None:
    """Return what two branches ask of an entity, where a merge left its conflict markers in the ledger; else None.

    The texts are left alone: git takes those of two branches for one that both renamed, and merges them.

    Raises:
        LedgerUnreadable: one side is damaged.
    """
    path = root / ledger_path(app, entity)
    match [_asked(path, version) for version in _versions(path)]:
        case [ours, theirs]:
            return ours, theirs
    return None


def _asked(path: Path, content: bytes) -> Asked:
    match _parsed(path, content):
        case {"spec": dict(spec), "files": list(files)}:
            entries = [file for file in files if isinstance(file, dict) and file.get("skipped")]
            skipped = {_below(str(file.get("path"))): _read_skipped(file["skipped"]) for file in entries}
            return Asked(spec=spec, skipped=skipped)
    raise _damaged(path, "it lacks spec or files")


def _ledger_of(path: Path, content: bytes) -> Ledger:
    match _parsed(path, content):
        case {"entity": str(name), "generator": str(generator), "spec": dict(spec), "files": list(files)}:
            try:
                return Ledger(
                    entity=name,
                    generator=generator,
                    spec=spec,
                    files=tuple(_read_file(path, file) for file in files),
                )
            except ValueError as error:
                raise _damaged(path, str(error)) from error
    raise _damaged(path, "it lacks entity, generator, spec or files")


def read_spec(root: Path, app: PurePosixPath, entity: str) -> Mapping[str, JSON] | None:
    """Read the specification alone, without the texts; the arguments are those of `read_ledger`.

    Raises:
        LedgerUnreadable: the ledger is damaged, unmerged or from a later release.
    """
    path = root / ledger_path(app, entity)
    content = _read_merged(path, entity)
    if content is None:
        return None
    spec = _parsed(path, content).get("spec")
    if not isinstance(spec, dict):
        raise _damaged(path, "it lacks spec")
    return spec


def ledger_texts(ledger: Ledger, app: PurePosixPath) -> dict[PurePosixPath, bytes]:
    """Return the content of every file that a ledger consists of, by path; `app` is the folder of the app."""
    data: dict[str, JSON] = {
        "version": LEDGER_VERSION,
        "entity": ledger.entity,
        "generator": ledger.generator,
        "spec": ledger.spec,
        "files": [
            {"path": file.path.as_posix(), "kind": file.kind.value, "digest": file.digest}
            | ({"skipped": list(file.skipped)} if file.skipped else {})
            for file in sorted(ledger.files, key=lambda file: file.path)
        ],
    }
    base = app / _FOLDER / _BASE
    texts = {base / f"{file.digest}.txt": file.text.encode() for file in ledger.files}
    return {ledger_path(app, ledger.entity): f"{_spread(data, 0)}\n".encode(), **dict(sorted(texts.items()))}


def ledger_changes(root: Path, app: PurePosixPath, ledger: Ledger, *, rank: int = 0) -> tuple[Change, ...]:
    """Return what has to change on the disk for a ledger to be the entity's current one; nothing is written.

    Texts that only the entity's previous ledger needed are deleted.

    Args:
        root: the root of the project.
        app: the folder of the app, relative to the root.
        ledger: the new ledger.
        rank: the place of the changes in the order of writing.

    Raises:
        LedgerUnreadable: texts may have become superfluous, but another entity's ledger can't be read to tell.
    """
    wanted = ledger_texts(ledger, app)
    changes = [_change(root, path, after, rank) for path, after in wanted.items()]
    previous = _digests(root / ledger_path(app, ledger.entity))
    unneeded = previous - {file.digest for file in ledger.files}
    return (*changes, *_without_texts(root, app, ledger.entity, unneeded, rank))


def ledger_removal(root: Path, app: PurePosixPath, entity: str, *, rank: int = 0) -> tuple[Change, ...]:
    """Return what has to change on the disk for an entity to have no ledger: it goes, and the texts that it alone needs.

    Args:
        root: the root of the project.
        app: the folder of the app, relative to the root.
        entity: the entity's name in snake case.
        rank: the place of the changes in the order of writing.

    Raises:
        LedgerUnreadable: another entity's ledger can't be read to tell which texts it needs.
    """
    path = ledger_path(app, entity)
    texts = _without_texts(root, app, entity, _digests(root / path), rank)
    return (_change(root, path, None, rank), *texts)


def ledger_specs(root: Path, app: PurePosixPath) -> tuple[Mapping[str, JSON], ...]:
    """Return the specification of every entity of an app that has a ledger, as JSON data, without reading the texts.

    Raises:
        LedgerUnreadable: one of them can't be read.
    """
    specs = []
    for path in sorted((root / app / _FOLDER).glob("*.json")):
        for version in _versions(path):
            spec = _parsed(path, version).get("spec")
            if not isinstance(spec, Mapping):
                raise _damaged(path, "it lacks spec")
            specs.append(spec)
    return tuple(specs)


def _without_texts(root: Path, app: PurePosixPath, entity: str, digests: set[str], rank: int) -> list[Change]:
    """Return the deletions of texts that no entity but this one needs."""
    if digests:
        for other in sorted((root / app / _FOLDER).glob("*.json")):
            if other.stem != entity:
                digests = digests - _digests(other)
    base = app / _FOLDER / _BASE
    paths = [base / f"{digest}.txt" for digest in sorted(digests)]
    return [_change(root, path, None, rank) for path in paths if (root / path).is_file()]


def _change(root: Path, path: PurePosixPath, after: bytes | None, rank: int) -> Change:
    file = root / path
    before = file.read_bytes() if file.is_file() else None
    if after is None:
        action = Action.DELETE
    elif before is None:
        action = Action.CREATE
    else:
        action = Action.IDENTICAL if before == after else Action.EDIT
    return Change(action=action, path=path, before=before, after=after, rank=rank)


def _spread(value: JSON, depth: int) -> str:
    inside, outside = "  " * (depth + 1), "  " * depth
    if depth < _SPREAD and value:
        if isinstance(value, Mapping):
            pairs = (f"{inside}{json.dumps(key)}: {_spread(value[key], depth + 1)}" for key in sorted(value))
            return "{\n" + ",\n".join(pairs) + f"\n{outside}}}"
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "[\n" + ",\n".join(f"{inside}{_dumped(item)}" for item in value) + f"\n{outside}]"
    return _dumped(value)


def _dumped(value: JSON) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)


def _read_content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _versions(ledger: Path) -> tuple[bytes, ...]:
    """Return what a ledger holds; what either branch has where a merge left its conflict markers, and nothing without one."""
    content = _read_content(ledger)
    if content is None:
        return ()
    return tuple(map(_mended, sides(content))) if is_unmerged(content) else (content,)


def _read_merged(path: Path, entity: str) -> bytes | None:
    content = _read_content(path)
    if content is not None and is_unmerged(content):
        raise LedgerUnreadable(
            path,
            "it holds the conflict markers of a merge",
            f"Run `manage.py changeentity {pascal_case(entity)}`: it joins what both branches asked for. Resolve the "
            "conflicts of the code first.",
        )
    return content


def _mended(content: bytes) -> bytes:
    """Return one side of a merge with the commas between its lines that it needs, and no others."""
    without = re.sub(rb",(\s*\n\s*[\]}])", rb"\1", content)
    return re.sub(rb"([\]}\"\dle])(\s*\n\s*[\[{\"])", rb"\1,\2", without)


def _parsed(path: Path, content: bytes) -> Mapping[str, JSON]:
    try:
        data: JSON = json.loads(content)
    except ValueError as error:
        raise _damaged(path, f"it is not JSON ({error})") from error
    if not isinstance(data, Mapping):
        raise _damaged(path, "it is not an object")
    if data.get("version") != LEDGER_VERSION:
        raise LedgerUnreadable(
            path,
            f"it has version {data.get('version')!r}, and this release knows {LEDGER_VERSION} only",
            "Install the release of django-ninja-layers that wrote it, or a later one.",
        )
    return data


def _read_file(ledger: Path, data: JSON) -> LedgerFile:
    match data:
        case {"path": str(path), "kind": str(kind), "digest": str(digest), **rest} if _DIGEST.fullmatch(digest):
            file = LedgerFile(
                path=_below(path),
                kind=FileKind(kind),
                text=_read_text(ledger, digest),
                skipped=_read_skipped(rest.get("skipped", [])),
            )
        case _:
            raise ValueError(f"{json.dumps(data)} is not an entry of a file")
    if file.digest != digest:
        raise _damaged(_text_path(ledger, digest), "its content no longer fits its name")
    return file


def _read_text(ledger: Path, digest: str) -> str:
    path = _text_path(ledger, digest)
    try:
        # Version control may have given the lines carriage returns on checkout.
        return path.read_bytes().decode().replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise _damaged(path, f"{ledger.name} needs it, but it is missing") from error


def _read_skipped(data: object) -> tuple[str, ...]:
    names = data if isinstance(data, list) else [data]
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"{json.dumps(data)} is not a list of members")
    return tuple(map(str, names))


def _text_path(ledger: Path, digest: str) -> Path:
    return ledger.parent / _BASE / f"{digest}.txt"


def _below(path: str) -> PurePosixPath:
    result = PurePosixPath(path)
    if not result.parts or result.is_absolute() or ".." in result.parts:
        raise ValueError(f"{path!r} is not a path below the root")
    return result


def _digests(ledger: Path) -> set[str]:
    """Return the digests that a ledger names, without reading the texts."""
    digests: set[str] = set()
    listed = [_parsed(ledger, version).get("files") for version in _versions(ledger)]
    for file in [each for files in listed if isinstance(files, list) for each in files]:
        match file:
            case {"digest": str(digest)} if _DIGEST.fullmatch(digest):
                digests.add(digest)
            case _:
                raise _damaged(ledger, f"{json.dumps(file)} is not an entry of a file")
    return digests


def _damaged(path: Path, reason: str) -> LedgerUnreadable:
    return LedgerUnreadable(
        path,
        reason,
        "Restore it from version control; or delete the entity's .json beside it, and its files count as written by "
        "hand from then on.",
    )
