"""Asking for the fields of an entity on a terminal, one at a time."""

import shlex
from collections.abc import Callable, Sequence
from typing import TextIO

from django_layers.scaffold.refusals import Unfinished

__all__ = ["Questioner"]


class Questioner:
    """Asks on one stream and reads the answers from another.

    Args:
        answers: where answers are read from, a line each. Its end means no, never yes.
        questions: where questions and complaints go.
    """

    def __init__(self, answers: TextIO, questions: TextIO) -> None:
        self._answers = answers
        self._questions = questions

    def fields(self, entity: str, problems_of: Callable[[Sequence[str]], Sequence[str]]) -> tuple[str, ...]:
        """Ask for fields until an empty answer, and ask again for each that can't be taken.

        Args:
            entity: the name of the entity.
            problems_of: returns what is wrong with the entity if it had these fields.

        Returns:
            The fields in the words of the grammar.

        Raises:
            Unfinished: the input ended instead.
        """
        fields: tuple[str, ...] = ()
        self._say(f"The fields of {entity}, one at a time, such as title:str=200 or stars:int:min=1:max=5.")
        while answer := self._ask("Field (empty to end): "):
            try:
                wanted = (*fields, *shlex.split(answer))
            except ValueError as error:
                self._say(f"  {answer}: {error}.")
                continue
            problems = problems_of(wanted)
            for problem in problems:
                self._say(problem)
            if not problems:
                fields = wanted
        return fields

    def _ask(self, question: str) -> str:
        self._questions.write(question)
        self._questions.flush()
        line = self._answers.readline()
        if not line.endswith("\n"):
            raise Unfinished
        return line.strip()

    def _say(self, text: str) -> None:
        self._questions.write(f"{text}\n")
