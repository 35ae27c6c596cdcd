"""Where a project keeps its layers: by their own names, or as the configuration of the check says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django_layers.layers import MARKERS, NAMES, flattened, layer_at

__all__ = ["Layout", "layout_of"]


@dataclass(frozen=True)
class Layout:
    """Where a project keeps its layers.

    Attributes:
        names: the modules and packages that hold each layer, inside of an app; dots for what is deeper.
        apps: dotted packages that are layered apps whatever they hold.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NAMES)
    apps: tuple[str, ...] = ()

    def layer_of(self, inside: Sequence[str]) -> str:
        """Return the layer of a module, by the parts of its name inside of its app; empty where it is in none."""
        return layer_at(inside, self.names)

    def is_layered(self, app: str, path: Path) -> bool:
        """Return whether an app has layers.

        Args:
            app: its dotted name.
            path: its folder.
        """
        there = {
            layer
            for layer in MARKERS
            for one in self.names[layer]
            if (path / one).is_dir() or (path / f"{one}.py").is_file()
        }
        return app in self.apps or len(there) >= 2


def layout_of(root: Path) -> Layout:
    """Return the layout of a project: of `[tool.django_layers]` in the nearest pyproject.toml that has it.

    Args:
        root: the folder of the project; a repository is not left on the way up from there.

    Raises:
        TOMLDecodeError: the file is no TOML.
    """
    for folder in (root, *root.parents):
        file = folder / "pyproject.toml"
        data = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        table = data.get("tool", {}).get("django_layers")
        if isinstance(table, dict):
            return _read(table)
        if (folder / ".git").exists():
            break
    return Layout()


def _read(table: dict[str, Any]) -> Layout:
    # What is wrong with the table is told by the check, which it is written for.
    layers = table.get("layers")
    given = dict(_named(layers)) if isinstance(layers, dict) else {}
    return Layout({**NAMES, **given}, tuple(table.get("apps", ())))


def _named(layers: dict[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for layer, names in flattened(layers):
        if isinstance(names, list):
            yield layer, tuple(map(str, names))
