"""What a refused request is answered with: `application/problem+json`, RFC 9457."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from django_layers.errors import (
    Busy,
    Conflict,
    DomainError,
    Forbidden,
    NotAuthenticated,
    NotFound,
    RuleViolated,
    Stale,
)
from django_layers.schemas import MISSING, ResponseSchema

__all__ = ["MEDIA_TYPE", "Problem", "ProblemError", "answer", "problem_of", "problem_of_status", "status_of"]

MEDIA_TYPE = "application/problem+json"

STATUSES: Mapping[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    RuleViolated: HTTPStatus.UNPROCESSABLE_ENTITY,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    Stale: HTTPStatus.PRECONDITION_FAILED,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    DomainError: HTTPStatus.BAD_REQUEST,
}
"""The status of each domain error; a project's own has that of its nearest base."""


class ProblemError(ResponseSchema):
    """One thing that is wrong with a request."""

    field: Annotated[str, Field(description="The name of the field, dotted where it is nested; empty for the whole.")]
    message: str
    code: Annotated[str, Field(description="What is wrong, as a stable word for programs.")]
    location: Annotated[
        str | MISSING, Field(description="Where the field is: body, query, path, header, cookie, form or file.")
    ] = MISSING


class Problem(ResponseSchema):
    """Why a request was refused (RFC 9457)."""

    type: Annotated[str, Field(description="A URI of the kind of problem; `code` tells kinds apart.")] = "about:blank"
    title: Annotated[str, Field(description="What happened, as a phrase for people.")]
    status: Annotated[int, Field(description="The status code of the response.")]
    code: Annotated[str, Field(description="What happened, as a stable word for programs.")]
    detail: Annotated[str | MISSING, Field(description="What happened this time, as a sentence for people.")] = MISSING
    errors: Annotated[tuple[ProblemError, ...] | MISSING, Field(description="What is wrong, field by field.")] = MISSING


def status_of(error: type[DomainError]) -> HTTPStatus:
    """Return the status that an error of this class is answered with."""
    return next(STATUSES[base] for base in error.__mro__ if base in STATUSES)


def problem_of(error: DomainError) -> Problem:
    """Return the problem that says what the domain refused.

    The name of a database constraint stays behind: it is nobody's business outside.
    """
    message = error.detail or error.title
    return Problem(
        title=error.title,
        status=status_of(type(error)),
        code=error.code,
        detail=error.detail or MISSING,
        errors=tuple(ProblemError(field=name, message=message, code=error.code) for name in error.fields) or MISSING,
    )


def problem_of_status(status: int, detail: str = "", *, code: str = "") -> Problem:
    """Return the problem that a bare status code stands for, titled as HTTP titles it."""
    known = status in HTTPStatus.__members__.values()
    title = HTTPStatus(status).phrase if known else f"Status {status}"
    return Problem(
        title=title,
        status=status,
        code=code or re.sub("[^a-z0-9]+", "_", title.lower()),
        detail=detail or MISSING,
    )


def answer(problem: Problem, *, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return the response that carries the problem."""
    return HttpResponse(
        problem.model_dump_json(), status=problem.status, content_type=MEDIA_TYPE, headers=dict(headers or {})
    )
