"""What the checker refuses; each error knows its exit code and the way out."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

__all__ = [
    "BaselineNeedsAll",
    "BaselineRefusedInCI",
    "ChangesUnknown",
    "CheckError",
    "ConfigurationIsWrong",
    "NothingLayered",
    "PathNotFound",
    "UnknownCode",
]


class CheckError(Exception):
    """Base of everything that the checker refuses.

    Attributes:
        exit_code: what the command exits with: 2, a wrong request.
        code: the code of the refusal.
    """

    exit_code: ClassVar[int] = 2
    code: ClassVar[str]

    def __str__(self) -> str:
        return f"{self.code} {self.args[0]}"


class PathNotFound(CheckError, FileNotFoundError):
    """A path of the request is neither a folder nor a Python file."""

    code = "L040"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no folder and no Python file {path}. Name folders or modules of the project.")
        self.path = path

    # An error of the operating system spells itself out in another way.
    __str__ = CheckError.__str__


class NothingLayered(CheckError):
    """No layered app at or around the paths of the request, so nothing was checked."""

    code = "L041"

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(
            f"Nothing was checked: there is no layered app at {', '.join(map(str, paths))}. A layered app is a package "
            "with at least two of models, schemas, repositories, services and api. Run this in the project's root, or "
            "name the folders to check."
        )
        self.paths = tuple(paths)


class BaselineRefusedInCI(CheckError):
    """A baseline was to be created where nobody sees what it takes in."""

    code = "L042"

    def __init__(self) -> None:
        super().__init__(
            "No baseline is created in CI, where it would hide what is new. Run this on your machine and commit the files "
            "that it writes."
        )


class BaselineNeedsAll(CheckError):
    """A baseline was to be written from a part of the project, and would lose the rest."""

    code = "L042"

    def __init__(self, root: Path) -> None:
        super().__init__(f"A baseline is written for the whole project. Name no paths but {root}.")
        self.root = root


class ChangesUnknown(CheckError):
    """Git cannot say what has changed."""

    code = "L043"

    def __init__(self, reference: str, reason: str) -> None:
        super().__init__(f"What has changed since {reference} is not known: {reason}.")
        self.reference = reference


class UnknownCode(CheckError):
    """A code to be explained that there is not."""

    code = "L044"

    def __init__(self, code: str, hint: str) -> None:
        super().__init__(f"There is no rule {code}. {hint}")


class ConfigurationIsWrong(CheckError):
    """The configuration is wrong, so that no map can be drawn."""

    code = "L045"

    def __init__(self, problem: str) -> None:
        super().__init__(f"No map was drawn: {problem} Run a check, which says where.")
        self.problem = problem
