"""Writes of rows that inherit from another table, and of fields with a `pre_save` of their own."""

from __future__ import annotations

import pytest

from django_layers.errors import Conflict, NotFound
from django_layers.testing import count_queries
from tests.depot.models import Crane, Machine
from tests.depot.repositories import CraneChanges, CraneInsert, CraneQuery, Cranes
from tests.repositories.sets.signals import heard_from

pytestmark = pytest.mark.django_db


def crane(serial: str = "a") -> int:
    """Store a crane, and return its key."""
    return Cranes().add(CraneInsert(serial=serial, name="crane", tons=1)).machine_ptr_id


def test_a_row_is_stored_in_both_tables_and_read_from_both() -> None:
    with heard_from(Crane) as heard, heard_from(Machine) as heard_of_parent:
        stored = Cranes().get(crane())
    assert (stored.serial, stored.name, stored.tons) == ("a", "crane", 1)
    assert (Machine.objects.count(), Crane.objects.count()) == (1, 1)
    assert (heard, heard_of_parent) == (["pre_save", "post_save"], [])


def test_a_change_writes_the_table_of_what_is_given_and_moves_what_is_automatic_in_the_other() -> None:
    key = crane()
    before = Cranes().get(key)
    with count_queries() as counted:
        changed = Cranes().update(key, CraneChanges(tons=5))
    assert changed.tons == 5
    assert changed.serviced_at > before.serviced_at
    written = [sql for sql in counted.statements if sql.startswith("UPDATE")]
    assert not [sql for sql in written if "serial" in sql.partition("WHERE")[0]]
    assert Cranes().update(key, CraneChanges(serial="b")).serial == "b"


def test_a_unique_value_of_the_other_table_is_a_conflict_that_names_it() -> None:
    key, _ = crane("a"), crane("b")
    with pytest.raises(Conflict) as caught:
        Cranes().update(key, CraneChanges(serial="b"))
    assert caught.value.fields == ("serial",)
    with pytest.raises(Conflict):
        crane("a")
    assert (Machine.objects.count(), Crane.objects.count()) == (2, 2)


def test_a_deleted_row_is_gone_from_both_tables() -> None:
    key = crane()
    Cranes().delete(key)
    assert (Machine.objects.count(), Crane.objects.count()) == (0, 0)
    Machine.objects.create(pk=7, serial="only a machine", name="x")
    with pytest.raises(NotFound):
        Cranes().delete(7)
    assert Cranes().page(CraneQuery()).items == ()


def test_a_field_with_a_pre_save_of_its_own_is_asked_where_save_is_called_and_where_rows_are_added() -> None:
    added = Cranes().add(CraneInsert(serial="a", name="  added ", tons=1))
    assert added.name == "added"
    assert Cranes().update(added.machine_ptr_id, CraneChanges(name=" changed ")).name == "changed"
    (many,) = Cranes().add_many([CraneInsert(serial="b", name=" many ", tons=1)])
    assert many.name == "many"
    assert Cranes().upsert(CraneInsert(serial="c", name=" upserted ", tons=1), unique=("serial",)).name == "upserted"
    Cranes().update_where(CraneQuery(serial="a"), CraneChanges(name=" as given "))
    assert Cranes().get(added.machine_ptr_id).name == " as given "
