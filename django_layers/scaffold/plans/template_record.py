"""Which shipped templates a project has copied, and what each was when it was copied.

`.layers/templates.json` below the root holds the digest of each text; the texts are in `.layers/base/<digest>.txt`, as
those of ledgers are.
"""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.plans.kept_text import KeptTextDamaged, digest_of_text, read_kept_text

__all__ = ["RECORD", "read_template_record", "record_texts"]

RECORD = PurePosixPath(".layers/templates.json")
_BASE = PurePosixPath(".layers/base")
_VERSION = 1


def read_template_record(root: Path) -> dict[str, str]:
    """Return the texts of the shipped templates as they were when they were copied, by the names of the templates.

    Raises:
        LedgerUnreadable: the record, or a text that it names, is damaged.
    """
    path = root / RECORD
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        data = json.loads(content)
    except ValueError as error:
        raise _damaged(path, f"it is not JSON ({error})") from error
    match data:
        case {"version": 1, "templates": dict(digests)}:
            return {str(name): _text(root, str(digest)) for name, digest in digests.items()}
    raise _damaged(path, f"it is no object with version {_VERSION} and templates")


def record_texts(templates: Mapping[str, str]) -> dict[PurePosixPath, bytes]:
    """Return the content of every file that a record of these texts consists of, by path."""
    digests = {name: digest_of_text(text) for name, text in sorted(templates.items())}
    data = {"version": _VERSION, "templates": digests}
    texts = {_BASE / f"{digest}.txt": templates[name].encode() for name, digest in digests.items()}
    return {RECORD: f"{json.dumps(data, indent=2)}\n".encode(), **texts}


def _text(root: Path, digest: str) -> str:
    try:
        return read_kept_text(root / _BASE, digest, needed_by=str(RECORD))
    except KeptTextDamaged as error:
        raise _damaged(error.path, error.reason) from error


def _damaged(path: Path, reason: str) -> LedgerUnreadable:
    way_out = (
        f"Restore it from version control; or delete {RECORD}, and copied templates count as your own from then on."
    )
    return LedgerUnreadable(path, reason, way_out)
