"""Which files have changed, as git sees it."""

import os
import subprocess
from pathlib import Path

from django_layers.architecture.errors import ChangesUnknown

__all__ = ["changed_files"]


def changed_files(reference: str, folder: Path) -> frozenset[Path]:
    """Return the files that differ from where this branch left another, uncommitted and new ones included.

    Args:
        reference: a commit or branch.
        folder: a folder of the repository.

    Raises:
        ChangesUnknown: git cannot say.
    """
    if reference.startswith("-"):
        raise ChangesUnknown(reference, "it is no name of a commit or branch")
    top = Path(_git(reference, folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    base = _git(reference, folder, "merge-base", reference, "HEAD").strip()
    changed = _git(reference, top, "diff", "--name-only", "-z", "--no-renames", base, "--")
    new = _git(reference, top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset((top / name).resolve() for name in (changed + new).split("\0") if name)


def _git(reference: str, folder: Path, *arguments: str) -> str:
    try:
        ran = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    except OSError as error:
        raise ChangesUnknown(reference, f"git cannot be run: {error.strerror}") from error
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines() or ["there is no commit that both have"]
        raise ChangesUnknown(reference, said[0].rstrip("."))
    # A name of a file need not be text.
    return os.fsdecode(ran.stdout)
