"""Setting up the bookshop on a database of its own, which goes when the benchmark is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.benchmarks.competitors import installed
from tests.benchmarks.harness.requests import Asgi, Caller, Wsgi

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["CAREFUL", "COMPETITORS", "NINJA", "OURS", "callers_of", "opened_bookshop"]

OURS = "django-layers"
NINJA = "django-ninja, `ModelSchema`"
CAREFUL = "the same by hand"
"""Only writes: what ours do, without layers."""


@contextmanager
def opened_bookshop(database: str) -> Iterator[None]:
    """Set Django up with the bookshop's settings, and make its tables; to be called once in a process.

    Args:
        database: one of `DATABASES`.
    """
    os.environ["BENCH_DATABASE"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.bookshop.settings"
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        _leave_alone(connection)
        connection.close()
        connection.creation.destroy_test_db(before, verbosity=0)


def _leave_alone(connection: BaseDatabaseWrapper) -> None:
    """Part others from the database: a pool may keep a connection after its application has stopped."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _django(prefix: str) -> Callable[[], Caller]:
    def make() -> Caller:
        from django.core.handlers.wsgi import WSGIHandler

        from tests.benchmarks.bookshop.caller import HEADER

        return Wsgi(WSGIHandler(), prefix=f"/{prefix}", authorization=HEADER)

    return make


def _asgi(module: str, factory: str) -> Callable[[], Caller]:
    def make() -> Caller:
        from importlib import import_module

        from django.db import connection

        from tests.benchmarks.bookshop.caller import HEADER
        from tests.benchmarks.competitors.sqlalchemy_rows import url_of

        make_app = getattr(import_module(f"tests.benchmarks.competitors.{module}"), factory)
        return Asgi(make_app(url_of(connection.settings_dict)), authorization=HEADER)

    return make


COMPETITORS: dict[str, tuple[tuple[str, ...], Callable[[], Caller]]] = {
    OURS: ((), _django("ours")),
    NINJA: ((), _django("ninja")),
    "Django REST framework, `ModelSerializer`": (("rest_framework",), _django("drf")),
    "FastAPI + SQLAlchemy": (("fastapi", "sqlalchemy"), _asgi("fastapi_sqlalchemy", "make_app")),
    "Litestar + advanced-alchemy, msgspec": (
        ("litestar", "advanced_alchemy", "fastapi"),
        _asgi("litestar_alchemy", "make_msgspec_app"),
    ),
    "Litestar + advanced-alchemy, Pydantic": (
        ("litestar", "advanced_alchemy", "fastapi"),
        _asgi("litestar_alchemy", "make_pydantic_app"),
    ),
    "`values_list` + orjson (the limit)": (("orjson",), _django("values")),
}
"""What each competitor needs to be installed, and what makes it."""

ONLY_WRITING = {CAREFUL: ((), _django("careful"))}
"""What answers to writes alone."""


@contextmanager
def callers_of(*names: str) -> Iterator[dict[str, Caller]]:
    """Give the competitors that are installed, of those with these names or of all who read; the bookshop must be open."""
    wanted = names or tuple(COMPETITORS)
    callers = {
        name: make()
        for name, (packages, make) in (COMPETITORS | ONLY_WRITING).items()
        if name in wanted and all(installed(package) for package in packages)
    }
    try:
        yield callers
    finally:
        for caller in callers.values():
            caller.close()
