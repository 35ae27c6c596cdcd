"""Whether pytest and mypy are configured already, and how the configuration that they need reads there."""

import configparser
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MYPY", "PYTEST", "Tool", "configured_in", "lines_for"]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that is configured in a file of its own or in a shared one.

    Attributes:
        name: what it is called.
        files: the files that are all its own; being there is being a configuration.
        sections: its section in each shared file.
        telling: what a configuration says that fits this project already.
    """

    name: str
    files: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    telling: tuple[str, ...]


PYTEST = Tool(
    "pytest",
    ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"),
    (("pyproject.toml", "tool.pytest"), ("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")),
    ("DJANGO_SETTINGS_MODULE",),
)
MYPY = Tool(
    "mypy",
    ("mypy.ini", ".mypy.ini"),
    (("pyproject.toml", "tool.mypy"), ("setup.cfg", "mypy")),
    ("mypy_django_plugin.main", "pydantic.mypy", "init_typed"),
)


def configured_in(tool: Tool, root: Path) -> Path | None:
    """Return the file that configures a tool for a root: there, or above it as far as the repository reaches."""
    for folder in _upwards(root):
        for name in tool.files:
            if (folder / name).is_file():
                return folder / name
        for name, section in tool.sections:
            if (folder / name).is_file() and _has_section(folder / name, section):
                return folder / name
    return None


def lines_for(tool: Tool, file: Path, wanted: str) -> str:
    """Return what an existing configuration lacks, in its own notation; empty where it says enough already.

    Args:
        tool: the tool.
        file: its configuration.
        wanted: the configuration that would have been written, in the notation of ini files.
    """
    text = file.read_text(encoding="utf-8", errors="replace")
    if all(word in text for word in tool.telling):
        return ""
    return _as_toml(wanted) if file.suffix == ".toml" else wanted


def _upwards(root: Path) -> Iterator[Path]:
    for folder in (root, *root.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _has_section(file: Path, section: str) -> bool:
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix != ".toml":
        return any(line.strip() == f"[{section}]" for line in text.splitlines())
    try:
        table: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    for key in section.split("."):
        table = table.get(key) if isinstance(table, dict) else None
    return table is not None


def _as_toml(ini: str) -> str:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep upper case
    parser.read_string(ini)
    tables = []
    for section in parser.sections():
        head, first = _toml_table(section)
        lines = (f"{key} = {_toml_value(key, value)}" for key, value in parser[section].items())
        tables.append("\n".join([head, *first, *lines]) + "\n")
    return "\n".join(tables)


def _toml_table(section: str) -> tuple[str, list[str]]:
    """Return the header of the table that a section of an ini file is in TOML, and its first lines."""
    if section.startswith("mypy-"):
        return "[[tool.mypy.overrides]]", [f"module = {json.dumps(section.removeprefix('mypy-'))}"]
    name = "pytest.ini_options" if section == "pytest" else section.removeprefix("mypy.plugins.")
    return f"[tool.{name}]", []


def _toml_value(key: str, value: str) -> str:
    if value.lower() in {"true", "false"}:
        return value.lower()
    items = [item.strip() for item in value.replace(",", "\n").splitlines() if item.strip()]
    return json.dumps(items if key == "plugins" else value)
