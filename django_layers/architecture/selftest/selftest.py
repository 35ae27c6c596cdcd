"""Runs the check over a tree with planted violations, and tells which rules do not find theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.checking import CODES, check
from django_layers.architecture.configuration.configuration import OFF, Configuration
from django_layers.architecture.configuration.finding import find_configuration
from django_layers.architecture.configuration.reading import read_configuration
from django_layers.architecture.explanations.reading import explain
from django_layers.architecture.rules import RULES
from django_layers.architecture.selftest.planting import App, plant
from django_layers.architecture.tree.discovery import Source, Tree, arrange
from django_layers.architecture.tree.surveying import existing, survey

__all__ = ["Outcome", "selftest"]

_FORBIDDEN = "L106"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the violation of one rule in one app.

    Attributes:
        app: the dotted package of the app.
        code: the rule.
        is_found: whether the check found it.
        files: where it was planted.
    """

    app: str
    code: str
    is_found: bool
    files: tuple[Path, ...]


def selftest(paths: Sequence[Path]) -> tuple[Outcome, ...]:
    """Plant a violation of every rule that is on in every app that is checked, in memory, and look for them.

    Args:
        paths: folders and Python files.

    Returns:
        What became of each; nothing where the configuration is wrong, which a check tells.

    Raises:
        CheckError: there is nothing to check there.
    """
    chosen = [existing(path) for path in paths]
    configuration, problems = read_configuration(find_configuration(chosen), CODES)
    if problems:
        return ()
    files_there = survey(chosen, configuration.layout)
    tree = arrange(files_there, configuration.layout)
    planted = {
        (app.name, code): plant(app, code, wrong, configuration.layout)
        for app in _apps(tree, configuration)
        for code, wrong in _violations(configuration)
    }
    texts = {path: text for files in planted.values() for path, text in files.items()}
    found = {(one.path, one.code) for one in check(files_there.roots, texts).violations}
    return tuple(
        Outcome(app, code, any((path, code) in found for path in files), tuple(sorted(files)))
        for (app, code), files in planted.items()
    )


def _violations(configuration: Configuration) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Walk the rules that are on with files that break them."""
    for rule in RULES:
        if configuration.severities.get(rule.code, rule.severity) == OFF:
            continue
        if rule.code != _FORBIDDEN:
            yield rule.code, explain(rule.code).wrong
        else:
            for layer, names in configuration.forbidden.items():
                yield rule.code, {f"shop/{layer.replace('.', '/')}/book.py": f"import {names[0]}\n"}


def _apps(tree: Tree, configuration: Configuration) -> Iterator[App]:
    told = set()
    for source in tree.sources:
        name = source.place.app
        if name and name not in told and configuration.level_of(name) != OFF:
            told.add(name)
            yield App(name, _folder(source))


def _folder(source: Source) -> Path:
    """Return the folder of the app that a module is part of."""
    inside = source.name.count(".") - source.place.app.count(".")
    return source.path.parents[inside if source.is_package else inside - 1]
