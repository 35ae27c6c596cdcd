"""Makes problems of a request, each with the place of the command line that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.reader import position_of
from django_layers.scaffold.language.spec import FieldSpec

__all__ = ["Findings"]


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of a request so far.

    Attributes:
        sources: what was written for a field, by its name; empty where the request came from elsewhere.
        problems: what is wrong.
    """

    sources: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def field(self, spec: FieldSpec, part: str, message: str, suggestion: str) -> None:
        """Note a problem of a field.

        Args:
            spec: the field.
            part: "name", "type", "argument" or a modifier.
            message: what is wrong.
            suggestion: the way out.
        """
        source = self.sources.get(spec.name, "")
        position = position_of(source, part) if source else None
        where = spec.name or "field"
        self.problems.append(
            Problem(where=where, message=message, suggestion=suggestion, source=source, position=position)
        )

    def request(self, where: str, message: str, suggestion: str) -> None:
        """Note a problem of the entity or of one of its options."""
        self.problems.append(Problem(where=where, message=message, suggestion=suggestion))
