"""What every repository keeps to when it writes many rows at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

import pytest

from django_layers.errors import Conflict
from django_layers.testing.contract.comparing import named_in, shared, sorted_rows
from django_layers.testing.contract.fixtures import ROWS, Changes, ContractFixtures, Insert, Query, Read

__all__ = ["SetContract"]


class SetContract(ContractFixtures[Read, Insert, Changes, Query], Generic[Read, Insert, Changes, Query]):
    """Adding, changing and deleting many rows, and adding or changing one."""

    def test_many_rows_are_added_in_their_order(
        self, repository: Any, insert: Callable[[int], Insert], rows: list[Read]
    ) -> None:
        """They come back as they are stored."""
        self._needs(repository, "add_many")
        new = [insert(ROWS), insert(ROWS + 1)]
        added = repository.add_many(new)
        assert [shared(row, given) for row, given in zip(added, new, strict=True)] == [
            shared(given, row) for row, given in zip(added, new, strict=True)
        ]
        assert sorted_rows(self._all(repository, {})) == sorted_rows([*rows, *added])
        assert repository.add_many([]) == ()

    def test_many_rows_are_added_all_or_none(
        self,
        repository: Any,
        insert: Callable[[int], Insert],
        duplicate: Callable[[Read], Insert] | None,
        rows: list[Read],
    ) -> None:
        """One that cannot be added keeps the others out."""
        self._needs(repository, "add_many")
        if duplicate is None:
            pytest.skip("Nothing is unique here.")
        with pytest.raises(Conflict):
            repository.add_many([insert(ROWS), duplicate(rows[0])])
        assert sorted_rows(self._all(repository, {})) == sorted_rows(rows)

    def test_the_rows_that_a_query_asks_for_are_changed_and_no_others(
        self, repository: Any, changes: Changes, rows: list[Read]
    ) -> None:
        """Where they would all become the same, and may not, none changes."""
        self._needs(repository, "update_where")
        for asked in (*self._filtered_by(rows[0]), {}):
            before, meant = self._all(repository, {}), self._all(repository, asked)
            query = self.query.model_validate({**asked, "limit": 1})
            try:
                changed = repository.update_where(query, changes)
            except Conflict:
                assert sorted_rows(self._all(repository, {})) == sorted_rows(before)
                continue
            assert changed == len(meant)
            for row in before:
                now = repository.get(self._key(row))
                if row in meant:
                    assert shared(now, changes, named_in(changes)) == shared(changes, now, named_in(changes))
                else:
                    assert now == row

    def test_a_change_of_nothing_changes_no_rows(self, repository: Any, changes: Changes, rows: list[Read]) -> None:
        """A field that is `MISSING` keeps its value in every row."""
        self._needs(repository, "update_where")
        assert repository.update_where(self.query(), type(changes)()) == 0
        assert sorted_rows(self._all(repository, {})) == sorted_rows(rows)

    def test_the_rows_that_a_query_asks_for_are_deleted_and_no_others(self, repository: Any, rows: list[Read]) -> None:
        """Where one of them is referred to, none goes. (Override it where rows take others of their table along.)"""
        self._needs(repository, "delete_where")
        for asked in (*self._filtered_by(rows[0]), {}):
            before, meant = self._all(repository, {}), self._all(repository, asked)
            try:
                deleted = repository.delete_where(self.query.model_validate({**asked, "limit": 1}))
            except Conflict:
                assert sorted_rows(self._all(repository, {})) == sorted_rows(before)
                continue
            assert deleted == len(meant)
            assert sorted_rows(self._all(repository, {})) == sorted_rows([row for row in before if row not in meant])

    def test_private_rows_are_written_for_their_owner_alone(
        self, repository: Any, changes: Changes, rows: list[Read]
    ) -> None:
        """Rows of others stay as they are."""
        if self.owner is None:
            pytest.skip("Rows are nobody's.")
        self._needs(repository, "update_where")
        owner = getattr(rows[0], self.owner)
        own = [row for row in rows if getattr(row, self.owner) == owner]
        others = [row for row in rows if row not in own]
        assert others, "The fixture `insert` makes rows of one owner only; make rows of several."
        assert repository.update_where(self.query(), changes, visible_to=owner) == len(own)
        assert [repository.get(self._key(row)) for row in others] == others
        assert repository.delete_where(self.query(), visible_to=owner) == len(own)
        assert sorted_rows(self._all(repository, {})) == sorted_rows(others)

    def test_a_row_that_is_there_takes_over_the_values_of_a_new_one(
        self, repository: Any, duplicate: Callable[[Read], Insert] | None, rows: list[Read]
    ) -> None:
        """It stays the row that it is, and no other one changes."""
        self._needs(repository, "upsert")
        if duplicate is None or not self.unique:
            pytest.skip("Nothing is unique here that `unique` names.")
        new = duplicate(rows[0])
        stored = repository.upsert(new, unique=self.unique)
        assert self._key(stored) == self._key(rows[0])
        assert shared(stored, new) == shared(new, stored)
        assert sorted_rows(self._all(repository, {})) == sorted_rows([stored, *rows[1:]])

    def test_a_row_that_is_not_there_is_added(
        self, repository: Any, insert: Callable[[int], Insert], rows: list[Read]
    ) -> None:
        """As `add` would."""
        self._needs(repository, "upsert")
        if not self.unique:
            pytest.skip("Nothing is unique here that `unique` names.")
        new = insert(ROWS)
        stored = repository.upsert(new, unique=self.unique)
        assert shared(stored, new) == shared(new, stored)
        assert sorted_rows(self._all(repository, {})) == sorted_rows([*rows, stored])
