"""From the files of a survey to facts."""

from collections.abc import Mapping
from pathlib import Path

from django_layers.architecture.facts.read_module import Unreadable, read_module
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.tree.discovery import Source

__all__ = ["is_read", "read_source"]

_SKIPPED = frozenset({"tests", "migrations", "conftest"})


def is_read(source: Source) -> bool:
    """Tell whether a file is read at all; tests may use everything."""
    return source.place.part not in _SKIPPED


def read_source(source: Source, texts: Mapping[Path, bytes]) -> ModuleFacts | Unreadable:
    """Return what a file says, or why it cannot be read.

    Args:
        source: the file.
        texts: what is in files instead of what the disk has, by their absolute paths.
    """
    try:
        return read_module(texts[source.path] if source.path in texts else source.path.read_bytes())
    except OSError as error:
        return Unreadable("missing", f"it cannot be opened: {error.strerror}")
