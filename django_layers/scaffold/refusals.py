"""Why a request can't be planned: each refusal comes before anything is written and says the way out."""

from collections.abc import Sequence
from pathlib import Path

from django_layers.scaffold.errors import ScaffoldError

__all__ = [
    "AppNotLayered",
    "InvalidRequest",
    "MigrateFailed",
    "NotImportable",
    "PendingMigrations",
    "PlanDoesNotLoad",
    "ProjectUnusable",
    "ReferencesLeft",
    "StillUsed",
    "ToolsMissing",
    "UnboundNames",
    "Unfinished",
]


class InvalidRequest(ScaffoldError, ValueError):
    """What was asked for can't be built; the message lists every problem at once.

    Attributes:
        problems: one text each.
    """

    exit_code = 2

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ProjectUnusable(ScaffoldError):
    """Something that the generator needs to know about the project can't be found out."""


class NotImportable(ScaffoldError):
    """A folder that is to hold an app can't be imported."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} can't be imported: it must be below a folder of the import path (such as the one of manage.py), "
            "and every part of its name an identifier."
        )
        self.folder = folder


class AppNotLayered(ScaffoldError):
    """An entity is asked for in an app that has no layers."""

    exit_code = 2

    def __init__(self, label: str) -> None:
        super().__init__(f"The app {label} has no layers yet: run `manage.py startlayer {label}` first.")
        self.label = label


class UnboundNames(ScaffoldError):
    """A planned file reads a name that nothing binds, or is no Python: a defect of a template or an edit.

    Attributes:
        problems: one text each, naming file and line.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("Nothing was written, since the planned code is wrong:\n" + "\n".join(problems))
        self.problems = tuple(problems)


class PlanDoesNotLoad(ScaffoldError):
    """The project would not start, or fail its system checks, as the plan would leave it.

    Attributes:
        problems: one text each.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("Nothing was written, since the project would not pass its checks:\n" + "\n".join(problems))
        self.problems = tuple(problems)


class ReferencesLeft(ScaffoldError):
    """A field goes that the project still refers to.

    Attributes:
        references: what is listed, with the places.
    """

    def __init__(self, references: str) -> None:
        super().__init__(
            f"Nothing was written. {references}\nChange these places first, or say --leave-references and change them "
            "afterwards."
        )
        self.references = references


class PendingMigrations(ScaffoldError):
    """Other models have changes that have no migration yet.

    Attributes:
        pending: the changes in words, one text each.
    """

    def __init__(self, label: str, pending: Sequence[str]) -> None:
        super().__init__(
            "Nothing was written: changes that are not of this run have no migration yet, and would get into its own. "
            f"Run `manage.py makemigrations` first, or leave out --migrate.\n{chr(10).join(pending)}"
        )
        self.label = label
        self.pending = tuple(pending)


class MigrateFailed(ScaffoldError):
    """`migrate` failed after everything was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The code and its migration are written and stay, but `manage.py migrate` failed: {reason}. "
            "Mend the cause and run `manage.py migrate` again."
        )
        self.reason = reason


class StillUsed(ScaffoldError):
    """Something is to be taken out that something else, which stays, refers to or uses.

    Attributes:
        subject: what is to be taken out.
        uses: one sentence for each place.
    """

    def __init__(self, subject: str, uses: Sequence[str]) -> None:
        super().__init__(f"Nothing was written, since {subject} is in use:\n" + "\n".join(uses))
        self.subject = subject
        self.uses = tuple(uses)


class ToolsMissing(ScaffoldError):
    """The generator's own dependencies are not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'The generator needs {name}, which is not installed: run `pip install "django-ninja-layers[tools]"`.'
        )
        self.name = name


class Unfinished(ScaffoldError):
    """The input ended in the middle of a question, which means no."""

    def __init__(self) -> None:
        super().__init__("The input ended before the last answer, so nothing was written.")
