"""Compiled modules that would outlive a change of their source."""

import os
from collections.abc import Iterable
from importlib.util import cache_from_source
from pathlib import Path

from django_layers.scaffold.writing.effects import Effects

__all__ = ["forget_bytecode", "remove_if_empty"]


def forget_bytecode(source: Path, effects: Effects) -> None:
    """Remove what any Python compiled from a source.

    Python takes a compiled module for current when the source has the size and the second of change that it notes;
    a file that is written twice within a second can have both.
    """
    if source.suffix != ".py":
        return
    for compiled in _compiled(source):
        effects.remove(compiled)


def remove_if_empty(folder: Path, effects: Effects) -> None:
    """Remove a folder that holds nothing, or nothing but an empty `__pycache__`."""
    if folder.is_symlink() or not folder.is_dir():
        return
    cache = folder / "__pycache__"
    if any(path != cache for path in folder.iterdir()):
        return
    if cache.is_dir() and not any(cache.iterdir()):
        effects.remove_folder(cache)
    if not any(folder.iterdir()):
        effects.remove_folder(folder)


def _compiled(source: Path) -> Iterable[Path]:
    # Also right where PYTHONPYCACHEPREFIX puts compiled modules into a folder of their own.
    folder = Path(cache_from_source(str(source))).parent
    if not folder.is_dir():
        return ()
    # Of a large app there are hundreds in it, and a `Path` of each takes longer than finding the few that are meant.
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.startswith(f"{source.stem}.") and entry.is_file())
    return [folder / name for name in names if name.endswith(".pyc")]
