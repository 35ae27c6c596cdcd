"""The project's own formatter over rendered text: all files in one batch, with their real names, never a user's file.

The files are written to a temporary folder that mirrors the project: the same names, the same configuration files, and
an empty stand-in for each module that tells a formatter which imports are the project's own.
"""

import ast
import configparser
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import ScaffoldError
from django_layers.scaffold.project.layout import ProjectLayout
from django_layers.scaffold.rendering.docstrings import wrap_docstrings
from django_layers.scaffold.rendering.render import Rendered

__all__ = ["FormatterFailed", "FormatterMissing", "Pipe", "format_rendered", "pipe_of"]

_CONFIGURATIONS = ("pyproject.toml", "ruff.toml", ".ruff.toml", ".isort.cfg", "setup.cfg", "tox.ini", ".editorconfig")


class FormatterMissing(ScaffoldError):
    """The formatter that a project is configured for is not installed."""

    exit_code = 2

    def __init__(self, tool: str) -> None:
        super().__init__(
            f"{tool} is needed to format what is generated, and it is not installed beside {sys.executable}. "
            f"Install it with `python -m pip install {tool}`."
        )
        self.tool = tool


class FormatterFailed(ScaffoldError):
    """A formatter refused the rendered text or its own configuration."""

    def __init__(self, command: Sequence[str], output: str) -> None:
        super().__init__(f"`{' '.join(command)}` failed: {output.strip()}")
        self.output = output


@dataclass(frozen=True, slots=True)
class Pipe:
    """The tools that a project's code goes through.

    Attributes:
        sorter: what sorts imports, "ruff" or "isort".
        formatter: what lays out code, "ruff" or "black".
    """

    sorter: str = "ruff"
    formatter: str = "ruff"

    def commands(self, files: Sequence[str]) -> tuple[list[str], ...]:
        """Return the commands that format the files in place, one for each step."""
        sort = {
            "ruff": ["ruff", "check", "--select", "I", "--fix", "--exit-zero", "--quiet", "--no-cache"],
            "isort": ["isort", "--quiet"],
        }
        lay_out = {"ruff": ["ruff", "format", "--quiet", "--no-cache"], "black": ["black", "--quiet"]}
        return (
            [*_program(sort[self.sorter]), *files],
            [*_program(lay_out[self.formatter]), *files],
        )


def format_rendered(rendered: Iterable[Rendered], project: ProjectLayout) -> tuple[Rendered, ...]:
    """Return the files with their Python formatted as the project's own code is, in the same order.

    Docstrings are wrapped at the line length of the project besides.

    Args:
        rendered: what was rendered; several fragments may go to one path.
        project: the project.

    Raises:
        FormatterMissing: the project's formatter is not installed.
        FormatterFailed: it refused the text, or the project's configuration of it.
    """
    files = tuple(rendered)
    python = [file for file in files if file.path.suffix == ".py" and file.text.strip()]
    if not python:
        return files
    with tempfile.TemporaryDirectory(prefix="layers-") as folder:
        mirror = _Mirror(project.root, Path(folder).resolve())
        mirror.configure([file.path for file in python])
        places = [mirror.add(file.path, file.text) for file in python]
        mirror.stand_in_for(imported for file in python for imported in _imported_modules(file.text))
        for command in pipe_of(project.root).commands([str(place) for place in places]):
            _run(command, mirror.root)
        formatted = (place.read_text(encoding="utf-8") for place in places)
        texts = {
            id(file): wrap_docstrings(text, project.line_length) for file, text in zip(python, formatted, strict=True)
        }
    return tuple(replace(file, text=texts.get(id(file), file.text)) for file in files)


def pipe_of(root: Path) -> Pipe:
    """Return the tools that the nearest configuration above a folder names: ruff where none is named."""
    for folder in (root, *root.parents):
        tools = _tools_of(folder)
        if tools:
            return Pipe(
                sorter="isort" if "isort" in tools else "ruff",
                formatter="black" if "black" in tools else "ruff",
            )
        if (folder / ".git").exists():
            break
    return Pipe()


