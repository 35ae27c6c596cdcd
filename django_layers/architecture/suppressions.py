"""What comments suppress, and what is wrong with the comments."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from django_layers.architecture.facts.suppression import Suppression
from django_layers.architecture.spelling import did_you_mean
from django_layers.architecture.tree.discovery import Source
from django_layers.architecture.violations import ERROR, Violation

__all__ = ["FileSuppressions", "suppressed"]

_FORM = "Write `# layers: ignore[L402] reason`, or `ignore-file` for the whole file."


class FileSuppressions:
    """The suppressions of one file, and which of them have suppressed something.

    Args:
        source: the file.
        suppressions: what its comments say.
        codes: the codes that there are.
        today: suppressions that end before it have run out.
    """

    def __init__(
        self, source: Source, suppressions: Iterable[Suppression], codes: Collection[str], today: date
    ) -> None:
        self._source = source
        self._all = tuple(suppressions)
        self._codes = codes
        self._today = today
        self._used: set[tuple[int, str]] = set()

    def suppress(self, violation: Violation) -> bool:
        """Tell whether a violation of the file is suppressed, and remember by what."""
        hit = False
        for position, one in enumerate(self._all):
            if violation.code in one.codes and one.covers(violation.line):
                self._used.add((position, violation.code))
                hit = hit or self._holds(one)
        return hit

    def problems(self) -> Iterator[Violation]:
        """Walk what is wrong with the suppressions; to be asked after all violations have been seen."""
        for position, one in enumerate(self._all):
            if one.problem:
                yield self._problem(one, "L024", "", f"This suppression cannot be read: {one.problem}.", _FORM)
                continue
            if not one.reason:
                text = "This suppression gives no reason, and suppresses nothing until it does."
                yield self._problem(one, "L020", "", text, "Write the reason behind the codes.")
            if one.until is not None and one.until < self._today:
                text = f"This suppression has run out on {one.until.isoformat()}."
                yield self._problem(one, "L023", "", text, "Mend what it is for, or agree on another day.")
            for code in one.codes:
                if code not in self._codes:
                    text = f"This suppression names {code}, and there is no such rule."
                    yield self._problem(one, "L022", code, text, did_you_mean(code, self._codes))
                elif (position, code) not in self._used:
                    where = "in this file" if one.whole_file else "here"
                    text = f"This suppression of {code} suppresses nothing: the rule finds nothing {where}."
                    yield self._problem(one, "L021", code, text, f"Take {code} out of it.")

    def _holds(self, one: Suppression) -> bool:
        return bool(one.reason) and not one.problem and (one.until is None or one.until >= self._today)

    def _problem(self, one: Suppression, code: str, target: str, message: str, hint: str) -> Violation:
        return Violation(
            path=self._source.path,
            line=one.line,
            column=one.column,
            code=code,
            symbol=self._source.name,
            target=target or self._source.name,
            message=message,
            hint=hint,
            severity=ERROR,
            app=self._source.place.app,
            part=self._source.place.part,
        )


def suppressed(violations: Iterable[Violation], files: Mapping[Path, FileSuppressions]) -> tuple[list[Violation], int]:
    """Return the violations that no comment suppresses with what is wrong with the comments, and how many are.

    Args:
        violations: what was found.
        files: the suppressions, by the files that have some.
    """
    kept, count = [], 0
    for one in violations:
        file = files.get(one.path)
        if file is not None and file.suppress(one):
            count += 1
        else:
            kept.append(one)
    return [*kept, *(problem for file in files.values() for problem in file.problems())], count
