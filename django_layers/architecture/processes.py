"""Work that several processes share, each of which tells the others what it has found."""

import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn, TypeAlias, TypeVar

__all__ = ["Gather", "ProcessLost", "in_processes", "processors"]

_MOST = 4
"""More processes would save little, since each also reads what its part of the work leads to."""

_LENGTH = 8

T = TypeVar("T")

Gather: TypeAlias = Callable[[Any], list[Any]]
"""Tells all processes what each has found, which is plain data: called with what this one has, it returns what all have, in
their order. All of them must call it as often."""


class ProcessLost(Exception):
    """A process could not be started, or has ended before its work was done."""


class _Ends(NamedTuple):
    """What one process talks to another through: the descriptors that it reads from and writes to."""

    reads: int
    writes: int

    def send(self, value: Any) -> None:
        content = marshal.dumps(value)
        waiting = memoryview(len(content).to_bytes(_LENGTH) + content)
        try:
            while waiting:
                waiting = waiting[os.write(self.writes, waiting) :]
        except OSError as error:
            raise ProcessLost from error

    def receive(self) -> Any:
        return marshal.loads(self._read(int.from_bytes(self._read(_LENGTH))))

    def _read(self, length: int) -> bytes:
        parts = []
        while length:
            part = os.read(self.reads, min(length, 1 << 20))
            if not part:
                raise ProcessLost
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        os.close(self.reads)
        os.close(self.writes)


def processors() -> int:
    """Return how many processes can work at once, this one included; 1 where it must not be copied."""
    threading = sys.modules.get("threading")
    if not hasattr(os, "fork") or (threading is not None and threading.active_count() > 1):
        # The copy of a process has none of its threads, and may wait for one of them for ever.
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST)


def in_processes(count: int, work: Callable[[int, Gather], T]) -> T:
    """Do some work in several processes at once, of which this is the first, and return what it returns here.

    Args:
        count: how many.
        work: called with the number of the process, counted from 0, and with what they tell each other by.

    Raises:
        ProcessLost: a process could not be started, or has ended before its work was done.
    """
    others: dict[int, _Ends] = {}

    def gather(value: Any) -> list[Any]:
        values = [value, *(ends.receive() for ends in others.values())]
        for ends in others.values():
            ends.send(values)
        return values

    try:
        for number in range(1, count):
            process, ends = _started(number, work, others.values())
            others[process] = ends
        return work(0, gather)
    except BaseException:
        for process in others:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        raise
    finally:
        for process, ends in others.items():
            ends.close()
            # Where the system is told to forget processes that end, there is none left to wait for.
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _started(number: int, work: Callable[[int, Gather], object], known: Iterable[_Ends]) -> tuple[int, _Ends]:
    up, down = os.pipe(), os.pipe()
    try:
        process = os.fork()
    except OSError as error:
        for descriptor in (*up, *down):
            os.close(descriptor)
        raise ProcessLost from error
    if not process:
        # Whoever holds an end of a pipe keeps the others from seeing that nobody is left at it.
        for descriptor in (up[0], down[1], *(one for ends in known for one in ends)):
            os.close(descriptor)
        _work_and_end(number, work, _Ends(down[0], up[1]))
    os.close(up[1])
    os.close(down[0])
    return process, _Ends(up[0], down[1])


def _work_and_end(number: int, work: Callable[[int, Gather], object], ends: _Ends) -> NoReturn:
    def gather(value: Any) -> list[Any]:
        ends.send(value)
        values: list[Any] = ends.receive()
        return values

    try:
        work(number, gather)
    finally:
        # What stands in buffers of this copy is the first process's to write. It sees an end before the time, whatever the
        # reason, and says what is wrong when it does the work alone.
        os._exit(0)
