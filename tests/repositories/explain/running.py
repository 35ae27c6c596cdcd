"""The SQL that really runs, as it is given to the driver."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

__all__ = ["as_explained", "running"]


@contextmanager
def running() -> Iterator[list[str]]:
    """Gather what runs inside, without what only opens and closes savepoints."""
    found: list[str] = []

    def gather(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if "SAVEPOINT" not in sql:
            found.append(as_explained(sql))
        return execute(sql, *arguments)

    with connection.execute_wrapper(gather):
        yield found


def as_explained(sql: str) -> str:
    """Return SQL as if each list of values held one, and without what databases return of new rows.

    PostgreSQL takes lists as one parameter, whose SQL is the ORM's otherwise.
    """
    sql = re.sub(r"= ANY\(%s(::\w+\[\])?\)", "IN (%s)", sql)
    return re.sub(r" RETURNING .*", "", re.sub(r"IN \(%s(, %s)+\)", "IN (%s)", sql))
