"""From the table of a pyproject.toml to a configuration, and everything that is wrong with it at once."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from django_layers.architecture.configuration.configuration import (
    IMPORT_CONTEXTS,
    LEVELS,
    SEVERITIES,
    Configuration,
)
from django_layers.architecture.configuration.finding import ConfigurationFile
from django_layers.architecture.configuration.layout import Layout
from django_layers.architecture.configuration.problems import Problems
from django_layers.architecture.violations import Violation
from django_layers.layers import NAMES, flattened

__all__ = ["KEYS", "read_configuration"]

KEYS = ("allowed", "apps", "exclude", "forbidden", "layers", "level", "levels", "roots", "severity")
"""Every key of the table."""


def read_configuration(
    file: ConfigurationFile | None, codes: Collection[str]
) -> tuple[Configuration, tuple[Violation, ...]]:
    """Return what a file says, and what is wrong with it.

    Args:
        file: the file; None for what holds without one.
        codes: the codes of all rules.
    """
    if file is None:
        return Configuration(), ()
    reader = _Reader(file, codes)
    return reader.configuration(), tuple(reader.problems.found)


class _Reader:
    def __init__(self, file: ConfigurationFile, codes: Collection[str]) -> None:
        self._file = file
        self._codes = codes
        self.problems = Problems(file)

    def configuration(self) -> Configuration:
        file = self._file
        if file.problem:
            hint = "Mend the file; nothing is checked until it can be read."
            self.problems.add("L010", (), f"The configuration cannot be used: {file.problem}.", hint, line=file.line)
            return Configuration(file=file.path)
        for key in file.table:
            if key not in KEYS:
                self.problems.unknown("L011", "key", (key,), KEYS)
        return Configuration(
            file=file.path,
            layout=self._layout(),
            level=self._level(),
            levels=self._choices("levels", LEVELS),
            severities=self._severities(),
            allowed=self._by_layer("allowed"),
            forbidden=self._by_layer("forbidden"),
        )

    def _layout(self) -> Layout:
        folder = self._file.path.parent
        return Layout(
            folder=folder,
            names={**NAMES, **self._by_layer("layers")},
            roots=tuple(self._roots(folder)),
            apps=self._texts(self._file.table.get("apps", []), ("apps",)),
            excluded=self._texts(self._file.table.get("exclude", []), ("exclude",)),
        )

    def _roots(self, folder: Path) -> Sequence[Path]:
        found = []
        for name in self._texts(self._file.table.get("roots", []), ("roots",)):
            # Links are not followed, so that what is below it has the paths that it has from the folder of the project.
            root = Path(os.path.normpath(folder / name))
            if root.is_dir():
                found.append(root)
            else:
                hint = "Name a folder, relative to the pyproject.toml, that dotted names start in."
                self.problems.add("L015", ("roots", name), f"There is no folder {name}.", hint)
        return found

    def _level(self) -> str:
        level = self._file.table.get("level", "error")
        if isinstance(level, str) and level in LEVELS:
            return level
        self.problems.wrong_kind(("level",), f"one of {', '.join(LEVELS)}")
        return "error"

    def _severities(self) -> Mapping[str, str]:
        found = self._choices("severity", SEVERITIES)
        for code in found:
            if code not in self._codes and code not in IMPORT_CONTEXTS:
                self.problems.unknown("L014", "rule", ("severity", code), self._codes)
        return found

    def _choices(self, key: str, choices: Collection[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for name, value in self._table(key).items():
            if isinstance(value, str) and value in choices:
                found[name] = value
            else:
                self.problems.wrong_kind((key, name), f"one of {', '.join(choices)}")
        return found

    def _by_layer(self, key: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for layer, value in self._table(key).items():
            if layer in NAMES:
                found[layer] = self._texts(value, (key, layer))
            else:
                self.problems.unknown("L012", "layer", (key, layer), NAMES)
        return found

    def _table(self, key: str) -> Mapping[str, object]:
        value = self._file.table.get(key, {})
        if isinstance(value, dict):
            return dict(flattened(value))
        self.problems.wrong_kind((key,), "a table")
        return {}

    def _texts(self, value: object, words: tuple[str, ...]) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        self.problems.wrong_kind(words, "a list of texts")
        return ()
