"""What goes into and comes out of documents."""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from django_layers.schemas import InternalSchema, PageQuery, RequestSchema, ResponseSchema, UpdateSchema

Title = Annotated[str, Field(min_length=1, max_length=100)]


class DocumentCreate(RequestSchema):
    """What a caller sends to create a document."""

    title: Title


class DocumentUpdate(UpdateSchema):
    """What a caller sends to change a document; a field left out keeps its value."""

    title: Title | MISSING = MISSING


class DocumentRead(ResponseSchema):
    """What callers get back."""

    id: int
    title: str
    file: str | None
    version: int


class DocumentInsert(InternalSchema):
    """What the service hands to the repository to store."""

    title: str


class DocumentChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    title: str | MISSING = MISSING


class DocumentQuery(PageQuery):
    """Filters, order and page of a list of documents."""

    order_by: Literal["id", "-id"] = "id"
