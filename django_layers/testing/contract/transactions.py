"""What every repository keeps to in units of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

import pytest

from django_layers.errors import NotFound
from django_layers.repositories import OutsideUnitOfWork
from django_layers.services import UnitOfWork
from django_layers.testing.contract.comparing import sorted_rows
from django_layers.testing.contract.fixtures import ROWS, Changes, ContractFixtures, Insert, Query, Read

__all__ = ["TransactionContract"]


class TransactionContract(ContractFixtures[Read, Insert, Changes, Query], Generic[Read, Insert, Changes, Query]):
    """Keeping changes together, undoing them together, and locks."""

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
        assert sorted_rows(self._all(repository, {})) == sorted_rows(rows)

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
        assert sorted_rows(self._all(repository, {})) == sorted_rows(left)

    def test_a_row_is_locked_inside_of_a_unit_of_work_and_nowhere_else(
        self, repository: Any, unit_of_work: UnitOfWork, missing_key: object, rows: list[Read]
    ) -> None:
        """Locking returns the row as it is; what is not there cannot be locked."""
        self._needs(repository, "lock")
        with pytest.raises(OutsideUnitOfWork):
            repository.lock(self._key(rows[0]))
        with unit_of_work():
            assert repository.lock(self._key(rows[0])) == rows[0]
            with pytest.raises(NotFound):
                repository.lock(missing_key)


class _Failed(Exception):
    """What the contract lets a unit of work fail with."""
