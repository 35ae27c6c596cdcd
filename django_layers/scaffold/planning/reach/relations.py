"""Which modules name what changes by no import: by a path of relations that leads to a model, `"recipe__title"`."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from django_layers.scaffold.planning.reach.modules import Modules

if TYPE_CHECKING:
    from django.db.models.options import Options

__all__ = ["leading_to", "naming"]


def leading_to(modules: Collection[str]) -> frozenset[str]:
    """Return the names that relations have which lead to the models of some modules, from other models.

    Args:
        modules: the dotted names of the modules.
    """
    from django.apps import apps

    models = [model for model in apps.get_models(include_swapped=True) if model.__module__ in modules]
    return frozenset(name for model in models for name in _names(model._meta) if name and not name.endswith("+"))


def _names(meta: "Options[Any]") -> Iterator[str]:
    from django.db.models import ForeignObjectRel

    for field in meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel):
            yield field.field.name
        elif isinstance(field.remote_field, ForeignObjectRel):
            # As the field says that it is called from the other side: of an object, and in a query.
            yield field.remote_field.get_accessor_name() or ""
            yield field.remote_field.name


def naming(modules: Modules, names: Collection[str]) -> Iterator[str]:
    """Give the modules that say one of some names of relations where a repository or a schema would."""
    if not names:
        return
    name = rb"(?:%s)" % b"|".join(re.escape(name.encode()) for name in sorted(names))
    said = re.compile(rb"\b%s__|__%s\b|[\"']%s[\"']|^[ \t]+%s[ \t]*:" % (name, name, name, name), re.MULTILINE)
    for module, content in modules.contents.items():
        if any(each.encode() in content for each in names) and said.search(content):
            yield module
