"""The unit of work: what belongs together happens together, or not at all."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

__all__ = ["UnitOfWork"]

Result = TypeVar("Result")


class UnitOfWork(Protocol):
    """Makes several changes one, without a service knowing how that is done.

    Calling it gives a fresh context manager, so one unit of work can be shared by services and by threads::

        with self._unit_of_work():
            recipe = self._recipes.add(...)
            self._ratings.add(...)

    The outermost block commits at its end and rolls back when an exception leaves it. A block inside another joins it:
    an exception that leaves only the inner one, and is caught, undoes nothing. For that there is `savepoint()`.
    """

    def __call__(self) -> AbstractContextManager[None]:
        """Return a block whose changes are kept together or undone together."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Return a block that is undone alone when an exception leaves it, so that the caller may go on after it."""
        ...

    def on_commit(self, callback: Callable[[], None], /) -> None:
        """Call `callback` once the outermost block is committed, at once outside any block, never after a rollback.

        What the callback raises leaves the block, and undoes nothing: everything is committed by then.
        """
        ...

    def run(self, function: Callable[[], Result], /, *, retries: int = 3) -> Result:
        """Run `function` in a block, and again when it lost a deadlock or no longer fits what others have stored.

        Inside another block it is run once, since only the outermost can be repeated; and so is what waited for a lock
        in vain, since it has waited enough.

        Args:
            function: what to do; must be safe to repeat, since its earlier attempts are rolled back.
            retries: how many further attempts there are after the first.

        Returns:
            What the function returns.

        Raises:
            Busy: every attempt lost against another transaction, or a lock was not given in time.
        """
        ...
