"""Workers that run the tests of a project with one file broken."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from shutil import copytree
from tempfile import mkdtemp
from typing import IO

from tests.e2e.mutations.mutation import Mutation
from tests.scaffold.projects import TestProject

__all__ = ["Outcome", "run_mutations"]


@dataclass(frozen=True)
class Outcome:
    """What the tests said to a mutation.

    Attributes:
        mutation: the mutation.
        code: the exit code of pytest: 1 where a test failed, 0 where none noticed.
        output: what pytest wrote.
    """

    mutation: Mutation
    code: int
    output: str


def run_mutations(
    project: TestProject, runs: Iterable[tuple[Mutation, Sequence[str]]], *, workers: int = 2
) -> list[Outcome]:
    """Run each mutation in a copy of the project with the tests that are to notice it."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    copies = Path(mkdtemp(dir=project.root.parent))
    started = [_Worker(project, copies / str(number)) for number in range(workers)]
    for worker in started:
        idle.put(worker)

    def run(mutation: Mutation, tests: Sequence[str]) -> Outcome:
        worker = idle.get()
        try:
            return worker.run(mutation, tests)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(lambda pair: run(*pair), runs))
    finally:
        for worker in started:
            worker.stop()


class _Worker:
    def __init__(self, project: TestProject, root: Path) -> None:
        copytree(project.root, root)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.mutations.zygote"],
            cwd=root,
            env=project.variables(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, mutation: Mutation, tests: Sequence[str]) -> Outcome:
        request = {"path": mutation.path, "source": mutation.source, "tests": tests}
        print(json.dumps(request), file=_pipe(self._process.stdin), flush=True)
        answer = json.loads(_pipe(self._process.stdout).readline())
        return Outcome(mutation, answer["code"], answer["output"])

    def stop(self) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait(timeout=60)
        _pipe(self._process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
