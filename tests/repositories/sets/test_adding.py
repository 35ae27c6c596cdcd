"""Adding many rows at once."""

from __future__ import annotations

import pytest

from tests.depot.models import Crane
from tests.depot.repositories import CraneInsert, Cranes, LabelInsert, Labels
from tests.repositories.sets.signals import heard_from

pytestmark = pytest.mark.django_db


def test_rows_that_inherit_from_another_table_are_added_to_both() -> None:
    with heard_from(Crane) as heard:
        added = Cranes().add_many([CraneInsert(serial=serial, name=" crane ", tons=1) for serial in "ab"])
    assert [(row.serial, row.name) for row in added] == [("a", "crane"), ("b", "crane")]
    assert heard == ["pre_save", "post_save"] * 2


def test_they_come_back_in_the_order_in_which_they_were_given() -> None:
    assert [row.text for row in Labels().add_many([LabelInsert(text=text) for text in "cab"])] == ["c", "a", "b"]
