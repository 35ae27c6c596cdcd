"""How paths are shown."""

from pathlib import Path

__all__ = ["shown"]


def shown(path: Path, folder: Path) -> str:
    """Return a path as it is shown, with slashes: relative to a folder where it is in it."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()
