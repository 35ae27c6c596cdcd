"""Names in the query string: the ones that an endpoint knows, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.operation import Operation

__all__ = ["QueryNames"]


@dataclass(frozen=True, slots=True)
class QueryNames:
    """What an endpoint may be asked in its query string.

    django-ninja drops unknown names, and all but the last value of a name, before Pydantic sees them; so a mistyped
    filter would list everything.

    Attributes:
        known: the names that the endpoint declares, its query authentication included.
        repeatable: those of them that may be given more than once.
    """

    known: frozenset[str]
    repeatable: frozenset[str]

    @classmethod
    def of(cls, operation: Operation) -> "QueryNames":
        """Return the names that the operation declares."""
        models = [model for model in operation.models if model.__ninja_param_source__ == "query"]
        keys = (
            str(getattr(authenticator, "param_name", ""))
            for authenticator in operation.auth_callbacks
            if getattr(authenticator, "openapi_in", "") == "query"
        )
        return cls(
            known=frozenset([*keys, *_names(models, "__ninja_flatten_map__")]),
            repeatable=frozenset(_names(models, "__ninja_collection_fields__")),
        )

    def check(self, request: HttpRequest) -> None:
        """Refuse a query string with unknown or repeated names.

        Raises:
            ValidationError: of django-ninja, naming each of them.
        """
        if not request.META.get("QUERY_STRING"):
            return
        errors = [*self._unknown(request), *self._repeated(request)]
        if errors:
            raise ValidationError(errors)

    def _unknown(self, request: HttpRequest) -> Iterable[dict[str, object]]:
        for name in request.GET:
            if name not in self.known:
                nearest = get_close_matches(name, self.known, n=1)
                hint = f" Did you mean '{nearest[0]}'?" if nearest else ""
                yield {"type": "unknown_name", "loc": ("query", name), "msg": f"There is no such name.{hint}"}

    def _repeated(self, request: HttpRequest) -> Iterable[dict[str, object]]:
        for name, values in request.GET.lists():
            if name in self.known - self.repeatable and len(values) > 1:
                yield {"type": "repeated_name", "loc": ("query", name), "msg": "The name may be given only once."}


def _names(models: Iterable[object], attribute: str) -> Iterable[str]:
    for model in models:
        yield from getattr(model, attribute, ())
