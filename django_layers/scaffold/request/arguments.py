"""Reads the arguments of a command line that say which entity is meant, and what about it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django_layers.scaffold.language.grammar import parse_reference
from django_layers.scaffold.language.problems import GrammarError, Problem
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.request.layers import LAYER_NAMES

__all__ = ["ArgumentReader"]

_Parsed = TypeVar("_Parsed")


class ArgumentReader:
    """Reads arguments one by one and collects what is wrong with them."""

    def __init__(self, project: Project) -> None:
        self.problems: list[Problem] = []
        self._project = project

    def name(self, text: str, app: str | None) -> tuple[str, str]:
        """Return the label of the app and the class name of the entity."""
        try:
            label, name = parse_reference(text)
        except GrammarError as error:
            self.problems += error.problems
            label, name = "", text
        if app is None:
            return label or self._only_app(), name
        if label and label != app:
            self._problem("--app", f"{text} is in {label}, not in {app}.", "Leave one of them out.")
        return app, name

    def all(self, parse: Callable[[str], _Parsed], texts: Iterable[str]) -> tuple[_Parsed, ...]:
        """Return what can be read of several arguments of one kind."""
        parsed: list[_Parsed] = []
        for text in texts:
            try:
                parsed.append(parse(text))
            except GrammarError as error:
                self.problems += error.problems
        return tuple(parsed)

    def layers(self, only: Iterable[str], skip: Iterable[str]) -> frozenset[str]:
        """Return the layers to write; none for all of them."""
        included = self._names("--only", only) or frozenset(LAYER_NAMES)
        excluded = self._names("--skip", skip)
        layers = included - excluded
        if not layers:
            self._problem("--skip", "no layer is left.", "Skip fewer.")
        return frozenset() if layers == frozenset(LAYER_NAMES) else layers

    def _names(self, option: str, texts: Iterable[str]) -> frozenset[str]:
        names = [name for text in texts for name in text.split(",")]
        for name in names:
            if name not in LAYER_NAMES:
                everything = f"The layers are {', '.join(LAYER_NAMES)}."
                self._problem(option, f"{name!r} is no layer.", did_you_mean(name, LAYER_NAMES, otherwise=everything))
        return frozenset(names) & frozenset(LAYER_NAMES)

    def _only_app(self) -> str:
        layered = sorted(self._project.layered)
        # Where it is not clear, the judgement of the request says so.
        return layered[0] if len(layered) == 1 else ""

    def _problem(self, where: str, message: str, suggestion: str) -> None:
        self.problems.append(Problem(where=where, message=message, suggestion=suggestion))
