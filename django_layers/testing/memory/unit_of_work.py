"""The unit of work of a database in memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

from django_layers.errors import Busy

if TYPE_CHECKING:
    from django_layers.testing.memory.transactions import Transactions

__all__ = ["MemoryUnitOfWork"]

Result = TypeVar("Result")


class MemoryUnitOfWork:
    """Satisfies `django_layers.services.UnitOfWork` without a database."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def __call__(self) -> AbstractContextManager[None]:
        """Return a block whose changes are kept together or undone together."""
        return self._transactions.block()

    def savepoint(self) -> AbstractContextManager[None]:
        """Return a block that is undone alone when an exception leaves it."""
        return self._transactions.savepoint()

    def on_commit(self, callback: Callable[[], None], /) -> None:
        """Call `callback` once the outermost block has ended well, at once outside any block."""
        self._transactions.on_commit(callback)

    def run(self, function: Callable[[], Result], /, *, retries: int = 3) -> Result:
        """Run `function` in a block, and again when it raises `Busy`, as a database's unit of work does.

        Inside another block it is run once, and so is what waited for a lock in vain.

        Raises:
            Busy: every attempt raised it.
        """
        if self._transactions.is_open:
            return function()
        for _ in range(retries):
            try:
                with self._transactions.outermost():
                    result = function()
            except Busy as busy:
                if not busy.may_be_repeated:
                    raise
                continue
            # What a callback raises is no reason to do again what is done.
            self._transactions.call_back()
            return result
        with self():
            return function()
