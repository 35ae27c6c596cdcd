"""What is wrong with a configuration, each at its line."""

import re
from collections.abc import Iterable

from django_layers.architecture.configuration.finding import TABLE, ConfigurationFile
from django_layers.architecture.spelling import did_you_mean
from django_layers.architecture.violations import ERROR, Violation

__all__ = ["Problems"]


class Problems:
    """Collects what is wrong with one configuration.

    Args:
        file: the file that it comes from.
    """

    def __init__(self, file: ConfigurationFile) -> None:
        self._file = file
        self.found: list[Violation] = []

    def add(self, code: str, words: tuple[str, ...], message: str, hint: str, *, line: int = 0) -> None:
        """Note what is wrong.

        Args:
            code: the code of the kind of problem.
            words: the keys that lead to it, and the value where it is one of several.
            message: what is wrong.
            hint: the way out.
            line: where; 0 where the words tell it.
        """
        symbol = ".".join((TABLE, *words))
        self.found.append(
            Violation(
                path=self._file.path,
                line=line or _line_of(self._file.text, words),
                column=1,
                code=code,
                symbol=symbol,
                target=words[-1] if words else TABLE,
                message=message,
                hint=hint,
                severity=ERROR,
            )
        )

    def wrong_kind(self, words: tuple[str, ...], wanted: str) -> None:
        """Note a value that is not of the kind that it must be."""
        self.add("L010", words, f"{'.'.join(words)} must be {wanted}.", f"Write {wanted}.")

    def unknown(self, code: str, kind: str, words: tuple[str, ...], known: Iterable[str]) -> None:
        """Note a name that there is not."""
        self.add(code, words, f"There is no {kind} {words[-1]}.", did_you_mean(words[-1], known))


def _line_of(text: str, words: tuple[str, ...]) -> int:
    """Return the line of the last of some words, each looked for from where the one before was found."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if re.search(rf"\[\s*tool\s*\.\s*{TABLE}\b|{TABLE}", line)), 0)
    for word in words:
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        start = next((at for at in range(start, len(lines)) if pattern.search(lines[at].partition("#")[0])), start)
    return start + 1
