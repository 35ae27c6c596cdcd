"""How long the project's formatter lets a line be."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["DEFAULT", "line_length"]

DEFAULT = 88


def line_length(root: Path) -> int:
    """Return the line length that ruff or black is configured with, in the nearest configuration upwards of the root."""
    for folder in (root, *root.parents):
        for tool in _configurations(folder):
            length = tool.get("line-length")
            return length if isinstance(length, int) else DEFAULT
    return DEFAULT


def _configurations(folder: Path) -> Iterator[dict[str, object]]:
    """Yield the tables in a folder that configure a formatter, in the order in which ruff looks for its own."""
    for name in (".ruff.toml", "ruff.toml"):
        if (folder / name).is_file():
            yield _read(folder / name)
    if (folder / "pyproject.toml").is_file():
        tool = _read(folder / "pyproject.toml").get("tool")
        for formatter in ("ruff", "black"):
            table = tool.get(formatter) if isinstance(tool, dict) else None
            if isinstance(table, dict):
                yield table


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}  # The formatter itself says what is wrong with it, in better words.
