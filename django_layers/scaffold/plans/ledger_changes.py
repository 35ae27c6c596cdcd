"""What has to change on the disk for the ledger of an entity to be another one, or none."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from django_layers.scaffold.plans.file_change import file_change
from django_layers.scaffold.plans.ledger import BASE, FOLDER, JSON, LEDGER_VERSION, Ledger, ledger_path
from django_layers.scaffold.plans.ledger_reading import ledger_digests
from django_layers.scaffold.plans.plan import Change

__all__ = ["ledger_changes", "ledger_removal", "ledger_texts"]

# Objects down to this depth are spread over lines. An element of a list, such as a field or a file, is one line, so that
# branches that change different ones seldom conflict.
_SPREAD = 3


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
    base = app / FOLDER / BASE
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
    changes = [file_change(root, path, after, rank) for path, after in wanted.items()]
    previous = ledger_digests(root / ledger_path(app, ledger.entity))
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
    texts = _without_texts(root, app, entity, ledger_digests(root / path), rank)
    return (file_change(root, path, None, rank), *texts)


def _without_texts(root: Path, app: PurePosixPath, entity: str, digests: set[str], rank: int) -> list[Change]:
    """Return the deletions of texts that no entity but this one needs."""
    if digests:
        for other in sorted((root / app / FOLDER).glob("*.json")):
            if other.stem != entity:
                digests = digests - ledger_digests(other)
    base = app / FOLDER / BASE
    paths = [base / f"{digest}.txt" for digest in sorted(digests)]
    return [file_change(root, path, None, rank) for path in paths if (root / path).is_file()]


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
