"""How long MealGenie's tests of services take in memory, beside the same tests on SQLite in memory.

Run from the root of the repository: python -m tests.benchmarks.bench_service_tests [rounds]

Each test runs in both places in turn, in one process and without pytest, so that nothing but the test is timed: with the
making of its database in memory, or with a transaction that is rolled back. The figures are sums of medians.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from statistics import median
from time import process_time
from types import ModuleType
from typing import Any

from tests.example.mealgenie import EXAMPLE

MODULES = ("ingredient", "rating", "rating_summary", "recipe", "recipe_author", "recipe_ingredient", "recipe_search")

Arguments = Mapping[str, object]
Test = Callable[[], None]


class OnSQLite:
    """Stands in place of a database in memory, and gives the repositories of the app themselves."""

    def repository(self, repository: Callable[[], object]) -> object:
        """Return the repository on the database."""
        return repository()

    def use(self, repository: object, in_memory: object) -> None:
        """Do nothing: the repository's own queries are run."""

    def unit_of_work(self) -> object:
        """Return a unit of work on the database."""
        from django_layers.repositories import database_unit_of_work

        return database_unit_of_work()

    def register(self, label: str, *keys: int) -> None:
        """Store users with these keys."""
        from django.contrib.auth.models import User

        User.objects.bulk_create(User(pk=key, username=f"user {key}", password="-") for key in keys)


def tests_of(module: ModuleType) -> Iterator[Test]:
    """Give the tests of a module, one for each set of parameters, as functions that make their fixtures themselves."""
    fixtures = {name: found._get_wrapped_function() for name, found in vars(module).items() if _is_fixture(found)}
    wanted = {name: tuple(inspect.signature(fixture).parameters) for name, fixture in fixtures.items()}
    for name, function in vars(module).items():
        if name.startswith("test_") and inspect.isfunction(function):
            for given in _parameters(function):
                yield _runnable(function, given, fixtures, wanted)


def _runnable(
    function: Callable[..., None],
    given: Arguments,
    fixtures: Mapping[str, Callable[..., object]],
    wanted: Mapping[str, tuple[str, ...]],
) -> Test:
    parameters = tuple(inspect.signature(function).parameters)

    def run() -> None:
        made = dict(given)

        def value(name: str) -> object:
            if name not in made:
                made[name] = fixtures[name](**{each: value(each) for each in wanted[name]})
            return made[name]

        function(**{name: value(name) for name in parameters})

    return run


def _is_fixture(found: object) -> bool:
    return type(found).__name__ == "FixtureFunctionDefinition"


def _parameters(function: Any) -> list[Arguments]:
    marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        return [{}]
    (mark,) = marks
    names, sets = mark.args
    names = (names,) if isinstance(names, str) else names
    return [dict(zip(names, getattr(each, "values", (each,)), strict=True)) for each in sets]


def main(rounds: int) -> None:
    """Time the tests, and print how long one takes in each place.

    Args:
        rounds: how often each test is timed.
    """
    sys.path.insert(0, str(EXAMPLE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "mealgenie.settings"
    import django
    from django.db import transaction
    from django.test.utils import setup_databases

    django.setup()
    setup_databases(verbosity=0, interactive=False)
    memory = import_module("recipes.tests.memory")
    in_memory = memory.MemoryDatabase
    tests = [test for name in MODULES for test in tests_of(import_module(f"recipes.tests.services.test_{name}"))]

    def on_memory(test: Test) -> None:
        memory.__dict__["MemoryDatabase"] = in_memory
        test()

    def on_sqlite(test: Test) -> None:
        memory.__dict__["MemoryDatabase"] = OnSQLite
        with transaction.atomic():
            test()
            transaction.set_rollback(True)

    places = {"memory": on_memory, "SQLite": on_sqlite}
    seconds: dict[str, list[list[float]]] = {name: [[] for _ in tests] for name in places}
    # The first round fills caches that live for the whole process.
    for _ in range(rounds + 1):
        for number, test in enumerate(tests):
            for name, run in places.items():
                start = process_time()
                run(test)
                seconds[name][number].append(process_time() - start)
    totals = {name: sum(median(each[1:]) for each in timed) for name, timed in seconds.items()}
    for name, total in totals.items():
        print(f"{name:8}{1e6 * total / len(tests):8.0f} us of the processor for a test, on average of {len(tests)}")
    print(f"{'ratio':8}{totals['SQLite'] / totals['memory']:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
