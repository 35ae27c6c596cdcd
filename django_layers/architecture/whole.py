"""What a look at all files of a project finds."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django_layers.architecture.judging import Outcome
from django_layers.architecture.names.known_models import KnownModels
from django_layers.architecture.tree.discovery import Source

__all__ = ["Whole"]


class Whole(NamedTuple):
    """What a look at all files of a project finds.

    Attributes:
        outcomes: what is found in each file that is read.
        unreadable: the names of the modules that could not be read.
        known: what has to be known of the models.
        asked: the models that have been asked for by a label.
        dependence: the names of the modules that each module depends on directly, for those that could be read.
    """

    outcomes: Mapping[Source, Outcome]
    unreadable: frozenset[str]
    known: KnownModels
    asked: frozenset[str]
    dependence: Mapping[str, Sequence[str]]
