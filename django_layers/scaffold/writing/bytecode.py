"""Compiled modules that would outlive a change of their source."""

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
    names = {path.name for path in folder.iterdir()}
    if names == {cache.name} and cache.is_dir() and not any(cache.iterdir()):
        effects.remove_folder(cache)
        names.clear()
    if not names:
        effects.remove_folder(folder)


def _compiled(source: Path) -> Iterable[Path]:
    # Also right where PYTHONPYCACHEPREFIX puts compiled modules into a folder of their own.
    folder = Path(cache_from_source(str(source))).parent
    if not folder.is_dir():
        return ()
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix == ".pyc" and path.name.startswith(f"{source.stem}.") and path.is_file()
    ]
