"""Runs tests of a project again and again, each time in a fork of a process that has the libraries loaded.

Started as `python -m tests.e2e.mutations.zygote`, in the root of a copy of the project. Reads a line of JSON for each
run: `{"path": ..., "source": ..., "tests": [...]}`, with a path of the project and the text to run it with. Answers
with a line each: `{"code": ..., "output": ...}`, with pytest's exit code.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryFile

import django.contrib.sessions.backends.db
import django.contrib.staticfiles.handlers
import django.db.backends.sqlite3.base
import django.db.models
import django.test
import factory.django
import ninja
import pydantic.mypy
import pytest
import pytest_django.plugin

import django_layers.api
import django_layers.repositories
import django_layers.testing

PRELOADED = (
    django.test,
    django.db.models,
    django.db.backends.sqlite3.base,
    django.contrib.sessions.backends.db,
    django.contrib.staticfiles.handlers,
    factory.django,
    ninja,
    pydantic.mypy,
    pytest_django.plugin,
    django_layers.api,
    django_layers.repositories,
    django_layers.testing,
)
SECONDS = 120
PYTEST = ["-x", "-q", "--nomigrations", "--tb=short", "--color=no"]
PYTEST += [part for name in ("cacheprovider", "randomly", "hypothesispytest", "xdist") for part in ("-p", f"no:{name}")]


def main() -> None:
    """Answer runs until the input ends."""
    sys.path.insert(0, str(Path.cwd()))
    for line in sys.stdin:
        run = json.loads(line)
        place = Path(run["path"])
        before = place.read_bytes()
        place.write_text(run["source"], encoding="utf-8")
        try:
            code, output = run_tests(run["tests"])
        finally:
            place.write_bytes(before)
        print(json.dumps({"code": code, "output": output}), flush=True)  # noqa: T201


def run_tests(tests: list[str]) -> tuple[int, str]:
    """Run tests in a fork, and return the exit code of pytest with what it wrote."""
    with TemporaryFile() as written:
        child = os.fork()
        if child == 0:
            os.dup2(written.fileno(), 1)
            os.dup2(written.fileno(), 2)
            os._exit(pytest.main([*PYTEST, *tests]))
        _, status = os.waitpid(child, 0)
        written.seek(0)
        return os.waitstatus_to_exitcode(status), written.read().decode(errors="replace")


if __name__ == "__main__":
    main()
