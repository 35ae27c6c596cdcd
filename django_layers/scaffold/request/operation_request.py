"""From the arguments of a command line to the specification of an operation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.problems import GrammarError, Problem
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, OperationSpec, Returns, Rows

__all__ = ["OperationArguments", "OperationRequest", "operation_request"]

_BARE_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationArguments:
    """The arguments of `addoperation`, as they were written.

    Attributes:
        operation: the name of the operation.
        on: "one" or "all".
        input: names of the entity's fields, and what else requests say in the field grammar.
        returns: "read" or "none"; None for the usual: a changed row is shown, and many are not.
    """

    operation: str
    on: str = Rows.ONE
    input: Sequence[str] = ()
    returns: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRequest:
    """An operation that is asked for.

    Attributes:
        operation: the operation, as far as the request can be read.
        problems: what could not be read of the request.
        sources: what was written for each input, by its name.
    """

    operation: OperationSpec
    problems: tuple[Problem, ...]
    sources: Mapping[str, str]


def operation_request(arguments: OperationArguments, entity: EntitySpec) -> OperationRequest:
    """Return what is asked for; a field of the entity counts as such however it is written."""
    own = {field.name: field for field in entity.fields}
    names: list[str] = []
    inputs: list[FieldSpec] = []
    problems: list[Problem] = []
    for text in arguments.input:
        if _BARE_NAME.fullmatch(text):
            names.append(text)
            continue
        try:
            field = parse_field(text)
        except GrammarError as error:
            problems += error.problems
        else:
            if own.get(field.name) == field:
                names.append(field.name)
            else:
                inputs.append(field)
    rows = Rows(arguments.on)
    usual = Returns.READ if rows is Rows.ONE else Returns.NONE
    operation = OperationSpec(
        name=arguments.operation,
        rows=rows,
        fields=tuple(names),
        inputs=tuple(inputs),
        returns=usual if arguments.returns is None else Returns(arguments.returns),
    )
    sources = {text.partition(":")[0]: text for text in arguments.input if ":" in text}
    return OperationRequest(operation=operation, problems=tuple(problems), sources=sources)
