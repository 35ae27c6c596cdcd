"""Lists, page by page."""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import ConfigDict, Field

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
        Field(
            max_length=4000,
            description="The `next_cursor` or the `previous_cursor` of another page; left out for the first page.",
        ),
    ] = None
    include_total: Annotated[
        bool, Field(description="Whether `total` is to be told; counting costs more than a page.")
    ] = False


class Page(ResponseSchema, Generic[Item]):
    """A page of a list."""

    # A response holds all of them, always.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: tuple[Item, ...]
    next_cursor: Annotated[str | None, Field(description="The `cursor` of the next page; null on the last one.")]
    previous_cursor: Annotated[
        str | None, Field(description="The `cursor` of the page before; null on the first one.")
    ] = None
    total: Annotated[
        int | None,
        Field(description="How many items all pages have together; null unless asked for by `include_total`."),
    ] = None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Return the name of a page of something in the OpenAPI schema: `RatingReadPage`."""
        return "".join(getattr(param, "__name__", str(param)) for param in params) + cls.__name__
