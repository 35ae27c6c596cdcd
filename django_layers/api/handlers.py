"""Every exception that can leave an endpoint, and what it is answered with.

Nothing internal reaches a response: no traceback, no text of an exception that was not written for callers. An exception
that nobody foresaw is logged with its traceback to `django.request` and announced by Django's signal
`got_request_exception`, exactly as Django does it, so error trackers and the mail to the admins work, and Django's test
client raises it. The answer is the same with and without DEBUG.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TypeVar

from django.core import signals
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.log import log_response
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from django_layers.api.parsing import MalformedBody
from django_layers.api.problems import Problem, ProblemError, answer, problem_of, problem_of_status
from django_layers.errors import Busy, DomainError, Forbidden, NotAuthenticated

__all__ = ["install"]

RETRY_AFTER_SECONDS = 1

Raised = TypeVar("Raised", bound=Exception)


def install(api: NinjaAPI) -> None:
    """Let the API answer every exception with a problem."""
    _handle(api, DomainError, _domain_error)
    _handle(api, ValidationError, _validation_error)
    _handle(api, HttpError, _http_error)
    _handle(api, Http404, _not_found)
    _handle(api, PermissionDenied, _permission_denied)
    _handle(api, SuspiciousOperation, _suspicious)
    _handle(api, BadRequest, _bad_request)
    _handle(api, MultiPartParserError, _bad_request)
    _handle(api, Exception, _unforeseen)


def _handle(api: NinjaAPI, error: type[Raised], handler: Callable[[HttpRequest, Raised], HttpResponse]) -> None:
    # django-ninja declares handlers as taking the exception or its class; it passes the exception.
    api.add_exception_handler(error, handler)  # type: ignore[arg-type]


def _domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if isinstance(error, Busy) else {}
    return answer(problem_of(error), headers=headers)


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer(
        Problem(
            title="The request is not valid",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            code="invalid_request",
            errors=tuple(_problem_error(details) for details in error.errors),
        )
    )


def _problem_error(details: Mapping[str, object]) -> ProblemError:
    location, *path = _strings(details.get("loc"))
    return ProblemError(
        field=".".join(path),
        message=str(details.get("msg", "The value is not valid.")),
        code=str(details.get("type", "invalid")),
        location=location,
    )


def _strings(location: object) -> tuple[str, ...]:
    parts = tuple(str(part) for part in location) if isinstance(location, Iterable) else ()
    return parts or ("body",)


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, AuthenticationError):
        return answer(problem_of(NotAuthenticated()))
    if isinstance(error, Throttled):
        return answer(problem_of_status(error.status_code, code="throttled"))
    if isinstance(error.__cause__, MalformedBody):
        return answer(problem_of_status(HTTPStatus.BAD_REQUEST, str(error.__cause__), code="malformed_body"))
    return answer(problem_of_status(error.status_code, error.message))


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(problem_of_status(HTTPStatus.NOT_FOUND))


def _permission_denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return answer(problem_of(Forbidden()))


def _bad_request(request: HttpRequest, error: Exception) -> HttpResponse:
    return answer(problem_of_status(HTTPStatus.BAD_REQUEST))


def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        response = answer(problem_of_status(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
    else:
        response = answer(problem_of_status(HTTPStatus.BAD_REQUEST))
    log_response(
        str(error),
        exception=error,
        request=request,
        response=response,
        level="error",
        logger=logging.getLogger(f"django.security.{type(error).__name__}"),
    )
    return response


def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    response = answer(problem_of_status(HTTPStatus.INTERNAL_SERVER_ERROR))
    signals.got_request_exception.send(sender=None, request=request)
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=error)
    return response
