"""What `LayersAPI` does to each of its endpoints, once, when the project's urls are loaded."""

import functools
from collections import Counter
from collections.abc import Callable, Sequence
from copy import copy
from operator import itemgetter
from typing import cast

from django.apps import apps
from django.db import connections
from django.http import HttpRequest, HttpResponse
from ninja.errors import ConfigError
from ninja.operation import AsyncOperation, Operation, PathView
from ninja.router import BoundRouter
from ninja.utils import normalize_path

from django_layers.api.authentication import Authenticator
from django_layers.api.public import ForgetNobody, PublicAccess, forget_nobody
from django_layers.api.query_names import QueryNames
from django_layers.api.responding import responder_of
from django_layers.api.threads import in_thread
from django_layers.api.throttling import throttle_in_thread

__all__ = ["bind"]

RESPONSE = "_layers_response"
"""The argument that brings an endpoint's response to what turns its result into one."""


def bind(routers: Sequence[BoundRouter], authenticators: Sequence[Authenticator]) -> None:
    """Close what is open, guard what comes in and goes out, and name every operation.

    Raises:
        ConfigError: an endpoint has no authentication, two have the same route, or two the same operation id; or an
            asynchronous endpoint takes the transaction of a request away from a synchronous one.
    """
    _refuse_same_routes(routers)
    for router in routers:
        for view in router.path_operations.values():
            _refuse_a_lost_transaction(view)
    operations = [
        operation for router in routers for view in router.path_operations.values() for operation in view.operations
    ]
    for operation in operations:
        _authenticate(operation, authenticators)
        # An alias is declared to be used; django-ninja reads requests by it and would answer without it.
        operation.by_alias = True
        operation.view_func = _guarded(operation)
    _name(operations)


def _authenticate(operation: Operation, authenticators: Sequence[Authenticator]) -> None:
    if not operation.auth_callbacks:
        raise ConfigError(
            f"{_where(operation)} has no authentication. Leave `auth` away to have the API's, or say `auth=public` "
            "(from django_layers.api) to open it to everybody."
        )
    operation.auth_callbacks = [
        PublicAccess(tuple(authenticators)) if isinstance(callback, PublicAccess) else callback
        for callback in operation.auth_callbacks
    ]
    if operation.throttle_objects:
        operation.throttle_objects = [ForgetNobody(), *operation.throttle_objects]
        if isinstance(operation, AsyncOperation):
            throttle_in_thread(operation)


def _guarded(operation: Operation) -> Callable[..., object]:
    """Return the endpoint with its query string checked before and its result turned into a response after."""
    endpoint = operation.view_func
    names = QueryNames.of(operation)
    respond = responder_of(operation)
    response_of = _given_response(operation)
    on_exception = operation.api.on_exception

    @functools.wraps(endpoint)
    async def guarded_async(request: HttpRequest, **values: object) -> object:
        try:
            forget_nobody(request)
            names.check(request)
            response = response_of(values)
            return respond(request, await endpoint(request, **values), response)
        except Exception as error:
            # Handlers and receivers of Django's signal are synchronous, and may ask the database.
            return await in_thread(on_exception, request, error)

    @functools.wraps(endpoint)
    def guarded(request: HttpRequest, **values: object) -> object:
        forget_nobody(request)
        names.check(request)
        response = response_of(values)
        result = endpoint(request, **values)
        return result if operation.stream_format else respond(request, result, response)

    # The function of an asynchronous stream is called, not awaited.
    return guarded_async if operation.is_async and not operation.stream_format else guarded


def _given_response(operation: Operation) -> Callable[[dict[str, object]], HttpResponse]:
    """Return what finds the response that django-ninja makes for each call, among the arguments of the call.

    An endpoint that does not ask for it is called without it.
    """
    signature = operation.signature
    if signature.response_arg:
        asked_for = itemgetter(signature.response_arg)
        return lambda values: cast("HttpResponse", asked_for(values))
    # The signature is the router's, and other APIs may have the router too.
    operation.signature = copy(signature)
    operation.signature.response_arg = RESPONSE
    return lambda values: cast("HttpResponse", values.pop(RESPONSE))


def _name(operations: Sequence[Operation]) -> None:
    """Give each operation the shortest name that no other has: function, app and function, module and function."""
    unnamed = [operation for operation in operations if operation.operation_id is None]
    for name_of in (_function_name, _name_in_app, _name_in_module):
        counts = Counter(name_of(operation) for operation in unnamed)
        for operation in unnamed:
            if counts[name_of(operation)] == 1:
                operation.operation_id = name_of(operation)
        unnamed = [operation for operation in unnamed if operation.operation_id is None]
    first: dict[str, Operation] = {}
    for operation in operations:
        name = operation.operation_id or _name_in_module(operation)
        other = first.setdefault(name, operation)
        if other is not operation:
            raise ConfigError(
                f"{_where(other)} and {_where(operation)} have the same operation id, '{name}'. "
                "Rename a function, or give one of them `operation_id=`."
            )


def _function_name(operation: Operation) -> str:
    return str(operation.view_func.__name__)


def _name_in_app(operation: Operation) -> str:
    module = operation.view_func.__module__
    app = apps.get_containing_app_config(module)
    return f"{app.label if app else module.split('.')[0]}_{_function_name(operation)}"


def _name_in_module(operation: Operation) -> str:
    return f"{operation.view_func.__module__}_{_function_name(operation)}".replace(".", "_")


def _refuse_same_routes(routers: Sequence[BoundRouter]) -> None:
    """Django serves the first of two equal routes only, so the methods of the second would all be answered with 405."""
    first: dict[str, Operation] = {}
    for router in routers:
        for path, view in router.path_operations.items():
            route = normalize_path(f"/{router.prefix}/{path}")
            shape = "/".join("{}" if part.startswith("{") and ":" not in part else part for part in route.split("/"))
            other = first.setdefault(shape, view.operations[0])
            if other is not view.operations[0]:
                raise ConfigError(
                    f"{_where(other)} and {_where(view.operations[0])} have the same route, '{route}'. "
                    "Give one of them another, or write both into one router with the same path."
                )


def _refuse_a_lost_transaction(view: PathView) -> None:
    """Django makes a transaction of a request to a synchronous view only, and a view serves all methods of a path."""
    synchronous = [operation for operation in view.operations if not operation.is_async]
    if view.is_async and synchronous and any(database["ATOMIC_REQUESTS"] for database in connections.settings.values()):
        raise ConfigError(
            f"{_where(synchronous[0])} is synchronous and shares its path with an asynchronous endpoint, so "
            "ATOMIC_REQUESTS would do nothing for it. Let all endpoints of the path be asynchronous, or none."
        )


def _where(operation: Operation) -> str:
    return f"The endpoint {operation.view_func.__module__}.{operation.view_func.__name__}"
