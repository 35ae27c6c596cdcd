"""The repositories of the depot, with their schemas."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Count
from pydantic import MISSING

from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.depot.models import Badge, Counter, Crane, Crate, Label, Shelf, Stock


class ShelfRead(ResponseSchema):
    """A shelf."""

    id: int
    name: str
    articles: int


class ShelfInsert(InternalSchema):
    """A new shelf."""

    name: str


class ShelfChanges(InternalSchema):
    """What changes of shelves."""

    name: str | MISSING = MISSING


class ShelfQuery(PageQuery):
    """Which shelves."""

    name: str | None = None
    articles_max: int | None = None
    article: str | None = None


class Shelves(ModelRepository[Shelf, ShelfRead, ShelfInsert, ShelfChanges, ShelfQuery]):
    """Shelves."""

    expressions = {"articles": Count("stocks")}
    filters = {"articles_max": "articles__lte", "article": "stocks__article"}


class StockRead(ResponseSchema):
    """A stock."""

    id: int
    shelf_id: int
    article: str
    amount: int
    note: str
    label_ids: tuple[int, ...]
    created_at: datetime
    updated_at: datetime


class StockInsert(InternalSchema):
    """A new stock."""

    shelf_id: int
    article: str
    amount: int
    label_ids: tuple[int, ...] = ()


class StockChanges(InternalSchema):
    """What changes of stocks."""

    shelf_id: int | MISSING = MISSING
    article: str | MISSING = MISSING
    amount: int | MISSING | None = MISSING
    note: str | MISSING = MISSING
    label_ids: tuple[int, ...] | MISSING = MISSING


class StockQuery(PageQuery):
    """Which stocks."""

    shelf_id: int | None = None
    shelf_name: str | None = None
    article: str | None = None
    label_id: int | None = None
    amount_max: int | None = None
    order_by: Literal["id", "-id"] = "id"


class Stocks(ModelRepository[Stock, StockRead, StockInsert, StockChanges, StockQuery]):
    """Stocks; the owner of one is its shelf."""

    owner = "shelf"
    id_lists = {"label_ids": "labels"}
    filters = {"shelf_name": "shelf__name", "label_id": "labels", "amount_max": "amount__lte"}


class LabelRead(ResponseSchema):
    """A label."""

    id: int
    text: str


class LabelInsert(InternalSchema):
    """A new label."""

    text: str


class LabelQuery(PageQuery):
    """Which labels."""

    text: str | None = None


class Labels(ModelRepository[Label, LabelRead, LabelInsert, LabelInsert, LabelQuery]):
    """Labels, of which nothing but what is unique can be stored."""


class CounterRead(ResponseSchema):
    """A counter."""

    id: int
    name: str
    value: int
    version: int


class CounterInsert(InternalSchema):
    """A new counter."""

    name: str
    value: int


class CounterChanges(InternalSchema):
    """What changes of counters."""

    value: int | MISSING = MISSING


class CounterQuery(PageQuery):
    """Which counters."""

    name: str | None = None


class Counters(ModelRepository[Counter, CounterRead, CounterInsert, CounterChanges, CounterQuery]):
    """Counters."""


class BadgeRead(ResponseSchema):
    """A badge."""

    id: UUID
    number: int
    holder: str | None
    colour: str
    size: int


class BadgeInsert(InternalSchema):
    """A new badge."""

    number: int
    holder: str | None
    colour: str


class BadgeChanges(InternalSchema):
    """What changes of badges."""

    colour: str | MISSING = MISSING
    holder: str | MISSING | None = MISSING


class BadgeQuery(PageQuery):
    """Which badges."""

    number: int | None = None
    colour: str | None = None


class Badges(ModelRepository[Badge, BadgeRead, BadgeInsert, BadgeChanges, BadgeQuery]):
    """Badges."""


class CraneRead(ResponseSchema):
    """A crane."""

    machine_ptr_id: int
    serial: str
    name: str
    tons: int
    serviced_at: datetime


class CraneInsert(InternalSchema):
    """A new crane."""

    serial: str
    name: str
    tons: int


class CraneChanges(InternalSchema):
    """What changes of cranes."""

    serial: str | MISSING = MISSING
    name: str | MISSING = MISSING
    tons: int | MISSING = MISSING


class CraneQuery(PageQuery):
    """Which cranes."""

    serial: str | None = None
    tons: int | None = None


class Cranes(ModelRepository[Crane, CraneRead, CraneInsert, CraneChanges, CraneQuery]):
    """Cranes."""


class CrateRead(ResponseSchema):
    """A crate."""

    id: int
    name: str
    inside_id: int | None


class CrateInsert(InternalSchema):
    """A new crate."""

    name: str
    inside_id: int | None = None
    beside_id: int | None = None
    under_id: int | None = None


class CrateChanges(InternalSchema):
    """What changes of crates."""

    name: str | MISSING = MISSING


class CrateQuery(PageQuery):
    """Which crates."""

    name: str | None = None


class Crates(ModelRepository[Crate, CrateRead, CrateInsert, CrateChanges, CrateQuery]):
    """Crates."""
