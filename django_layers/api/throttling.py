"""The throttles of asynchronous endpoints, which may keep their counts where only a thread may ask."""

from django.http import HttpRequest, HttpResponse
from ninja.operation import AsyncOperation

from django_layers.api.threads import in_thread

__all__ = ["throttle_in_thread"]


def throttle_in_thread(operation: AsyncOperation) -> None:
    """Have the throttles of an endpoint asked in the thread of its request.

    django-ninja asks them in the event loop, where a cache in the database refuses to be asked and every other one keeps
    all requests waiting.

    Args:
        operation: the endpoint.
    """
    # A copy is asked, and the endpoint itself finds none in the event loop.
    throttled = operation.clone()
    throttled.api = operation.api
    operation.throttle_objects = []
    authenticate = operation._run_checks

    async def run_checks(request: HttpRequest) -> HttpResponse | None:
        return await authenticate(request) or await in_thread(throttled._check_throttles, request)

    operation._run_checks = run_checks  # type: ignore[method-assign]
