"""What was edited by hand, and what was said about it: the options that decide, and the sentences that ask."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.undo.parts import Part
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["put_in_question", "undecided"]


def undecided(parts: Sequence[Part], force: Iterable[PurePosixPath]) -> tuple[Part, ...]:
    """Return the edited parts that nobody has said may go.

    Args:
        parts: all parts.
        force: the files, or `PATH::member`, that may go whatever is in them.

    Raises:
        InvalidRequest: one of these is none of the parts.
    """
    forced = {str(path) for path in force}
    known = {part.place for part in parts} | {str(part.path) for part in parts}
    problems = [
        f"--force {path}: this command has no such file or member. "
        + did_you_mean(path, known, otherwise="Name it as the plan does, from the root of the project.")
        for path in sorted(forced - known)
    ]
    if problems:
        raise InvalidRequest(problems)
    return tuple(part for part in parts if part.is_edited and not {part.place, str(part.path)} & forced)


def put_in_question(draft: Draft, parts: Sequence[Part], *, other_way: str = "") -> None:
    """Make a conflict of each file with parts that nobody has decided about.

    Args:
        draft: what takes the conflicts.
        parts: the parts.
        other_way: what else than taking them out can be done, as the end of a sentence.
    """
    for path in dict.fromkeys(part.path for part in parts):
        of_file = [part for part in parts if part.path == path]
        names = ", ".join(part.member for part in of_file if part.member)
        options = " ".join(f"--force {part.place}" for part in of_file)
        verb = "were" if len(of_file) > 1 else "was"
        draft.conflict(
            path, f"{names or 'It'} {verb} edited by hand. Take what was edited out too with {options}{other_way}."
        )
