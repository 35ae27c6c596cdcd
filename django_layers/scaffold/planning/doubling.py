"""A process that has loaded a project, doubled: one of the two tries what was loaded, the other waits to migrate it.

The one that waits has done what any process does before it migrates, and nothing else: `django.setup()`.
"""

import importlib
import os
import sys
import threading
from collections.abc import Collection
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import TextIO

from django_layers.scaffold.planning.migrating import migrate

__all__ = ["can_be_doubled", "wait_and_migrate"]


def can_be_doubled(not_written: Collection[str]) -> bool:
    """Tell whether the process may be doubled, and its double migrate: it is safe, and has loaded what will be written.

    A thread would not be in the double, and a connection would be in both. On macOS the system's own libraries may have
    threads, and Windows can't double a process.

    Args:
        not_written: the absolute paths of modules that are in place of those on the disk, but will not be written.
    """
    from django.db import connections

    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return False
    if any(connection.connection is not None for connection in connections.all(initialized_only=True)):
        return False
    return not any(getattr(module, "__file__", None) in not_written for module in [*sys.modules.values()])


def wait_and_migrate(double: int, overlay: MetaPathFinder, output: TextIO, labels: Collection[str]) -> None:
    """Wait until the parent has written what is loaded, and migrate the database; end where it does not want that.

    Args:
        double: the process that tries what is loaded, and answers the parent.
        overlay: what served the modules that were not written yet.
        output: where the parent reads what is printed.
        labels: the apps that change, to whose models the database may object; the double has checked all models by then.
    """
    # While the other one works; it is needed in any case.
    import django.core.management.commands.migrate  # noqa: F401

    _, status = os.waitpid(double, 0)
    if status or not sys.stdin.readline():
        os._exit(1)
    sys.meta_path.remove(overlay)
    importlib.invalidate_caches()
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    os.dup2(output.fileno(), sys.stdout.fileno())
    migrate(*labels)
