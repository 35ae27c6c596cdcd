"""What the reader decided about files before the run: what may be overwritten, and whose version of a member is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django_layers.scaffold.merging import Choice
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["Decisions", "read_decisions"]

_SEPARATOR = "::"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What the reader decided.

    Attributes:
        force: the files that may be overwritten whatever is in them, relative to the root.
        choices: whose version is taken of the members of a file, by their path in it; by the empty path where the choice
            is about the file as a whole.
        markers: whether conflicts are written into the files, instead of stopping the run.
    """

    force: frozenset[PurePosixPath] = frozenset()
    choices: Mapping[PurePosixPath, Mapping[str, Choice]] = field(default_factory=dict)
    markers: bool = False

    def of(self, path: PurePosixPath) -> Mapping[str, Choice]:
        """Return the choices about a file."""
        return self.choices.get(path, {})

    def about(self, path: PurePosixPath) -> Choice | None:
        """Return the choice about a file as a whole, None where there is none; to overwrite it is one."""
        return Choice.THEIRS if path in self.force else self.of(path).get("")

    def options(self) -> Iterable[tuple[str, PurePosixPath]]:
        """Give each option with the file that it is about."""
        yield from (("--force", path) for path in self.force)
        for path, choices in self.choices.items():
            yield from ((f"--{choice.value}", path) for choice in set(choices.values()))


def read_decisions(
    *, force: Iterable[str] = (), ours: Iterable[str] = (), theirs: Iterable[str] = (), markers: bool = False
) -> Decisions:
    """Return what options say, each of which is a path, or `PATH::Class.member`.

    Raises:
        InvalidRequest: two of them contradict each other.
    """
    choices: dict[PurePosixPath, dict[str, Choice]] = {}
    problems: list[str] = []
    for choice, texts in ((Choice.OURS, ours), (Choice.THEIRS, theirs)):
        for text in texts:
            name, _, member = text.partition(_SEPARATOR)
            found = choices.setdefault(PurePosixPath(name), {})
            if found.setdefault(member, choice) is not choice:
                problems.append(f"--ours {text} and --theirs {text} contradict each other: leave one of them out.")
    forced = frozenset(PurePosixPath(path) for path in force)
    problems += [
        f"--force {path} overwrites what --ours {path} keeps: leave one of them out."
        for path in sorted(forced)
        if Choice.OURS in choices.get(path, {}).values()
    ]
    if problems:
        raise InvalidRequest(problems)
    return Decisions(force=forced, choices=choices, markers=markers)
