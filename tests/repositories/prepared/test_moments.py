"""Moments are those that Django reads, time zone and all, whoever reads them."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from django_layers.repositories.prepared.binding import cursor_of
from tests.archive.models import Specimen
from tests.repositories.prepared.kept import by_the_orm
from tests.repositories.prepared.test_same_as_orm import SpecimenRepository

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="Other drivers read no time zones.")
MOMENT = datetime.datetime(2026, 7, 1, 23, 30, 0, 5, tzinfo=datetime.UTC)


def read(cursor: Any) -> datetime.datetime:
    """Return the moment as a cursor reads it."""
    with cursor:
        cursor.execute("SELECT %s::timestamptz", [MOMENT.isoformat()])
        (found,) = cursor.fetchone()
    assert isinstance(found, datetime.datetime)
    return found


def test_moments_have_the_time_zone_that_the_orm_gives_them() -> None:
    key = Specimen.objects.create(moment=MOMENT).pk
    repository = SpecimenRepository()
    expected = by_the_orm(lambda: repository.get(key)).moment
    for _ in range(4):
        found = repository.get(key).moment
        assert found == expected == MOMENT
        assert found is not None
        assert expected is not None
        assert found.tzinfo is expected.tzinfo


@on_postgresql
def test_the_driver_reads_them_where_all_is_in_utc() -> None:
    found = read(cursor_of(connection, is_typed=True))
    assert (found, found.tzinfo) == (MOMENT, datetime.UTC)
    from psycopg import adapters

    with cursor_of(connection, is_typed=True) as ours, connection.cursor() as usual:
        loaders = [each.cursor.adapters.get_loader(1184, 0) for each in (ours, usual)]
    assert loaders[0] is adapters.get_loader(1184, 0)
    assert loaders[0] is not loaders[1]


@on_postgresql
def test_another_time_zone_of_the_server_changes_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Tokyo'")
    ours, usual = read(cursor_of(connection, is_typed=True)), read(connection.cursor())
    assert (ours, ours.tzinfo) == (usual, usual.tzinfo)


@on_postgresql
def test_another_time_zone_of_the_database_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(connections["default"]), "timezone", ZoneInfo("Asia/Tokyo"))
    ours, usual = read(cursor_of(connection, is_typed=True)), read(connection.cursor())
    assert (ours, ours.tzinfo) == (usual, ZoneInfo("Asia/Tokyo"))


@on_postgresql
def test_a_loader_of_ones_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = connection.connection.adapters.get_loader(1184, 0)

    class Own(usual):
        """Reads whole seconds."""

        def load(self, data: Any) -> Any:
            return super().load(data).replace(microsecond=0)

    try:
        connection.connection.adapters.register_loader(1184, Own)
        assert read(cursor_of(connection, is_typed=True)).microsecond == 0
    finally:
        connection.connection.adapters.register_loader(1184, usual)
