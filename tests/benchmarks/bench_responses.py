"""How long django-ninja and `LayersAPI` take from the DTOs of an endpoint to the bytes of its response.

Run from the root of the repository: python -m tests.benchmarks.bench_responses [rounds]

There is no database: what is compared is the API. The two are asked in turn, so that a busy machine slows both alike; the
ratios are of medians.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.http.response import HttpResponseBase  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import path, resolve  # noqa: E402
from ninja import NinjaAPI  # noqa: E402
from ninja.security import HttpBearer  # noqa: E402

from django_layers.api import BearerAuthentication, LayersAPI  # noqa: E402
from django_layers.schemas import Page, ResponseSchema  # noqa: E402
from tests.api.serving import Urls  # noqa: E402

USER = User(pk=1, username="alice")
AUTHORIZED = {"Authorization": "Bearer alice"}


class NamedRead(ResponseSchema):
    id: int
    name: str


class BookRead(ResponseSchema):
    id: int
    title: str
    isbn: UUID
    price: Decimal
    published: date
    created_at: datetime
    updated_at: datetime
    pages: int
    rating: float
    active: bool
    text: str
    language: str | None
    author: NamedRead
    tags: tuple[NamedRead, ...]


def book(number: int) -> BookRead:
    return BookRead(
        id=number,
        title=f"Title {number}",
        isbn=UUID(int=number),
        price=Decimal("12.50"),
        published=date(2020, 1, 1),
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
        updated_at=datetime(2020, 1, 1, 1, 1, 1, 123456, tzinfo=UTC),
        pages=number,
        rating=4.5,
        active=True,
        text="x" * 100,
        language=None,
        author=NamedRead(id=number % 100, name=f"Author {number % 100}"),
        tags=tuple(NamedRead(id=tag, name=f"tag {tag}") for tag in range(number % 30, number % 30 + 3)),
    )


BOOKS = tuple(map(book, range(1000)))
PAGE = Page[BookRead](items=BOOKS[:25], next_cursor=None)
SIZES = {"one": 2000, "page": 400, "thousand": 40}


class Tokens(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User:
        return USER


def filled(api: NinjaAPI) -> NinjaAPI:
    """Give the API the endpoints that are compared."""

    @api.get("/one/{book_id}", response=BookRead)
    def one(request: HttpRequest, book_id: int) -> BookRead:
        return BOOKS[book_id]

    @api.get("/page/{number}", response=Page[BookRead])
    def page(request: HttpRequest, number: int) -> Page[BookRead]:
        return PAGE

    @api.get("/thousand/{number}", response=tuple[BookRead, ...])
    def thousand(request: HttpRequest, number: int) -> tuple[BookRead, ...]:
        return BOOKS

    return api


APIS = {
    "ninja": filled(NinjaAPI(auth=Tokens(), urls_namespace="ninja")),
    "layers": filled(LayersAPI(auth=BearerAuthentication(lambda token: USER), urls_namespace="layers")),
}
URLS = Urls([path(f"{name}/", api.urls) for name, api in APIS.items()])


def through_django(url: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the whole way: Django's handler, middleware and urls."""
    return WSGIHandler().get_response


def through_the_api(url: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the way from the view on."""
    match = resolve(url)
    return lambda request: match.func(request, **match.kwargs)


def median_times(way: Callable[[str], Any], size: str, calls: int) -> dict[str, float]:
    """Return the median of each API, in seconds."""
    requests = RequestFactory(headers=AUTHORIZED)
    ways = {name: way(f"/{name}/{size}/5") for name in APIS}
    times: dict[str, list[float]] = {name: [] for name in APIS}
    for number in range(calls + 1):
        for name, answer in ways.items():
            request = requests.get(f"/{name}/{size}/5")
            start = perf_counter()
            response = answer(request)
            times[name].append(perf_counter() - start)
            if number == 0:
                assert response.status_code == 200, response
    return {name: median(taken[1:]) for name, taken in times.items()}


def main(rounds: int) -> None:
    settings.ROOT_URLCONF = URLS
    settings.ALLOWED_HOSTS = ["testserver"]
    for way in (through_django, through_the_api):
        print(way.__name__.replace("_", " "))
        for size, calls in SIZES.items():
            taken = median_times(way, size, calls * rounds)
            ratio = taken["ninja"] / taken["layers"]
            print(
                f"  {size:9} ninja {taken['ninja'] * 1e6:8.0f} us  layers {taken['layers'] * 1e6:8.0f} us  {ratio:.1f}x"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
