"""Where a project begins, found without Django."""

from pathlib import Path

from django_layers.scaffold.errors import RootNotFound
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER

__all__ = ["find_root"]


def find_root(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that holds a manage.py or the journal of an interrupted run.

    Raises:
        RootNotFound: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / JOURNAL_FOLDER).is_dir() or (folder / "manage.py").is_file():
            return folder
    raise RootNotFound(start)
