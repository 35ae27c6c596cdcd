"""The configuration of a check."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.configuration.layout import Layout

__all__ = ["IMPORT_CONTEXTS", "LEVELS", "OFF", "SEVERITIES", "Configuration"]

OFF = "off"
LEVELS = (OFF, "warn", "error", "strict")
"""How much of what is found in an app counts: nothing, all as warnings, as the rules say, warnings as errors."""

SEVERITIES = (OFF, "warning", "error")

IMPORT_CONTEXTS = ("type-checking", "function")
"""Ways to import that have severities of their own, whichever rule they break."""


class Configuration(NamedTuple):
    """What a project says of its layers; what it does not say is as it is here.

    Attributes:
        file: the pyproject.toml; None where no table of ours was found.
        layout: where the layers are.
        level: the level of apps that have none of their own.
        levels: the levels of apps, by dotted packages or patterns of them; the last one that matches holds.
        severities: "off", "warning" or "error", by codes and by `IMPORT_CONTEXTS`.
        allowed: dotted names from outside of the project that a layer may use, by layers.
        forbidden: dotted names from outside of the project that a layer may not use, by layers.
    """

    file: Path | None = None
    layout: Layout = Layout()
    level: str = "error"
    levels: Mapping[str, str] = {}
    severities: Mapping[str, str] = {}
    allowed: Mapping[str, tuple[str, ...]] = {}
    forbidden: Mapping[str, tuple[str, ...]] = {}

    def level_of(self, app: str) -> str:
        """Return the level of an app."""
        found = self.level
        for pattern, level in self.levels.items():
            if names_app(pattern, app):
                found = level
        return found


def names_app(pattern: str, app: str) -> bool:
    """Tell whether a name or a pattern of the configuration means an app, by its package or the last part of it."""
    return pattern in (app, app.rpartition(".")[2]) or fnmatchcase(app, pattern)
