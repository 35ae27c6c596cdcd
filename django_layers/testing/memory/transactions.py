"""Keeping changes together or undoing them together, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from django_layers.testing.memory.tables import Tables

__all__ = ["Transactions"]


class Transactions:
    """The blocks that are open on the tables of a database, and what waits for the outermost one to end.

    Args:
        tables: what is put back when a block fails.
        check: looks for what databases look for at COMMIT, and raises what they refuse.
    """

    def __init__(self, tables: Tables, check: Callable[[], None]) -> None:
        self._tables = tables
        self._check = check
        self._depth = 0
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        """Whether a block is open."""
        return self._depth > 0

    @contextmanager
    def block(self) -> Iterator[None]:
        """Open a block, or join the one that is open."""
        if self.is_open:
            yield
            return
        with self.outermost():
            yield
        self.call_back()

    @contextmanager
    def outermost(self) -> Iterator[None]:
        """Open a block where none is open; what waits for its end goes on to wait for `call_back`."""
        with self._undoing():
            yield
            self._check()

    def call_back(self) -> None:
        """Call what has waited for the outermost block; what one of them raises stops those after it."""
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def joined(self) -> AbstractContextManager[None]:
        """Return what is to be entered at once: nothing inside a block, a block outside of one."""
        return nullcontext() if self.is_open else self.block()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Open a block that is undone alone, inside the one that is open."""
        if not self.is_open:
            with self.block():
                yield
            return
        with self._undoing():
            yield

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call back once the outermost block has ended well; at once where none is open."""
        if self.is_open:
            self._callbacks.append(callback)
        else:
            callback()

    @contextmanager
    def _undoing(self) -> Iterator[None]:
        state = self._tables.state()
        waiting = len(self._callbacks)
        self._depth += 1
        try:
            yield
        except BaseException:
            self._tables.put_back(state)
            del self._callbacks[waiting:]
            raise
        finally:
            self._depth -= 1
