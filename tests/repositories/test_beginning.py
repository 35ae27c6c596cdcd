"""The first write of a unit of work takes no savepoint where the database can tell that nothing came before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.models.signals import post_save

from django_layers.errors import Conflict
from django_layers.repositories import database_unit_of_work
from django_layers.testing import count_queries
from tests.shop.models import Tag
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.tag import TagInsert

# Outside of a test's own transaction, in which something has always come before.
pytestmark = pytest.mark.django_db(transaction=True)

unit_of_work = database_unit_of_work()


def add(name: str) -> int:
    return DjangoTagRepository().add(TagInsert(name=name)).id


def names() -> list[str]:
    return list(Tag.objects.order_by("name").values_list("name", flat=True))


def savepoints(run: Callable[[], object]) -> int:
    """Return how many savepoints are made."""
    with count_queries() as counted:
        run()
    return sum(statement.startswith("SAVEPOINT") for statement in counted.statements)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL's drivers tell")
def test_only_what_came_before_needs_a_savepoint() -> None:
    def first_and_second() -> None:
        with unit_of_work():
            add("a")
            add("b")

    def after_a_read() -> None:
        with unit_of_work():
            names()
            add("c")

    def inside_of_a_savepoint() -> None:
        with unit_of_work(), unit_of_work.savepoint():
            add("d")

    def inside_of_somebody_else_s() -> None:
        with transaction.atomic(), unit_of_work():
            add("e")

    assert [savepoints(each) for each in (first_and_second, after_a_read, inside_of_a_savepoint)] == [1, 1, 2]
    # The block, the write, and a look at what waits for the end.
    assert savepoints(inside_of_somebody_else_s) == 3
    assert names() == ["a", "b", "c", "d", "e"]


def test_after_a_first_write_that_failed_the_unit_of_work_goes_on() -> None:
    add("taken")
    with unit_of_work():
        with pytest.raises(Conflict):
            add("taken")
        with pytest.raises(Conflict):
            add("taken")
        add("b")
        assert names() == ["b", "taken"]
    assert names() == ["b", "taken"]
    assert not connection.in_atomic_block


def test_what_the_failed_write_did_before_it_failed_is_undone_and_its_callbacks_are_forgotten() -> None:
    called: list[str] = []

    def also(instance: Tag, **_: object) -> None:
        Tag.objects.bulk_create([Tag(name="by a signal")])
        transaction.on_commit(lambda: called.append("of the failed write"))
        raise ValueError("refused")

    post_save.connect(also, sender=Tag)
    try:
        with unit_of_work():
            transaction.on_commit(lambda: called.append("of the unit of work"))
            with pytest.raises(ValueError, match="refused"):
                add("a")
            post_save.disconnect(also, sender=Tag)
            add("b")
    finally:
        post_save.disconnect(also, sender=Tag)
    assert names() == ["b"]
    assert called == ["of the unit of work"]


def test_a_first_write_whose_error_leaves_the_unit_of_work_leaves_nothing() -> None:
    add("taken")
    with pytest.raises(Conflict), unit_of_work():
        add("taken")
    assert names() == ["taken"]
    with unit_of_work():
        add("b")
    assert names() == ["b", "taken"]
