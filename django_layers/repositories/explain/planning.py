"""What a database says about how it runs a query; by `EXPLAIN`, which runs nothing."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

from django_layers.repositories.projection import Row

__all__ = ["plan_of", "planned_indexes"]

_INDEXES: Final = {
    "sqlite": re.compile(r"USING (?:COVERING )?(?:AUTOMATIC )?INDEX (\S+)|USING (INTEGER PRIMARY KEY)"),
    "postgresql": re.compile(r"Index (?:Only )?Scan(?: Backward)? using (\S+)|Bitmap Index Scan on (\S+)"),
    # Django escapes the quotes once more.
    "mysql": re.compile(r'\\?"key\\?": \\?"([^"\\]+)'),
}
"""How each database names the indexes that it takes."""

_FORMATS: Final = {"mysql": "JSON"}
"""Where the plan names them that way in another format only."""
_NUMBERS: Final = re.compile(r"^(\d+ ){3}")
"""What SQLite numbers the steps of a plan with."""


def plan_of(rows: QuerySet[Model, Row]) -> tuple[str, ...]:
    """Return the lines of a database's plan for a query; nothing where Django knows that there is nothing to ask for."""
    try:
        return tuple(_NUMBERS.sub("", line) for line in rows.explain().splitlines())
    except EmptyResultSet:
        return ()


def planned_indexes(rows: QuerySet[Model, Row], vendor: str) -> tuple[str, ...]:
    """Return the indexes that a database takes for a query."""
    if vendor not in _INDEXES:
        return ()
    try:
        plan = rows.explain(format=_FORMATS.get(vendor))
    except EmptyResultSet:
        return ()
    found = _INDEXES[vendor].finditer(plan)
    return tuple(dict.fromkeys(next(filter(None, each.groups())) for each in found))
