"""Constraints of every kind, as errors of the domain; each on the databases that know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import CheckConstraint, Func, Q

from django_layers.errors import Conflict, DomainError, RuleViolated
from django_layers.repositories import UndeclaredConstraint, database_unit_of_work
from tests.bookings.models import Booking, Hall, Place
from tests.bookings.repositories import (
    BookingChanges,
    BookingInsert,
    DjangoBookingRepository,
    DjangoHallRepository,
    DjangoKeyedHallRepository,
    DjangoPlaceRepository,
    HallChanges,
    HallInsert,
    KeyedHallInsert,
)

pytestmark = pytest.mark.django_db

only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows it")
no_ddl_in_transactions = pytest.mark.skipif(connection.vendor == "mysql", reason="DDL ends the transaction of a test")


def require(feature: str) -> None:
    if not getattr(connection.features, feature):
        pytest.skip(f"the database has no {feature}")


def facts(error: DomainError) -> tuple[type[DomainError], str, tuple[str, ...], str]:
    return type(error), error.code, error.fields, error.constraint


def refused_by(*bookings: BookingInsert) -> DomainError:
    """Store bookings of which the last is refused, and show that the transaction goes on."""
    repository = DjangoBookingRepository()
    for booking in bookings[:-1]:
        repository.add(booking)
    with pytest.raises(DomainError) as caught:
        repository.add(bookings[-1])
    assert Booking.objects.count() == len(bookings) - 1
    return caught.value


@pytest.fixture
def place() -> Place:
    return Place.objects.create(name="the place")


class TestConditions:
    @pytest.fixture(autouse=True)
    def required(self) -> None:
        require("supports_partial_indexes")

    def test_a_condition_s_own_code_and_message_are_used(self, place: Place) -> None:
        error = refused_by(
            *(
                BookingInsert(place_id=place.pk, table=1, is_open=True, starts=number, voucher=number)
                for number in range(2)
            )
        )
        assert facts(error) == (Conflict, "table_taken", ("place_id", "table"), "bookings_open_table")
        assert error.detail == "The table is taken."

    def test_where_a_condition_does_not_hold_nothing_is_refused(self, place: Place) -> None:
        for number in range(2):
            DjangoBookingRepository().add(BookingInsert(place_id=place.pk, table=1, starts=number, voucher=number))
        assert Booking.objects.count() == 2

    @pytest.mark.parametrize("condition", ["is_open", "is_paid"])
    def test_two_on_the_same_field_are_told_apart_where_the_database_tells_them_apart(self, condition: str) -> None:
        values: dict[str, Any] = {"ticket": 7, condition: True}
        error = refused_by(*(BookingInsert(starts=number, voucher=number, **values) for number in range(2)))
        assert facts(error)[:3] == (Conflict, "unique", ("ticket",))
        assert error.constraint == ("" if connection.vendor == "sqlite" else f"bookings_{condition[3:]}_ticket")


def test_a_unique_expression_names_the_fields_inside_of_it() -> None:
    require("supports_expression_indexes")
    error = refused_by(BookingInsert(guest="Ada", voucher=1), BookingInsert(guest="ADA", voucher=2))
    assert facts(error) == (Conflict, "unique", ("guest", "starts"), "bookings_guest")
    assert "ada" not in str(vars(error)).lower()


def test_null_can_be_unique() -> None:
    require("supports_nulls_distinct_unique_constraints")
    error = refused_by(*(BookingInsert(starts=number) for number in range(2)))
    assert facts(error) == (Conflict, "unique", ("voucher",), "bookings_voucher")


class TestInheritedTables:
    def test_what_the_table_above_refuses_is_told_as_its_own(self) -> None:
        DjangoHallRepository().add(HallInsert(name="x", code="1", seats=1))
        with pytest.raises(Conflict) as caught:
            DjangoHallRepository().add(HallInsert(name="x", code="2", seats=1))
        assert facts(caught.value)[:3] == (Conflict, "unique", ("name",))
        assert (Hall.objects.count(), Place.objects.count()) == (1, 1)

    def test_what_the_table_itself_refuses_leaves_no_row_above(self) -> None:
        DjangoHallRepository().add(HallInsert(name="x", code="1", seats=1))
        with pytest.raises(Conflict) as caught:
            DjangoHallRepository().add(HallInsert(name="y", code="1", seats=1))
        assert caught.value.fields == ("code",)
        with pytest.raises(RuleViolated) as refused:
            DjangoHallRepository().add(HallInsert(name="y", code="2", seats=101))
        assert facts(refused.value) == (RuleViolated, "check", ("seats",), "bookings_hall_seats")
        assert Place.objects.count() == 1

    @pytest.mark.parametrize(
        "store",
        [
            lambda halls, row: halls.add(row),
            lambda halls, row: halls.add_many([row]),
            lambda halls, row: halls.upsert(row, unique=["code"]),
        ],
    )
    def test_a_new_row_takes_over_none_of_the_table_above(self, place: Place, store: Callable[..., object]) -> None:
        row = KeyedHallInsert(id=place.pk, name="taken over", code="1", seats=1)
        with pytest.raises(Conflict) as caught:
            store(DjangoKeyedHallRepository(), row)
        assert facts(caught.value)[:3] == (Conflict, "unique", ("id",))
        assert (Hall.objects.count(), Place.objects.get().name) == (0, place.name)

    def test_a_row_that_takes_over_values_keeps_its_key(self) -> None:
        hall = DjangoHallRepository().add(HallInsert(name="x", code="1", seats=1))
        row = KeyedHallInsert(id=hall.id + 7, name="y", code="1", seats=2)
        changed = DjangoKeyedHallRepository().upsert(row, unique=["code"])
        assert (changed.id, changed.name, changed.seats) == (hall.id, "y", 2)

    def test_a_change_is_refused_alike(self) -> None:
        DjangoHallRepository().add(HallInsert(name="x", code="1", seats=1))
        other = DjangoHallRepository().add(HallInsert(name="y", code="2", seats=1))
        with pytest.raises(Conflict) as caught:
            DjangoHallRepository().update(other.id, HallChanges(name="x", seats=2))
        assert caught.value.fields == ("name",)
        assert DjangoHallRepository().get(other.id).seats == 1


def test_a_protected_row_says_who_refers_to_it(place: Place) -> None:
    Booking.objects.create(place=place)
    with pytest.raises(Conflict) as caught:
        DjangoPlaceRepository().delete(place.pk)
    assert (caught.value.code, caught.value.detail) == (
        "still_referenced",
        "The place is still referred to by bookings.",
    )
    assert Place.objects.exists()


def test_a_row_that_only_the_database_protects_says_who_refers_to_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    Booking.objects.create(place=place)

    def careless(self: Place) -> None:
        type(self)._base_manager.filter(pk=self.pk)._raw_delete("default")  # type: ignore[attr-defined]

    monkeypatch.setattr(Place, "delete", careless)
    with pytest.raises(Conflict) as caught, database_unit_of_work()():
        DjangoPlaceRepository().delete(place.pk)
    assert (caught.value.code, caught.value.detail) == (
        "still_referenced",
        "The place is still referred to by bookings.",
    )
    assert Place.objects.exists()


def test_a_row_that_is_saved_with_a_reference_to_nothing_is_no_deleted_one_s_fault(place: Place) -> None:
    other = Place.objects.create(name="other")

    def delete_and_add() -> None:
        DjangoPlaceRepository().delete(other.pk)
        DjangoBookingRepository().add(BookingInsert(place_id=10**9))

    with pytest.raises(RuleViolated) as caught:
        database_unit_of_work().run(delete_and_add)
    assert (caught.value.code, caught.value.fields) == ("reference_missing", ("place_id",))
    assert Place.objects.count() == 2


@only_postgresql
class TestDeferredUniqueness:
    def test_it_is_found_at_the_end_of_a_unit_of_work(self) -> None:
        with pytest.raises(Conflict) as caught, database_unit_of_work()():
            DjangoBookingRepository().add_many(
                [BookingInsert(position=1, voucher=number, starts=number) for number in range(2)]
            )
        assert facts(caught.value) == (Conflict, "unique", ("position",), "bookings_position")
        assert not Booking.objects.exists()

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("is_in_unit_of_work", [True, False])
    def test_it_is_found_at_the_commit(self, is_in_unit_of_work: bool) -> None:
        bookings = [BookingInsert(position=1, voucher=number, starts=number) for number in range(2)]

        def add() -> None:
            DjangoBookingRepository().add_many(bookings)

        with pytest.raises(Conflict) as caught:
            database_unit_of_work().run(add) if is_in_unit_of_work else add()
        assert facts(caught.value) == (Conflict, "unique", ("position",), "bookings_position")
        assert not Booking.objects.exists()

    def test_values_can_be_swapped_in_a_unit_of_work(self) -> None:
        repository = DjangoBookingRepository()
        keys = [repository.add(BookingInsert(position=number, voucher=number, starts=number)).id for number in range(2)]
        with database_unit_of_work()():
            for key, position in zip(keys, (1, 0), strict=True):
                repository.update(key, BookingChanges(position=position))
        assert list(Booking.objects.order_by("pk").values_list("position", flat=True)) == [1, 0]

    def test_a_unit_of_work_inside_a_transaction_lets_constraints_wait_as_they_are_declared(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE bookings_booking ADD CONSTRAINT at_once UNIQUE (ends) DEFERRABLE INITIALLY IMMEDIATE"
            )
        repository = DjangoBookingRepository()
        with database_unit_of_work()():
            repository.add(BookingInsert(ends=1, voucher=1))
        # Still at once, and no sooner or later than the database was told.
        with pytest.raises(UndeclaredConstraint, match="at_once"):
            repository.add(BookingInsert(ends=1, voucher=2, starts=2))


@only_postgresql
class TestExclusion:
    @pytest.fixture
    def exclude(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        from django.contrib.postgres.constraints import ExclusionConstraint
        from django.contrib.postgres.fields import RangeOperators

        def exclude(**options: Any) -> None:
            overlap = (Func("starts", "ends", function="int4range"), RangeOperators.OVERLAPS)
            constraint = ExclusionConstraint(name="bookings_hours", expressions=[overlap], **options)
            with connection.schema_editor() as editor:
                editor.add_constraint(Booking, constraint)
            monkeypatch.setattr(Booking._meta, "constraints", [*Booking._meta.constraints, constraint])

        return exclude

    def test_a_row_in_the_way_of_another_names_what_is_compared(self, exclude: Callable[..., None]) -> None:
        exclude()
        error = refused_by(BookingInsert(starts=1, ends=5, voucher=1), BookingInsert(starts=4, ends=6, voucher=2))
        assert facts(error) == (Conflict, "exclusion", ("starts", "ends"), "bookings_hours")
        assert error.detail == "There is another booking in the way: starts and ends."

    def test_its_own_code_and_message_are_used(self, exclude: Callable[..., None]) -> None:
        exclude(violation_error_code="overlap", violation_error_message="These hours are taken.")
        error = refused_by(BookingInsert(starts=1, ends=5, voucher=1), BookingInsert(starts=4, ends=6, voucher=2))
        assert (error.code, error.detail) == ("overlap", "These hours are taken.")

    def test_one_that_nobody_declares_is_told_aloud(
        self, exclude: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        exclude()
        monkeypatch.setattr(Booking._meta, "constraints", [])
        DjangoBookingRepository().add(BookingInsert(starts=1, ends=5, voucher=1))
        with pytest.raises(UndeclaredConstraint, match=r"ExclusionConstraint\(.* name='bookings_hours'\)"):
            DjangoBookingRepository().add(BookingInsert(starts=4, ends=6, voucher=2))


@no_ddl_in_transactions
class TestUndeclared:
    """Each is told aloud, with what to declare; the transaction goes on."""

    def refused(self, statement: str, booking: BookingInsert) -> str:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(UndeclaredConstraint) as caught:
            DjangoBookingRepository().add(booking)
        assert not Booking.objects.exists()
        assert "bookings.Booking" in str(caught.value)
        return str(caught.value)

    @only_postgresql
    def test_a_check(self) -> None:
        message = self.refused(
            "ALTER TABLE bookings_booking ADD CONSTRAINT nobody_knows CHECK (starts < ends)",
            BookingInsert(starts=2, ends=1),
        )
        assert "`models.CheckConstraint(condition=..., name='nobody_knows')` in Meta.constraints" in message

    @only_postgresql
    def test_a_column_that_must_have_a_value(self) -> None:
        message = self.refused("ALTER TABLE bookings_booking ALTER COLUMN ticket SET NOT NULL", BookingInsert())
        assert "not null constraint on ticket" in message
        assert "a field for the column ticket without `null=True`" in message

    @only_postgresql
    def test_a_foreign_key(self) -> None:
        message = self.refused(
            "ALTER TABLE bookings_booking ADD CONSTRAINT nobody_knows "
            "FOREIGN KEY (ticket) REFERENCES bookings_place (id)",
            BookingInsert(ticket=10**6),
        )
        assert "a `models.ForeignKey` for the column ticket" in message

    def test_a_unique_expression(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE UNIQUE INDEX nobody_knows ON bookings_booking ((ends * 2))")
        Booking.objects.create(ends=5, voucher=1)
        with pytest.raises(UndeclaredConstraint, match=r"UniqueConstraint\(fields=.*name='nobody_knows'\)"):
            DjangoBookingRepository().add(BookingInsert(ends=5, voucher=2, starts=1))
        assert Booking.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "mysql", reason="only MySQL and MariaDB speak to their clients")
@pytest.mark.parametrize("language", ["de_DE", "ja_JP", "hu_HU", "fr_FR", "el_GR", "uk_UA"])
class TestInOtherLanguages:
    @pytest.fixture(autouse=True)
    def speaking(self, language: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION lc_messages = %s", [language])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION lc_messages = 'en_US'")

    def test_every_refusal_is_understood(self, place: Place) -> None:
        repository = DjangoHallRepository()
        writer = repository._compiled().writer
        repository.add(HallInsert(name="it's 'x'", code="1", seats=1))
        cases: list[tuple[Callable[[], object], str, tuple[str, ...]]] = [
            (lambda: repository.add(HallInsert(name="it's 'x'", code="2", seats=1)), "unique", ("name",)),
            (lambda: repository.add(HallInsert(name="y", code="1", seats=1)), "unique", ("code",)),
            (lambda: repository.add(HallInsert(name="y", code="2", seats=101)), "check", ("seats",)),
            (lambda: Hall.objects.create(name="y", code=None, seats=1), "required", ("code",)),
            (lambda: Hall.objects.create(name="y" * 31, code="2", seats=1), "out_of_range", ("name",)),
            (lambda: Hall.objects.create(name="y", code="2", seats=-1), "out_of_range", ("seats",)),
        ]
        for write, code, fields in cases:
            with pytest.raises(DomainError) as caught, writer.guarded("default"):
                write()
            assert (caught.value.code, caught.value.fields) == (code, fields)

    def test_every_broken_reference_is_understood(self, place: Place) -> None:
        with pytest.raises(RuleViolated) as caught:
            DjangoBookingRepository().add(BookingInsert(place_id=10**9))
        assert (caught.value.code, caught.value.fields) == ("reference_missing", ("place_id",))
        Booking.objects.create(place=place)
        writer = DjangoPlaceRepository()._compiled().writer
        # A reference that is broken while rows are saved can still be one to a row that goes.
        with pytest.raises(Conflict) as refused, writer.guarded("default"):
            Place.objects.filter(pk=place.pk)._raw_delete("default")  # type: ignore[attr-defined]
        assert refused.value.code == "still_referenced"


@no_ddl_in_transactions
def test_a_key_with_the_name_of_a_check_is_not_taken_for_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    check = CheckConstraint(condition=Q(ends__gte=0), name="same_name")
    monkeypatch.setattr(Place._meta, "constraints", [check])
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX same_name ON bookings_booking ((ends * 2))")
    Booking.objects.create(ends=5, voucher=1)
    with pytest.raises(UndeclaredConstraint, match="same_name"):
        DjangoBookingRepository().add(BookingInsert(ends=5, voucher=2, starts=1))
