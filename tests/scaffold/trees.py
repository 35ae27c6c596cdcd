"""Folders as dictionaries, to build them and to compare them."""

import stat
from collections.abc import Mapping
from pathlib import Path

Snapshot = dict[str, tuple[int, bytes | str | None]]


def build_tree(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a root, given by their relative path."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def snapshot(root: Path) -> Snapshot:
    """Return mode and content of everything below a root: bytes of a file, target of a link, None for a folder.

    Compiled modules don't count: they may come and go.
    """
    found: Snapshot = {}
    for path in sorted(root.rglob("*")):
        if "__pycache__" in path.parts:
            continue
        content: bytes | str | None = None
        if path.is_symlink():
            content = str(path.readlink())
        elif path.is_file():
            content = path.read_bytes()
        found[path.relative_to(root).as_posix()] = (stat.S_IMODE(path.lstat().st_mode), content)
    return found
