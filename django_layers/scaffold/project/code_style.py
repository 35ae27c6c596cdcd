"""How the project's formatter writes code, as far as edits of single lines need to know."""

import tomllib
from pathlib import Path

__all__ = ["DEFAULT", "line_length", "quote_character"]

DEFAULT = 88


def line_length(root: Path) -> int:
    """Return the line length that ruff or black is configured with, in the nearest configuration upwards of the root."""
    for table in _nearest(root).values():
        length = table.get("line-length")
        return length if isinstance(length, int) else DEFAULT
    return DEFAULT


def quote_character(root: Path) -> str:
    """Return the quote that the project's formatter writes strings with: a single one only where ruff is told so."""
    tables = _nearest(root)
    formatting = tables["ruff"].get("format") if "ruff" in tables and "black" not in tables else None
    single = isinstance(formatting, dict) and formatting.get("quote-style") == "single"
    return "'" if single else '"'


def _nearest(root: Path) -> dict[str, dict[str, object]]:
    """Return the tables that configure formatters in the nearest folder that has any, ruff's first."""
    for folder in (root, *root.parents):
        tables = _configurations(folder)
        if tables:
            return tables
    return {}


def _configurations(folder: Path) -> dict[str, dict[str, object]]:
    tool = _read(folder / "pyproject.toml").get("tool") if (folder / "pyproject.toml").is_file() else None
    tables = {
        name: tool[name] for name in ("ruff", "black") if isinstance(tool, dict) and isinstance(tool.get(name), dict)
    }
    # Ruff's own files count before pyproject.toml, the one with the dot first.
    own = [_read(folder / name) for name in (".ruff.toml", "ruff.toml") if (folder / name).is_file()]
    return {"ruff": own[0], **{name: table for name, table in tables.items() if name != "ruff"}} if own else tables


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}  # The formatter itself says what is wrong with it, in better words.
