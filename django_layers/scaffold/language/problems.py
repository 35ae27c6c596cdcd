"""What is wrong with a request: data, to be collected and shown all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django_layers.scaffold.errors import ScaffoldError

__all__ = ["GrammarError", "Problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a request.

    Attributes:
        where: the field, the option or the entity that it is about.
        message: what is wrong, one sentence.
        suggestion: the way out, one sentence; may be empty.
        source: the argument of the command line that it is in; empty where it is in none.
        position: the offset in the source, in characters; None where it is about the whole.
    """

    where: str
    message: str
    suggestion: str = ""
    source: str = ""
    position: int | None = None

    def __str__(self) -> str:
        text = " ".join(filter(None, [f"{self.where}: {self.message}", self.suggestion]))
        if not self.source or self.position is None:
            return text
        # What is shown must stay one line, with the caret below the character it is about.
        shown = "".join(
            character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in self.source
        )
        return f"{text}\n    {shown}\n    {' ' * self.position}^"


class GrammarError(ScaffoldError, ValueError):
    """An argument of the command line can't be read.

    Attributes:
        problems: everything that is wrong with it.
    """

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
