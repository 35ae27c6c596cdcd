"""The repositories of the bookings, with what goes into and comes out of them."""

from __future__ import annotations

from typing import Literal

from pydantic import MISSING

from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.bookings.models import Booking, Hall, Place


class PlaceRead(ResponseSchema):
    """What callers get back of a place."""

    id: int
    name: str


class PlaceInsert(InternalSchema):
    """A place to store."""

    name: str


class PlaceChanges(InternalSchema):
    """What changes of a place."""

    name: str | MISSING = MISSING


class HallRead(ResponseSchema):
    """What callers get back of a hall."""

    id: int
    name: str
    code: str
    seats: int


class HallInsert(InternalSchema):
    """A hall to store."""

    name: str
    code: str
    seats: int


class KeyedHallInsert(HallInsert):
    """A hall to store under a key."""

    id: int


class HallChanges(InternalSchema):
    """What changes of a hall."""

    name: str | MISSING = MISSING
    seats: int | MISSING = MISSING


class HallQuery(PageQuery):
    """Filters, order and page of a list of halls."""

    name: str | None = None
    code: str | None = None
    order_by: Literal["id", "-id", "name", "-name", "seats", "-seats"] = "id"


class BookingRead(ResponseSchema):
    """What callers get back of a booking."""

    id: int
    guest: str


class BookingInsert(InternalSchema):
    """A booking to store."""

    place_id: int | None = None
    guest: str = ""
    table: int | None = None
    is_open: bool = False
    is_paid: bool = False
    position: int | None = None
    voucher: int | None = None
    ticket: int | None = None
    starts: int = 0
    ends: int = 1


class BookingChanges(InternalSchema):
    """What changes of a booking."""

    place_id: int | MISSING | None = MISSING
    guest: str | MISSING = MISSING
    position: int | MISSING | None = MISSING


class DjangoPlaceRepository(ModelRepository[Place, PlaceRead, PlaceInsert, PlaceChanges, PageQuery]):
    """Places in the database."""


class DjangoHallRepository(ModelRepository[Hall, HallRead, HallInsert, HallChanges, HallQuery]):
    """Halls in the database."""


class DjangoKeyedHallRepository(ModelRepository[Hall, HallRead, KeyedHallInsert, HallChanges, HallQuery]):
    """Halls in the database, under keys that callers say."""


class DjangoBookingRepository(ModelRepository[Booking, BookingRead, BookingInsert, BookingChanges, PageQuery]):
    """Bookings in the database."""
