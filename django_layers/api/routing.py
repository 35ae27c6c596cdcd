"""The urls of an API, with an answer for everything under them."""

import functools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.db import connections
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI

from django_layers.api.problems import answer, problem_of_status
from django_layers.api.threads import in_thread

__all__ = ["answering", "no_such_path"]


def answering(api: NinjaAPI, pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """Return the url with a view that answers with problems where django-ninja or Django would with text or HTML."""
    if isinstance(pattern, URLPattern):
        view = pattern.callback
        pattern.callback = _asynchronous(api, view) if iscoroutinefunction(view) else _synchronous(api, view)
    return pattern


def no_such_path() -> URLPattern:
    """Return a url that answers what no other of the API does.

    A route of the project below the API's prefix has to stand before the API.
    """
    return re_path("", _no_such_path)


def _no_such_path(request: HttpRequest, **path_params: str) -> HttpResponseBase:
    return answer(problem_of_status(HTTPStatus.NOT_FOUND, "No endpoint of this API has this path."))


_no_such_path.csrf_exempt = True  # type: ignore[attr-defined]  # the answer is 404, with a CSRF token and without


def _synchronous(api: NinjaAPI, view: Callable[..., object]) -> Callable[..., HttpResponseBase]:
    view = cast("Callable[..., HttpResponseBase]", view)

    @functools.wraps(view)
    def answered(request: HttpRequest, **path_params: object) -> HttpResponseBase:
        try:
            response = view(request, **path_params)
            if _is_head_of_get(request, response):
                with _as_get(request):
                    response = view(request, **path_params)
            return _as_problem(response)
        except Exception as error:
            return api.on_exception(request, error)

    return answered


def _asynchronous(api: NinjaAPI, view: Callable[..., object]) -> Callable[..., Awaitable[HttpResponseBase]]:
    view = cast("Callable[..., Awaitable[HttpResponseBase]]", view)

    @functools.wraps(view)
    async def answered(request: HttpRequest, **path_params: object) -> HttpResponseBase:
        try:
            response = await view(request, **path_params)
            if _is_head_of_get(request, response):
                with _as_get(request):
                    response = await view(request, **path_params)
            return _as_problem(response)
        except Exception as error:
            return await in_thread(api.on_exception, request, error)

    # Django refuses an asynchronous view where requests are transactions; its services have units of work of their own.
    for alias in connections:
        answered = non_atomic_requests(alias)(answered)
    return answered


def _is_head_of_get(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether nothing answers the HEAD that was asked, and something the GET that it is the head of."""
    return request.method == "HEAD" and isinstance(response, HttpResponseNotAllowed) and "GET" in _allowed(response)


@contextmanager
def _as_get(request: HttpRequest) -> Iterator[None]:
    """Let a request be a GET inside; the server leaves the body away, as it does for Django's own views."""
    request.method = "GET"
    try:
        yield
    finally:
        request.method = "HEAD"


def _allowed(response: HttpResponseNotAllowed) -> set[str]:
    return set(response["Allow"].split(", "))


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    if not isinstance(response, HttpResponseNotAllowed):
        return response
    methods = _allowed(response)
    allowed = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
    problem = problem_of_status(HTTPStatus.METHOD_NOT_ALLOWED, f"Allowed here: {allowed}.")
    return answer(problem, headers={"Allow": allowed})
