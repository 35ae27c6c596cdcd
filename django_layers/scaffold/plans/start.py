"""The ledger of `startlayer`: what it has put into an app, or into the package of a project, so that it can be undone.

It is `.layers/start/ledger.json` in the folder of the app, and in that of the project's package. The folder of its own
keeps it apart from the ledgers of entities, whatever an entity is called.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.plans.file_change import file_change
from django_layers.scaffold.plans.plan import Change

__all__ = ["StartLedger", "read_start", "start_change", "start_path"]

_VERSION = 1
_WAY_OUT = "Restore it from version control, or delete it and take out by hand what startlayer has written."


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLedger:
    """What `startlayer` has put somewhere.

    Attributes:
        created: the text of each file that was not there before.
        members: the members that were added to each file that was there.
        replaced: the text of each untouched file of `startapp` that was deleted.
        installed: the entries that were added to INSTALLED_APPS.
        imports: the imports that came into the root urls with the API, one line each; empty where it was mounted before.
    """

    created: Mapping[PurePosixPath, str] = field(default_factory=dict)
    members: Mapping[PurePosixPath, str] = field(default_factory=dict)
    replaced: Mapping[PurePosixPath, str] = field(default_factory=dict)
    installed: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()

    def with_later(self, later: "StartLedger") -> "StartLedger":
        """Return the ledger with what a later run has put there; what was recorded first counts."""
        return replace(
            self,
            created={**later.created, **self.created},
            members={**later.members, **self.members},
            replaced={**later.replaced, **self.replaced},
            installed=tuple(dict.fromkeys((*self.installed, *later.installed))),
            imports=tuple(dict.fromkeys((*self.imports, *later.imports))),
        )

    def is_empty(self) -> bool:
        """Return whether nothing was put there."""
        return not any(getattr(self, each.name) for each in fields(self))


def start_path(folder: PurePosixPath) -> PurePosixPath:
    """Return the path of the ledger in the folder of an app or of the project's package."""
    return folder / ".layers" / "start" / "ledger.json"


def read_start(root: Path, folder: PurePosixPath) -> StartLedger | None:
    """Read the ledger of a folder, or return None where there is none.

    Args:
        root: the root of the project.
        folder: the folder of the app or of the project's package, relative to the root.

    Raises:
        LedgerUnreadable: it is damaged, or from a later release.
    """
    path = root / start_path(folder)
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise LedgerUnreadable(path, f"it is not JSON ({error})", _WAY_OUT) from error
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        raise LedgerUnreadable(path, f"it has no version that this release knows, which is {_VERSION}", _WAY_OUT)
    try:
        return StartLedger(
            created=_texts(data["created"]),
            members=_texts(data["members"]),
            replaced=_texts(data["replaced"]),
            installed=tuple(map(str, data["installed"])),
            imports=tuple(map(str, data["imports"])),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise LedgerUnreadable(path, f"an entry is missing or damaged ({error})", _WAY_OUT) from error


def start_change(root: Path, folder: PurePosixPath, ledger: StartLedger | None, *, rank: int) -> Change:
    """Return what has to change on the disk for a ledger to be that of a folder.

    Args:
        root: the root of the project.
        folder: the folder of the app or of the project's package, relative to the root.
        ledger: the ledger; None for there to be none.
        rank: its place in the order of writing.
    """
    after = None if ledger is None else _text(ledger).encode()
    return file_change(root, start_path(folder), after, rank)


def _text(ledger: StartLedger) -> str:
    data = {
        "version": _VERSION,
        "created": {str(path): text for path, text in ledger.created.items()},
        "members": {str(path): text for path, text in ledger.members.items()},
        "replaced": {str(path): text for path, text in ledger.replaced.items()},
        "installed": list(ledger.installed),
        "imports": list(ledger.imports),
    }
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _texts(data: Mapping[str, object]) -> dict[PurePosixPath, str]:
    texts = {PurePosixPath(path): str(text) for path, text in data.items()}
    outside = [str(path) for path in texts if path.is_absolute() or ".." in path.parts]
    if outside:
        raise ValueError(f"{outside[0]} is not below the root")
    return texts
