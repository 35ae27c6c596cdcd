"""What services may ask of stored ratings."""

from typing import Protocol

from django_layers.schemas import Page

from recipes.schemas.rating import RatingChanges, RatingInsert, RatingQuery, RatingRead


class RatingRepository(Protocol):
    """Stored ratings."""

    def get(self, rating_id: int, /) -> RatingRead:
        """Return a rating, or raise `NotFound`."""
        ...

    def page(self, query: RatingQuery, /) -> Page[RatingRead]:
        """Return the page of ratings that the query asks for."""
        ...

    def require(self, *rating_ids: int) -> None:
        """Raise `NotFound` unless there are such ratings."""
        ...

    def add(self, rating: RatingInsert, /) -> RatingRead:
        """Store a rating, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, rating_id: int, changes: RatingChanges, /) -> RatingRead:
        """Change a rating, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, rating_id: int, /) -> None:
        """Delete a rating, or raise `NotFound`, or `Conflict` while something refers to it."""
        ...
