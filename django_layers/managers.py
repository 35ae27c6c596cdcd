"""What the managers of models do to the rows of their tables."""

from django.db.models import Manager, Model
from django.db.models.sql.constants import INNER

__all__ = ["chooses_rows"]


def chooses_rows(model: type[Model]) -> bool:
    """Return whether the default manager of a model chooses which rows there are; one that only orders them does not.

    What it chooses by is in SQL alone, so repositories in memory can't do it, and tests that store rows may not find them.
    """
    manager = model._default_manager
    if type(manager).get_queryset is Manager.get_queryset:
        return False
    query = manager.get_queryset().query
    joins = (table.join_type for table in query.alias_map.values())
    return bool(query.where or query.is_sliced or query.distinct or query.combinator or INNER in joins)
