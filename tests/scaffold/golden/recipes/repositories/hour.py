"""What services may ask of stored hours."""

from typing import Protocol

from django_layers.schemas import Page

from recipes.schemas.hour import HourInsert, HourQuery, HourRead


class HourRepository(Protocol):
    """Stored hours."""

    def get(self, hour_id: int, /) -> HourRead:
        """Return an hour, or raise `NotFound`."""
        ...

    def page(self, query: HourQuery, /) -> Page[HourRead]:
        """Return the page of hours that the query asks for."""
        ...

    def require(self, *hour_ids: int) -> None:
        """Raise `NotFound` unless there are such hours."""
        ...

    def add(self, hour: HourInsert, /) -> HourRead:
        """Store an hour, or raise `Conflict` or `RuleViolated`."""
        ...

    def delete(self, hour_id: int, /) -> None:
        """Delete an hour, or raise `NotFound`, or `Conflict` while something refers to
        it.
        """
        ...
