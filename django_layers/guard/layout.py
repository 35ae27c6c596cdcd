"""Where a project keeps its layers: by their own names, or as the configuration of the check says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django_layers.layers import LAYERS

__all__ = ["Layout", "layout_of"]

MARKERS: Final = ("models", "schemas", "repositories", "services", "api")
"""The layers of which an app must have two to count as layered."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    **{layer.name: (layer.name,) for layer in LAYERS},
    "repositories.orm": ("repositories.orm", "repositories_orm"),
}


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
        held = [(one.split("."), layer) for layer, names in self.names.items() for one in names]
        matching = [(len(parts), layer) for parts, layer in held if list(inside[: len(parts)]) == parts]
        return max(matching, key=lambda each: each[0])[1] if matching else ""

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
        table = tomllib.loads(file.read_text()).get("tool", {}).get("django_layers") if file.is_file() else None
        if isinstance(table, dict):
            return _read(table)
        if (folder / ".git").exists():
            break
    return Layout()


def _read(table: dict[str, Any]) -> Layout:
    # What is wrong with the table is told by the check, which it is written for.
    layers = table.get("layers")
    given = {name: tuple(names) for name, names in layers.items()} if isinstance(layers, dict) else {}
    return Layout({**NAMES, **given}, tuple(table.get("apps", ())))
