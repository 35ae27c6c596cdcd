"""JSON bodies, read strictly."""

import json
from collections.abc import Iterable
from typing import NoReturn, cast

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

__all__ = ["MalformedBody", "StrictParser"]


class MalformedBody(ValueError):
    """The body of a request is no JSON that means one thing; the message is written for the caller."""


class StrictParser(Parser):
    """Reads JSON as its standard has it: no NaN, no Infinity, and no name twice in one object."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return what the body says.

        Raises:
            MalformedBody: the body is not valid JSON.
        """
        try:
            parsed = json.loads(request.body, parse_constant=_refuse_constant, object_pairs_hook=_without_duplicates)
        except json.JSONDecodeError as error:
            raise MalformedBody(
                f"The body is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."
            ) from error
        except RecursionError as error:
            raise MalformedBody("The body is nested too deeply.") from error
        except MalformedBody:
            raise
        except ValueError as error:
            raise MalformedBody("The body is not valid JSON in UTF-8, or holds a number that is too long.") from error
        return cast("DictStrAny", parsed)


def _refuse_constant(constant: str) -> NoReturn:
    raise MalformedBody(f"The body is not valid JSON: {constant} is no number of JSON.")


def _without_duplicates(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for name, value in pairs:
        if name in result:
            raise MalformedBody("The body gives a name twice in one object.")
        result[name] = value
    return result
