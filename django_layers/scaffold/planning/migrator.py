"""Runs `migrate` after a plan is written: in the process that it was tried in where that waits, else in a new one."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django_layers.scaffold.planning.trial_process import TrialProcess, last_line
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.refusals import MigrateFailed

__all__ = ["Migrator", "files_of", "migrating"]

Files = Mapping[str, bytes | None]
"""What becomes of modules: content by absolute path, None for one that goes."""


class Migrator:
    """Who is to run `migrate` once a plan is written.

    Args:
        settings_module: the settings of the project.
    """

    def __init__(self, settings_module: str) -> None:
        self._settings_module = settings_module
        self._kept: tuple[TrialProcess, Files] | None = None

    def keep(self, process: TrialProcess, files: Files) -> None:
        """Keep a process that has loaded the project with some modules as a plan would leave them, and no others."""
        self.close()
        self._kept = process, files

    def migrate(self, plan: Plan) -> str:
        """Migrate the database that the project uses, and return what that printed.

        Args:
            plan: what was written.

        Raises:
            MigrateFailed: it did not succeed; the written code and migration stay.
        """
        written = files_of(plan)
        if self._kept is not None and self._kept[1] == written:
            return self._kept[0].migrate()
        return self._in_a_new_process()

    def close(self) -> None:
        """End the process that waits, where one does."""
        if self._kept is not None:
            self._kept[0].end()

    def _in_a_new_process(self) -> str:
        run = subprocess.run(
            [sys.executable, "-P", "-m", "django_layers.scaffold.planning.migrating"],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "DJANGO_SETTINGS_MODULE": self._settings_module,
            },
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if run.returncode:
            raise MigrateFailed(last_line(run.stderr) or f"it ended with status {run.returncode}")
        return run.stdout


@contextmanager
def migrating(settings_module: str) -> Iterator[Migrator]:
    """Give who runs `migrate`, and leave no process behind."""
    migrator = Migrator(settings_module)
    try:
        yield migrator
    finally:
        migrator.close()


def files_of(plan: Plan) -> Files:
    """Return what a plan makes of modules, without its migrations, which nothing loads before they are run."""
    root = plan.root.resolve()
    return {
        str(root / change.path): change.after
        for change in plan.writes
        if change.path.suffix == ".py" and not change.migration
    }
