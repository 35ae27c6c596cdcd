"""What is asked of the files of a project."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.rules.finding import Rule

__all__ = ["Question"]


class Question(NamedTuple):
    """What is asked of the files of a project.

    Attributes:
        texts: what is in files instead of what the disk has, by their absolute paths.
        rules: the rules that are on.
        forbidden: the names that layers may not use, by layers.
        is_asked: tells which files the rules look at.
    """

    texts: Mapping[Path, bytes]
    rules: Sequence[Rule]
    forbidden: Mapping[str, tuple[str, ...]]
    is_asked: Callable[[Path], bool]
