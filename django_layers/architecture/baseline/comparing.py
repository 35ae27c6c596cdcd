"""What is new since a baseline, and what of it is fixed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.baseline.entries import Entry, Known, counted, entry_of
from django_layers.architecture.baseline.files import Baseline, line_of, path_of
from django_layers.architecture.violations import Violation

__all__ = ["Compared", "compare", "fixed_violations"]


class Compared(NamedTuple):
    """Violations beside a baseline.

    Attributes:
        new: those that the baseline does not know.
        known: how many of them it knows.
        fixed: how often what it knows is there no longer.
    """

    new: tuple[Violation, ...]
    known: int
    fixed: Known

    def remaining(self, baseline: Baseline) -> Known:
        """Return what a baseline knows, without what is fixed."""
        left = {entry: count - self.fixed.get(entry, 0) for entry, count in baseline.known.items()}
        return {entry: count for entry, count in left.items() if count}


def compare(violations: Sequence[Violation], baseline: Baseline) -> Compared:
    """Compare what is found with what is known.

    Args:
        violations: sorted by place; where there are more of one kind than are known, the last ones are new.
        baseline: what is known.
    """
    there = counted(violations)
    left = dict(baseline.known)
    new, known = [], 0
    for one in violations:
        entry = entry_of(one)
        if entry is None or not left.get(entry):
            new.append(one if entry is None else _with_growth(one, baseline.known.get(entry, 0), there[entry]))
        else:
            left[entry] -= 1
            known += 1
    return Compared(tuple(new), known, {entry: count for entry, count in left.items() if count})


def fixed_violations(compared: Compared, root: Path, severity: str) -> Iterator[Violation]:
    """Walk a violation for every entry that is more than what is there.

    Args:
        compared: the comparison.
        root: the folder of the project.
        severity: what they count as.
    """
    for entry, count in compared.fixed.items():
        path = path_of(root, entry.app)
        yield Violation(
            path=path,
            line=line_of(path.read_text(encoding="utf-8"), entry),
            column=1,
            code="L030",
            symbol=entry.symbol,
            target=entry.target,
            message=f"{_spelled(entry, count)} fixed, and the baseline still holds it.",
            hint="Run the check with --baseline prune, and commit the file.",
            severity=severity,
        )


def _with_growth(one: Violation, known: int, there: int) -> Violation:
    """Say how many of one kind are known where there are more of them now."""
    return one._replace(message=f"{one.message} (Known are {known} of these, now there are {there}.)") if known else one


def _spelled(entry: Entry, count: int) -> str:
    times = f"{count} violations of" if count > 1 else "A violation of"
    return f"{times} {entry.code} in {entry.symbol} of {entry.app} {'are' if count > 1 else 'is'}"
