"""Effects that stop at a chosen step, by an exception or by the death of the process."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django_layers.scaffold.writing.effects import Disk, Owner

KILLED = 86
"""Exit code of a process that was killed at a step."""


@dataclass
class Faulty(Disk):
    """The real disk until a step, at which `fault` is called; a written file stops half-way as a step of its own.

    Attributes:
        at: number of the step, from 0; None never stops, which counts the steps.
        fault: what happens there.
        steps: what has been done so far.
    """

    at: int | None = None
    fault: Callable[[], None] = lambda: os._exit(KILLED)
    steps: list[str] = field(default_factory=list)

    def _step(self, text: str) -> None:
        if len(self.steps) == self.at:
            self.steps.append(f"{text}: fault")
            self.fault()
        else:
            self.steps.append(text)

    def make_folder(self, path: Path, *, mode: int | None = None) -> None:
        self._step(f"make folder {path.name}")
        super().make_folder(path, mode=mode)

    def remove_folder(self, path: Path) -> None:
        self._step(f"remove folder {path.name}")
        super().remove_folder(path)

    def write_new(self, path: Path, content: bytes, *, mode: int | None = None, owner: Owner | None = None) -> None:
        self._step(f"write {path.name}")
        if len(self.steps) == self.at:
            super().write_new(path, content[: len(content) // 2], mode=mode, owner=owner)
        self._step(f"half of {path.name}")
        super().write_new(path, content, mode=mode, owner=owner)

    def replace(self, source: Path, target: Path) -> None:
        self._step(f"replace {target.name}")
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._step(f"remove {path.name}")
        super().remove(path)

    def sync_folder(self, path: Path) -> None:
        self._step(f"sync {path.name}")
        super().sync_folder(path)


def raising(error: BaseException) -> Callable[[], None]:
    """Return a fault that raises."""

    def fault() -> None:
        raise error

    return fault


def survives(work: Callable[[], object]) -> bool:
    """Do work in a process of its own and tell whether that process came to its end, rather than being killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED), f"the process ended with {code}"
    return code == 0
