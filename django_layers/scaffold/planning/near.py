"""The part of a project's models that a migration can be about: those that change, and what these relate to."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations.state import ModelState, ProjectState
    from django.db.models import Model

__all__ = ["Key", "changing", "loaded_state", "near", "of_models"]

Key = tuple[str, str]
"""The label of an app, and the name of one of its models in lower case."""


def changing(labels: Collection[str], before: "ProjectState", reached: Collection[str] | None) -> frozenset[Key]:
    """Return the models of some apps that may differ from what the migrations know: come, go or be other than they were.

    Args:
        labels: the labels of the apps.
        before: the models as the migrations know them.
        reached: the modules that what is planned makes a difference to; None where that is not known, and any may.
    """
    now = {_key(model): model.__module__ for model in _models() if model._meta.app_label in labels}
    known = {key for key in before.models if key[0] in labels}
    stay = {key for key, module in now.items() if reached is not None and module not in reached}
    return frozenset((now.keys() | known) - (stay & known))


def near(models: Collection[Key], before: "ProjectState") -> frozenset[Key]:
    """Return some models, those that refer to them, and everything that any of these refer to, before or now.

    Django works out what changes in every model that it is given, whichever app the migration is wanted of.

    Args:
        models: the models.
        before: the models as the migrations know them.
    """
    refers: dict[Key, set[Key]] = {key: {*_referred_by_state(state)} for key, state in before.models.items()}
    for model in _models():
        refers.setdefault(_key(model), set()).update(_referred_by(model))
    wanted = {*models}
    pending = [*models, *(key for key, others in refers.items() if not others.isdisjoint(wanted))]
    found: set[Key] = set()
    while pending:
        key = pending.pop()
        if key not in found:
            found.add(key)
            pending += refers.get(key, ())
    return frozenset(found)


def of_models(state: "ProjectState", models: Collection[Key]) -> "ProjectState":
    """Return a state with some models only."""
    from django.db.migrations.state import ProjectState

    return ProjectState({key: model for key, model in state.models.items() if key in models}, state.real_apps)


def loaded_state(models: Collection[Key]) -> "ProjectState":
    """Return the state of some models as they are loaded."""
    from django.db.migrations.state import ModelState, ProjectState

    return ProjectState({_key(model): ModelState.from_model(model) for model in _models() if _key(model) in models})


def _models() -> "list[type[Model]]":
    from django.apps import apps

    return apps.get_models(include_swapped=True)


def _key(model: "type[Model]") -> Key:
    return model._meta.app_label, str(model._meta.model_name)


def _referred_by(model: "type[Model]") -> Iterator[Key]:
    """Give the models that a loaded one refers to, by its fields and its bases."""
    yield from map(_key, model._meta.all_parents)
    for field in model._meta.get_fields(include_hidden=True):
        if field.is_relation and not field.auto_created:
            related = (field.related_model, getattr(field.remote_field, "through", None))
            yield from (_key(each) for each in related if isinstance(each, type) and hasattr(each, "_meta"))


def _referred_by_state(state: "ModelState") -> Iterator[Key]:
    """Give the models that one refers to as the migrations know it."""
    related: list[object] = [*state.bases]
    for field in state.fields.values():
        related += (getattr(field.remote_field, name, None) for name in ("model", "through"))
    for each in related:
        if isinstance(each, str) and "." in each:
            label, _, name = each.partition(".")
            yield label, name.lower()
        elif isinstance(each, type) and hasattr(each, "_meta"):
            yield _key(each)
