"""Rows that generated tests make which are alike, or must not be."""

from math import lcm

from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.samples import Samples
from django_layers.scaffold.rendering.views.uniques import UniqueView

__all__ = ["ENOUGH_ROWS", "can_be_repeated", "different_rows"]

ENOUGH_ROWS = 4
"""The most rows that one generated test stores; an entity with fewer different rows is spared those tests."""


def can_be_repeated(unique: UniqueView, view: EntityView) -> bool:
    """Return whether requests can make a second row that has something unique in common with a first one."""
    settable = {field.name for field in view.in_create}
    if view.spec.model is not None and view.spec.model.own_save:
        # A `save` of the model's own may look at what else refers to a row.
        settable -= {reference.field for reference in view.references}
    selves = {reference.field for reference in view.references if reference.is_spared}
    return all(name in settable - selves or name == view.access.owner for name in unique.names)


def different_rows(view: EntityView, samples: dict[str, Samples]) -> int:
    """Return how many rows of one owner factories can make without two that are equal where they must not be."""
    references = {
        reference.field for reference in view.references if not reference.is_owner and not reference.is_spared
    }
    smallest = ENOUGH_ROWS
    for unique in view.uniques:
        if references.intersection(unique.names):
            continue
        sizes = [samples[name].size for name in unique.names if name in samples]
        smallest = min(smallest, lcm(*sizes))
    return smallest
