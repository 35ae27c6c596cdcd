"""What has to change on the disk for a file to hold something else."""

from pathlib import Path, PurePosixPath

from django_layers.scaffold.plans.plan import Action, Change

__all__ = ["file_change"]


def file_change(root: Path, path: PurePosixPath, after: bytes | None, rank: int) -> Change:
    """Return the change of a file as it is on the disk; nothing is written.

    Args:
        root: the root of the project.
        path: the file, relative to the root.
        after: what it is to hold; None for there to be none.
        rank: the place of the change in the order of writing.
    """
    file = root / path
    before = file.read_bytes() if file.is_file() else None
    if after is None:
        action = Action.DELETE
    elif before is None:
        action = Action.CREATE
    else:
        action = Action.IDENTICAL if before == after else Action.EDIT
    return Change(action=action, path=path, before=before, after=after, rank=rank)
