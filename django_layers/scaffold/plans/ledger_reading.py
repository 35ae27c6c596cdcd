"""Reading the ledgers of an app, those that a merge of two branches left its conflict markers in too."""

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.language.names import pascal_case
from django_layers.scaffold.plans.kept_text import KeptTextDamaged, read_kept_text
from django_layers.scaffold.plans.ledger import (
    BASE,
    FOLDER,
    JSON,
    LEDGER_VERSION,
    Asked,
    FileKind,
    Ledger,
    LedgerFile,
    ledger_path,
)
from django_layers.scaffold.plans.sides import is_unmerged, sides

__all__ = ["ledger_digests", "ledger_specs", "read_ledger", "read_spec", "read_unmerged"]

_DIGEST = re.compile(r"[0-9a-f]{32}")


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


def ledger_specs(root: Path, app: PurePosixPath) -> tuple[Mapping[str, JSON], ...]:
    """Return the specification of every entity of an app that has a ledger, as JSON data, without reading the texts.

    Raises:
        LedgerUnreadable: one of them can't be read.
    """
    specs = []
    for path in sorted((root / app / FOLDER).glob("*.json")):
        for version in _versions(path):
            spec = _parsed(path, version).get("spec")
            if not isinstance(spec, Mapping):
                raise _damaged(path, "it lacks spec")
            specs.append(spec)
    return tuple(specs)


def ledger_digests(ledger: Path) -> set[str]:
    """Return the digests that the ledger of a path names, without reading the texts; none where there is no ledger.

    Raises:
        LedgerUnreadable: it is damaged or from a later release.
    """
    digests: set[str] = set()
    listed = [_parsed(ledger, version).get("files") for version in _versions(ledger)]
    for file in [each for files in listed if isinstance(files, list) for each in files]:
        match file:
            case {"digest": str(digest)} if _DIGEST.fullmatch(digest):
                digests.add(digest)
            case _:
                raise _damaged(ledger, f"{json.dumps(file)} is not an entry of a file")
    return digests


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
            except KeptTextDamaged as error:
                raise _damaged(error.path, error.reason) from error
            except ValueError as error:
                raise _damaged(path, str(error)) from error
    raise _damaged(path, "it lacks entity, generator, spec or files")


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
            return LedgerFile(
                path=_below(path),
                kind=FileKind(kind),
                text=read_kept_text(ledger.parent / BASE, digest, needed_by=ledger.name),
                skipped=_read_skipped(rest.get("skipped", [])),
            )
    raise ValueError(f"{json.dumps(data)} is not an entry of a file")


def _read_skipped(data: object) -> tuple[str, ...]:
    names = data if isinstance(data, list) else [data]
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"{json.dumps(data)} is not a list of members")
    return tuple(map(str, names))


def _below(path: str) -> PurePosixPath:
    result = PurePosixPath(path)
    if not result.parts or result.is_absolute() or ".." in result.parts:
        raise ValueError(f"{path!r} is not a path below the root")
    return result


def _damaged(path: Path, reason: str) -> LedgerUnreadable:
    return LedgerUnreadable(
        path,
        reason,
        "Restore it from version control; or delete the entity's .json beside it, and its files count as written by "
        "hand from then on.",
    )