def _tools_of(folder: Path) -> frozenset[str]:
    """Return which of ruff, black and isort are configured in a folder."""
    tools = {name for name in ("ruff", "black", "isort") if name in _pyproject_tools(folder / "pyproject.toml")}
    if any((folder / name).is_file() for name in ("ruff.toml", ".ruff.toml")):
        tools.add("ruff")
    if (folder / ".isort.cfg").is_file() or any(
        _has_section(folder / name, "isort") for name in ("setup.cfg", "tox.ini")
    ):
        tools.add("isort")
    return frozenset(tools)


def _pyproject_tools(path: Path) -> dict[str, object]:
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        # A file that is not there, or not TOML, configures nothing; the tool itself complains about the latter.
        return {}
    return tools if isinstance(tools, dict) else {}


def _has_section(path: Path, section: str) -> bool:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return False
    return parser.has_section(section)


class _Mirror:
    """A temporary folder that looks to a formatter like a project."""

    def __init__(self, project: Path, folder: Path) -> None:
        self._project = project.resolve()
        self._base = _outermost_configured(self._project)
        self._folder = folder
        self.root = folder / self._project.relative_to(self._base)

    def configure(self, paths: Sequence[PurePosixPath]) -> None:
        """Copy the configuration that counts for the files."""
        folders = {self._base, self._project, *self._project.parents}
        for path in paths:
            folders |= {self._project / parent for parent in path.parents}
        for folder in sorted(folders):
            if folder.is_dir() and folder.is_relative_to(self._base):
                self._copy_configuration(folder)

    def stand_in_for(self, modules: Iterable[str]) -> None:
        """Make an empty file for each module of the project that is imported, so that it is known as the project's."""
        sources = [self._project, self._project / "src", self._base, self._base / "src"]
        for module in set(modules):
            top, *rest = module.split(".")
            for source in sources:
                copy = self._folder / source.relative_to(self._base)
                if any((folder / top).is_dir() or (folder / f"{top}.py").is_file() for folder in (source, copy)):
                    _touch_module(copy.joinpath(top, *rest))
                    break

    def add(self, path: PurePosixPath, text: str) -> Path:
        """Write a file, under another name in its folder where its own is taken by now, and return its place."""
        place = self.root / path
        number = 1
        while place.exists() and place.stat().st_size:
            number += 1
            place = (self.root / path).with_stem(f"{path.stem}__{number}")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place

    def _copy_configuration(self, folder: Path) -> None:
        copy = self._folder / folder.relative_to(self._base)
        copy.mkdir(parents=True, exist_ok=True)
        for name in _CONFIGURATIONS:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, copy / name)
        if (folder / "__init__.py").is_file():
            (copy / "__init__.py").touch()


def _touch_module(place: Path) -> None:
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_name(f"{place.name}.py").touch()


def _imported_modules(source: str) -> list[str]:
    nodes = ast.walk(ast.parse(source))
    return [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]


def _outermost_configured(project: Path) -> Path:
    """Return the outermost folder, as far as the repository reaches, that holds configuration; else the project."""
    found = project
    for folder in (project, *project.parents):
        if any((folder / name).is_file() for name in _CONFIGURATIONS):
            found = folder
        if (folder / ".git").exists():
            return found
    return project


def _program(command: list[str]) -> list[str]:
    """Return the command with its tool as the one beside this Python, else the one on the path."""
    tool, *arguments = command
    beside = shutil.which(tool, path=str(Path(sys.executable).parent))
    found = beside or shutil.which(tool)
    if found is None:
        raise FormatterMissing(tool)
    return [found, *arguments]


def _run(command: list[str], folder: Path) -> None:
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    if result.returncode:
        raise FormatterFailed([Path(command[0]).name, *command[1:3]], result.stderr or result.stdout)
