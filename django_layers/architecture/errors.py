"""What the checker refuses; each error knows its exit code and the way out."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

__all__ = ["CheckError", "NothingLayered", "PathNotFound"]


class CheckError(Exception):
    """Base of everything that the checker refuses.

    Attributes:
        exit_code: what the command exits with: 2, a wrong request.
    """

    exit_code: ClassVar[int] = 2


class PathNotFound(CheckError, FileNotFoundError):
    """A path of the request is neither a folder nor a Python file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no folder and no Python file {path}. Name folders or modules of the project.")
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])


class NothingLayered(CheckError):
    """No layered app at or around the paths of the request, so nothing was checked."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(
            f"Nothing was checked: there is no layered app at {', '.join(map(str, paths))}. A layered app is a package "
            "with at least two of models, schemas, repositories, services and api. Run this in the project's root, or "
            "name the folders to check."
        )
        self.paths = tuple(paths)
