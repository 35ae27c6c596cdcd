"""From an asynchronous endpoint to a service."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async

__all__ = ["in_thread"]

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


async def in_thread(
    function: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Call a synchronous function, a method of a service for instance, from an asynchronous endpoint.

    All such calls of one request share one thread, and so one connection to each database: it is there that Django keeps
    connections and transactions. One call does all that belongs together, with its unit of work inside; a transaction
    cannot go over two.

    Args:
        function: what to call; its arguments follow, and are checked by a type checker.

    Returns:
        What the function returns; what it raises is raised here.

    Raises:
        TypeError: the function is asynchronous; await it instead.
    """
    return await sync_to_async(function, thread_sensitive=True)(*args, **kwargs)
