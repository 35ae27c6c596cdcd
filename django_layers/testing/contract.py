"""What every repository keeps to, as tests: subclass `RepositoryContract` and say how rows of yours are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

import pytest
from pydantic import BaseModel

from django_layers.errors import Conflict, NotFound, RuleViolated
from django_layers.schemas import MISSING
from django_layers.services import UnitOfWork
from django_layers.testing.contract_fixtures import ROWS, Changes, ContractFixtures, Insert, Query, Read

__all__ = ["RepositoryContract"]


class RepositoryContract(ContractFixtures[Read, Insert, Changes, Query], Generic[Read, Insert, Changes, Query]):
    """Tests that any repository passes, in the database, in memory, or of your own making.

    Subclass it, name the subclass `Test...`, and override the fixtures::

        class TestRatings(RepositoryContract[RatingRead, RatingInsert, RatingChanges, RatingQuery]):
            query = RatingQuery

            @pytest.fixture
            def repository(self, db: None) -> DjangoRatingRepository:
                return DjangoRatingRepository()

    What else there is to override stands in `ContractFixtures`.
    """

    def test_what_was_added_is_found_by_its_key(self, repository: Any, rows: list[Read]) -> None:
        """Reading returns what adding returned."""
        assert [repository.get(self._key(row)) for row in rows] == rows

    def test_what_was_added_holds_what_was_given(self, repository: Any, insert: Callable[[int], Insert]) -> None:
        """The values of the insertion come back."""
        new = insert(0)
        added = repository.add(new)
        assert _shared(added, new) == _shared(new, added)

    def test_every_row_has_a_key_of_its_own(self, rows: list[Read]) -> None:
        """No two rows share a key."""
        assert len({self._key(row) for row in rows}) == len(rows)

    def test_a_key_that_no_row_has_is_not_found(
        self, repository: Any, changes: Changes, missing_key: object, rows: list[Read]
    ) -> None:
        """Reading, changing and deleting say `NotFound`."""
        with pytest.raises(NotFound):
            repository.get(missing_key)
        with pytest.raises(NotFound):
            repository.update(missing_key, changes)
        with pytest.raises(NotFound):
            repository.delete(missing_key)

    def test_a_change_changes_what_it_names_and_nothing_else(
        self, repository: Any, changes: Changes, rows: list[Read]
    ) -> None:
        """The other fields, and the other rows, keep what they had."""
        before = rows[2]
        after = repository.update(self._key(before), changes)
        named = {name for name in type(changes).model_fields if getattr(changes, name) is not MISSING}
        assert after != before
        assert _shared(after, changes, named) == _shared(changes, after, named)
        changed = {name for name in _names(after) if getattr(after, name) != getattr(before, name)}
        nested = {name for name in changed if f"{name}_id" in named or f"{name.removesuffix('s')}_ids" in named}
        assert changed <= named | nested | self.automatic
        assert repository.get(self._key(before)) == after
        others = [row for row in rows if row is not before]
        assert [repository.get(self._key(row)) for row in others] == others

    def test_a_change_of_nothing_changes_nothing(self, repository: Any, changes: Changes, rows: list[Read]) -> None:
        """A field that is `MISSING` keeps its value, and so does what is automatic."""
        nothing = type(changes)()
        assert repository.update(self._key(rows[0]), nothing) == rows[0]
        assert repository.get(self._key(rows[0])) == rows[0]

    def test_what_was_deleted_is_gone_and_the_rest_is_not(self, repository: Any, rows: list[Read]) -> None:
        """Deleting removes one row."""
        repository.delete(self._key(rows[3]))
        with pytest.raises(NotFound):
            repository.get(self._key(rows[3]))
        with pytest.raises(NotFound):
            repository.delete(self._key(rows[3]))
        assert len(self._all(repository, {})) == len(rows) - 1

    def test_pages_hold_every_row_once_in_every_order(self, repository: Any, rows: list[Read]) -> None:
        """Paging loses none, repeats none, and never holds more than was asked for."""
        for order in self._orders():
            for limit in (2, ROWS):
                found = self._all(repository, {"order_by": order, "limit": limit})
                assert sorted(map(str, found)) == sorted(map(str, rows))

    def test_orders_sort_by_their_field_and_the_opposite_order_is_the_mirror_image(
        self, repository: Any, rows: list[Read]
    ) -> None:
        """Rows with a value are sorted by it; what an order and its opposite return mirror each other."""
        for order in self._orders():
            if order.startswith("-"):
                continue
            upwards = self._all(repository, {"order_by": order, "limit": 2})
            downwards = self._all(repository, {"order_by": f"-{order}", "limit": 3})
            if hasattr(rows[0], order):
                values = [value for value in (getattr(row, order) for row in upwards) if value is not None]
                assert values == sorted(values)
                mirrored = [value for value in (getattr(row, order) for row in downwards) if value is not None]
                assert mirrored == values[::-1]

    def test_a_filter_keeps_the_rows_that_have_its_value(self, repository: Any, rows: list[Read]) -> None:
        """A filter that has the name of a field compares with it."""
        for name in self._filters(rows[0]):
            for value in {getattr(row, name) for row in rows} - {None}:
                kept = [row for row in rows if getattr(row, name) == value]
                assert _sorted(self._all(repository, {name: value, "limit": 2})) == _sorted(kept)

    def test_a_cursor_that_was_not_given_out_is_refused(self, repository: Any, rows: list[Read]) -> None:
        """Made up and changed cursors are `RuleViolated`, and never another page."""
        given = repository.page(self.query(limit=1)).next_cursor
        assert given is not None
        for cursor in ("", "nonsense", "a:b:c", given[:-1], f"{given}x", given.swapcase()):
            with pytest.raises(RuleViolated) as caught:
                repository.page(self.query(cursor=cursor))
            assert caught.value.fields == ("cursor",)

    def test_a_cursor_belongs_to_its_order_and_filters(self, repository: Any, rows: list[Read]) -> None:
        """A cursor of another question is `RuleViolated`."""
        default = repository.page(self.query(limit=1)).next_cursor
        others: list[dict[str, object]] = [
            {"order_by": order} for order in self._orders() if order != self.query.model_fields["order_by"].default
        ]
        others += [
            {name: getattr(rows[0], name)} for name in self._filters(rows[0]) if getattr(rows[0], name) is not None
        ]
        for other in others:
            with pytest.raises(RuleViolated) as caught:
                repository.page(self.query.model_validate({**other, "cursor": default}))
            assert caught.value.fields == ("cursor",)

    def test_a_page_goes_on_where_the_last_one_ended_though_rows_come_and_go(
        self, repository: Any, insert: Callable[[int], Insert], rows: list[Read]
    ) -> None:
        """The row that a page ended with may be deleted meanwhile."""
        first = repository.page(self.query(limit=3))
        repository.delete(self._key(first.items[-1]))
        rest = self._all(repository, {"limit": 2, "cursor": first.next_cursor})
        seen = {self._key(row) for row in first.items} | {self._key(row) for row in rest}
        assert seen == {self._key(row) for row in rows}
        assert len(rest) == len(rows) - 3

    def test_a_duplicate_is_a_conflict_and_leaves_everything_as_it_was(
        self, repository: Any, duplicate: Callable[[Read], Insert] | None, rows: list[Read]
    ) -> None:
        """What is unique stays unique."""
        if duplicate is None:
            pytest.skip("Nothing is unique here.")
        with pytest.raises(Conflict) as caught:
            repository.add(duplicate(rows[0]))
        assert caught.value.fields
        assert _sorted(self._all(repository, {})) == _sorted(rows)

    def test_a_reference_to_nothing_is_refused(
        self, repository: Any, unit_of_work: UnitOfWork, dangling: Insert | None, rows: list[Read]
    ) -> None:
        """It is found at the latest when the unit of work ends, and nothing of it stays."""
        if dangling is None:
            pytest.skip("Rows refer to nothing here.")

        def add() -> None:
            with unit_of_work():
                repository.add(dangling)

        with pytest.raises(RuleViolated):
            add()
        assert _sorted(self._all(repository, {})) == _sorted(rows)

    def test_private_rows_are_there_for_their_owner_alone(self, repository: Any, rows: list[Read]) -> None:
        """To others they do not exist."""
        if self.owner is None:
            pytest.skip("Rows are nobody's.")
        owners = [getattr(row, self.owner) for row in rows]
        assert len(set(owners)) > 1, "The fixture `insert` makes rows of one owner only; make rows of several."
        for row, owner in zip(rows, owners, strict=True):
            assert repository.get(self._key(row), visible_to=owner) == row
            for other in set(owners) - {owner}:
                with pytest.raises(NotFound):
                    repository.get(self._key(row), visible_to=other)
        for owner in set(owners):
            page = repository.page(self.query(limit=100), visible_to=owner)
            own = [row for row, each in zip(rows, owners, strict=True) if each == owner]
            assert _sorted(list(page.items)) == _sorted(own)

    def test_what_a_failed_unit_of_work_did_is_undone(
        self,
        repository: Any,
        unit_of_work: UnitOfWork,
        insert: Callable[[int], Insert],
        changes: Changes,
        rows: list[Read],
    ) -> None:
        """Additions, changes and deletions are undone together, the inner blocks' too."""

        def fail() -> None:
            with unit_of_work():
                repository.add(insert(ROWS))
                with unit_of_work():
                    repository.update(self._key(rows[0]), changes)
                repository.delete(self._key(rows[1]))
                raise _Failed

        with pytest.raises(_Failed):
            fail()
        assert _sorted(self._all(repository, {})) == _sorted(rows)

    def test_a_savepoint_is_undone_alone(
        self, repository: Any, unit_of_work: UnitOfWork, insert: Callable[[int], Insert], rows: list[Read]
    ) -> None:
        """What came before and after it in the unit of work stays."""

        def fail() -> None:
            with unit_of_work.savepoint():
                repository.delete(self._key(rows[0]))
                raise _Failed

        with unit_of_work():
            added = repository.add(insert(ROWS))
            with pytest.raises(_Failed):
                fail()
            repository.delete(self._key(rows[1]))
        left = [*rows[:1], *rows[2:], added]
        assert _sorted(self._all(repository, {})) == _sorted(left)


class _Failed(Exception):
    """What the contract lets a unit of work fail with."""


def _names(schema: BaseModel) -> set[str]:
    return set(type(schema).model_fields)


def _shared(one: BaseModel, other: BaseModel, names: set[str] | None = None) -> dict[str, object]:
    """Return the values of the fields that two schemas share; id lists have no order."""
    shared = _names(one) & _names(other) & (_names(one) if names is None else names)
    values = {name: getattr(one, name) for name in shared}
    return {name: sorted(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _sorted(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=str)
