"""What every repository keeps to with single rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

import pytest

from django_layers.errors import Conflict, NotFound, RuleViolated, Stale
from django_layers.services import UnitOfWork
from django_layers.testing.contract.comparing import named_in, names_of, shared, sorted_rows
from django_layers.testing.contract.fixtures import Changes, ContractFixtures, Insert, Query, Read

__all__ = ["RowContract"]


class RowContract(ContractFixtures[Read, Insert, Changes, Query], Generic[Read, Insert, Changes, Query]):
    """Adding, reading, changing and deleting a row."""

    def test_what_was_added_is_found_by_its_key(self, repository: Any, rows: list[Read]) -> None:
        """Reading returns what adding returned."""
        assert [repository.get(self._key(row)) for row in rows] == rows

    def test_what_was_added_holds_what_was_given(self, repository: Any, insert: Callable[[int], Insert]) -> None:
        """The values of the insertion come back."""
        new = insert(0)
        added = repository.add(new)
        assert shared(added, new) == shared(new, added)

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
        named = named_in(changes)
        assert after != before
        assert shared(after, changes, named) == shared(changes, after, named)
        changed = {name for name in names_of(after) if getattr(after, name) != getattr(before, name)}
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

    def test_a_duplicate_is_a_conflict_and_leaves_everything_as_it_was(
        self, repository: Any, duplicate: Callable[[Read], Insert] | None, rows: list[Read]
    ) -> None:
        """What is unique stays unique."""
        if duplicate is None:
            pytest.skip("Nothing is unique here.")
        with pytest.raises(Conflict) as caught:
            repository.add(duplicate(rows[0]))
        assert caught.value.fields
        assert sorted_rows(self._all(repository, {})) == sorted_rows(rows)

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
        assert sorted_rows(self._all(repository, {})) == sorted_rows(rows)

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
                with pytest.raises(NotFound):
                    repository.require(self._key(row), visible_to=other)
            repository.require(self._key(row), visible_to=owner)
        for owner in set(owners):
            page = repository.page(self.query(limit=100), visible_to=owner)
            own = [row for row, each in zip(rows, owners, strict=True) if each == owner]
            assert sorted_rows(list(page.items)) == sorted_rows(own)

    def test_rows_are_found_by_several_keys_in_their_order(
        self, repository: Any, missing_key: object, rows: list[Read]
    ) -> None:
        """A key that no row has is left out; one that comes twice counts once."""
        keys = [self._key(rows[number]) for number in (4, 1, 4, 2)]
        assert repository.many([keys[0], missing_key, *keys[1:]]) == (rows[4], rows[1], rows[2])
        assert repository.many([]) == ()

    def test_whether_a_row_is_there_is_told(self, repository: Any, missing_key: object, rows: list[Read]) -> None:
        """With and without reading it."""
        assert repository.exists(self._key(rows[0]))
        assert not repository.exists(missing_key)
        assert repository.get_or_none(self._key(rows[0])) == rows[0]
        assert repository.get_or_none(missing_key) is None

    def test_keys_are_required_together(self, repository: Any, missing_key: object, rows: list[Read]) -> None:
        """One that no row has is enough to be refused; none at all are all there."""
        keys = [self._key(row) for row in rows[:3]]
        repository.require(*keys, keys[0])
        repository.require()
        with pytest.raises(NotFound):
            repository.require(keys[0], missing_key, keys[1])

    def test_a_row_that_somebody_else_has_changed_is_stale(
        self, repository: Any, changes: Changes, rows: list[Read]
    ) -> None:
        """A write that knows an earlier version is refused, and each change counts the version up."""
        if not hasattr(rows[0], "version"):
            pytest.skip("Rows count no version.")
        key, version = self._key(rows[0]), rows[0].version
        changed = repository.update(key, changes, version=version)
        assert changed.version == version + 1
        writes: list[Callable[[], object]] = [
            lambda: repository.update(key, changes, version=version),
            lambda: repository.delete(key, version=version),
        ]
        for write in writes:
            with pytest.raises(Stale):
                write()
        assert repository.get(key) == changed
        repository.delete(key, version=version + 1)
        assert not repository.exists(key)
