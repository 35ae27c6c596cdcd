"""Which domain errors an endpoint can answer with."""

from collections.abc import Callable
from typing import TypeVar

from django_layers.errors import DomainError

__all__ = ["declared_errors", "raises"]

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])

ATTRIBUTE = "_layers_raises"


def raises(*errors: type[DomainError]) -> Callable[[Endpoint], Endpoint]:
    """Say which domain errors an endpoint can answer with, for its OpenAPI description.

    It goes below the route decorator. Errors that follow from the endpoint itself, such as 401 where there is
    authentication and 422 where there is input, need no mention.

    Args:
        errors: classes of `django_layers.errors`, or of a project's own that inherit from them.

    Returns:
        A decorator that gives back the same function.
    """

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, ATTRIBUTE, (*errors, *declared_errors(endpoint)))
        return endpoint

    return declare


def declared_errors(endpoint: Callable[..., object]) -> tuple[type[DomainError], ...]:
    """Return the errors that an endpoint was declared to raise."""
    errors: tuple[type[DomainError], ...] = getattr(endpoint, ATTRIBUTE, ())
    return errors
