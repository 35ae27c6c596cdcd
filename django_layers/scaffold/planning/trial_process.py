"""The process that a plan is tried in, as it is seen from here: started, asked, told to migrate, ended."""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from django_layers.scaffold.planning.trial import BOOTSTRAP, MIGRATE, Answer, Request
from django_layers.scaffold.refusals import MigrateFailed

__all__ = ["TrialProcess", "last_line"]


class TrialProcess:
    """A process that waits for what to load; it ends with its standard input, at the latest where its context does."""

    def __init__(self) -> None:
        # What a project prints while it loads may be more than a pipe holds, and nobody reads it before the end.
        self._said = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  # it is closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-c", BOOTSTRAP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._send(json.dumps(sys.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    def ask(self, request: Request) -> Answer:
        """Have it load what is asked for, and return what came of it."""
        self._send(json.dumps(asdict(request)))
        assert self._process.stdout is not None
        try:
            return Answer(**json.loads(self._process.stdout.readline()))
        except ValueError:
            self._finish()
            return Answer(problems=[self._reason()], pending=[], migrations={}, stays=False)

    def migrate(self) -> str:
        """Have it run `migrate`, now that what it has loaded is written, and return what that printed; it ends then.

        Raises:
            MigrateFailed: it did not succeed.
        """
        self._send(MIGRATE)
        assert self._process.stdout is not None
        printed = self._process.stdout.read()
        if self._finish():
            raise MigrateFailed(self._reason())
        return printed

    def end(self) -> None:
        """End it, whatever it is at."""
        if not self._said.closed:
            self._finish()
            self._said.close()

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        # Of a process that has ended its status is told later.
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    def _finish(self) -> int:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        return self._process.wait()

    def _reason(self) -> str:
        self._said.seek(0)
        return last_line(self._said.read()) or f"the process ended with status {self._process.returncode}"


def last_line(text: str) -> str:
    """Return the last line of what a process said: what it ended with."""
    return text.strip().rpartition("\n")[2]
