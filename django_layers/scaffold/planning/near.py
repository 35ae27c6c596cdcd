"""The part of a project's models that the migrations of some apps can be about: theirs, and what these relate to."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations.state import ModelState, ProjectState

__all__ = ["near_apps", "of_apps", "state_of_apps"]


def near_apps(labels: Collection[str], before: "ProjectState") -> frozenset[str]:
    """Return some apps, those that refer to them, and everything that any of these refer to, before or now.

    Django works out what changes in every model that it is given, whichever app the migration is wanted of.

    Args:
        labels: the labels of the apps.
        before: the models as the migrations know them.
    """
    from django.apps import apps

    refers: dict[str, set[str]] = {}
    for (label, _), state in before.models.items():
        refers.setdefault(label, set()).update(_apps_in(state))
    for model in apps.get_models(include_swapped=True, include_auto_created=True):
        fields = model._meta.get_fields(include_hidden=True)
        related = {field.related_model for field in fields if field.is_relation and not field.auto_created}
        found = (each._meta.app_label for each in related if isinstance(each, type))
        refers.setdefault(model._meta.app_label, set()).update(found)
        refers[model._meta.app_label].update(base._meta.app_label for base in model._meta.all_parents)
    pending = [*labels, *(label for label, others in refers.items() if others & {*labels})]
    near: set[str] = set()
    while pending:
        label = pending.pop()
        if label not in near:
            near.add(label)
            pending += refers.get(label, ())
    return frozenset(near)


def of_apps(state: "ProjectState", labels: Collection[str]) -> "ProjectState":
    """Return a state with the models of some apps only."""
    from django.db.migrations.state import ProjectState

    models = {key: model for key, model in state.models.items() if key[0] in labels}
    return ProjectState(models, real_apps=state.real_apps)


def state_of_apps(labels: Collection[str]) -> "ProjectState":
    """Return the state of the models of some apps as they are loaded."""
    from django.apps import apps
    from django.db.migrations.state import ModelState, ProjectState

    models = [model for model in apps.get_models(include_swapped=True) if model._meta.app_label in labels]
    states = [ModelState.from_model(model) for model in models]
    return ProjectState({(state.app_label, state.name_lower): state for state in states})


def _apps_in(state: "ModelState") -> Iterator[str]:
    """Give the labels of the apps that a model refers to, by its fields and its bases."""
    related: list[object] = [*state.bases]
    for field in state.fields.values():
        related += (getattr(field.remote_field, name, None) for name in ("model", "through"))
    for each in related:
        if isinstance(each, str) and "." in each:
            yield each.partition(".")[0]
        elif hasattr(each, "_meta"):
            yield each._meta.app_label
