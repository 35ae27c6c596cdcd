"""Which pyproject.toml a check is configured by."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["TABLE", "ConfigurationFile", "find_configuration"]

TABLE = "django_layers"


class ConfigurationFile(NamedTuple):
    """A pyproject.toml with a table of ours, or one that cannot be read.

    Attributes:
        path: the file.
        text: what it holds.
        table: our table.
        problem: why it cannot be read; empty where it can.
        line: where, as far as that is known.
    """

    path: Path
    text: str
    table: dict[str, object]
    problem: str = ""
    line: int = 1


def find_configuration(paths: Sequence[Path]) -> ConfigurationFile | None:
    """Return the nearest pyproject.toml with a table of ours, from the first path upwards; None where there is none.

    A repository is not left on the way up.

    Args:
        paths: absolute paths of folders and files.
    """
    start = paths[0]
    for folder in (start, *start.parents) if start.is_dir() else start.parents:
        file = folder / "pyproject.toml"
        if file.is_file():
            found = _read(file)
            if found.problem or TABLE in _tools(found.table):
                return _narrowed(found)
        if (folder / ".git").exists():
            return None
    return None


def _read(file: Path) -> ConfigurationFile:
    # A project without the file needs none.
    import tomllib

    try:
        text = file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        return ConfigurationFile(file, "", {}, f"it cannot be read: {error}")
    try:
        return ConfigurationFile(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        # Until Python 3.14 the error keeps its place in its words only.
        line = str(error).rpartition("line ")[2].partition(",")[0]
        return ConfigurationFile(file, text, {}, f"it is no TOML: {error}", int(line) if line.isdigit() else 1)
    except RecursionError:
        return ConfigurationFile(file, text, {}, "it is nested too deeply")


def _tools(data: dict[str, object]) -> dict[str, object]:
    tools = data.get("tool")
    return tools if isinstance(tools, dict) else {}


def _narrowed(found: ConfigurationFile) -> ConfigurationFile:
    if found.problem:
        return found
    table = _tools(found.table)[TABLE]
    if not isinstance(table, dict):
        return ConfigurationFile(found.path, found.text, {}, f"tool.{TABLE} is no table")
    return ConfigurationFile(found.path, found.text, table)
