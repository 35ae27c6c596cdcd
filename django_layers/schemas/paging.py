"""Lists, page by page."""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from django_layers.schemas.base import RequestSchema, ResponseSchema

__all__ = ["Page", "PageQuery"]

Item = TypeVar("Item")


class PageQuery(RequestSchema):
    """Which page of a list is asked for; filters and `order_by` are added by the schema of an entity.

    A filter that is None is not asked for. An entity may tighten the bounds of `limit` by declaring it again.
    """

    limit: Annotated[int, Field(ge=1, le=100, description="How many items a page holds at most.")] = 25
    cursor: Annotated[
        str | None,
        Field(max_length=2000, description="The `next_cursor` of the page before; left out for the first page."),
    ] = None


class Page(ResponseSchema, Generic[Item]):
    """A page of a list."""

    items: tuple[Item, ...]
    next_cursor: Annotated[str | None, Field(description="The `cursor` of the next page; null on the last one.")]

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Return the name of a page of something in the OpenAPI schema: `RatingReadPage`."""
        return "".join(getattr(param, "__name__", str(param)) for param in params) + cls.__name__
