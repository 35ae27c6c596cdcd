"""What refers to a model: fields of other models, and entities that were generated for it."""

from collections.abc import Iterator

from django_layers.scaffold.language.fields import field_type
from django_layers.scaffold.plans.ledger_reading import ledger_specs
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project

__all__ = ["referrers"]


def referrers(project: Project, label: str) -> tuple[str, ...]:
    """Return what refers to a model and is not of it, "recipes.Review.rating" each.

    Args:
        project: the project.
        label: the label of the model.

    Raises:
        LedgerUnreadable: what was generated for an entity can't be known.
    """
    return tuple(sorted({*_fields(label), *_entities(project, label)}))


def _fields(label: str) -> Iterator[str]:
    from django.apps import apps
    from django.conf import settings

    if label == settings.AUTH_USER_MODEL:
        yield "AUTH_USER_MODEL of the settings"
    for model in apps.get_models():
        if model._meta.label == label:
            continue
        for field in model._meta.get_fields(include_hidden=False):
            remote = getattr(field, "remote_field", None)
            related = (getattr(remote, name, None) for name in ("model", "through"))
            labels = {getattr(getattr(each, "_meta", None), "label", None) for each in related}
            if field.concrete and label in labels:
                yield f"{model._meta.label}.{field.name}"
        parents = [parent for parent in model._meta.all_parents if parent._meta.label == label]
        yield from (f"{model._meta.label}, which inherits from it" for _ in parents)


def _entities(project: Project, label: str) -> Iterator[str]:
    for app in project.apps:
        for spec in map(from_data, ledger_specs(project.layout.root, app.path)):
            own = f"{spec.app_label}.{spec.name}"
            for field in spec.fields:
                if field_type(field).reference and field.argument and field.argument[0] == label != own:
                    yield f"{own}.{field.name}"
