"""The limit: plain views that select the columns and write dictionaries with orjson, with no schema and no layer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import orjson
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from tests.benchmarks.bookshop.caller import caller_of
from tests.benchmarks.bookshop.models import Book

NAMES = (
    "id",
    "uid",
    "isbn",
    "title",
    "language",
    "pages",
    "price",
    "rating",
    "in_print",
    "published",
    "created_at",
    "updated_at",
)
SELECTED = (*NAMES, "author__id", "author__name", "author__email")
OF_A_TAG = ("book_id", "tag__id", "tag__name", "tag__slug")


def rows(books: QuerySet[Book]) -> list[dict[str, object]]:
    """Return books as dictionaries, with one query for them and one for their tags."""
    found = []
    by_key: dict[int, list[dict[str, object]]] = {}
    for row in books.values_list(*SELECTED):
        book = dict(zip(NAMES, row[:12], strict=True))
        book["author"] = {"id": row[12], "name": row[13], "email": row[14]}
        book["tags"] = by_key[row[0]] = []
        found.append(book)
    tags = Book.tags.through.objects.filter(book_id__in=list(by_key))
    for book_id, key, name, slug in tags.values_list(*OF_A_TAG):
        by_key[book_id].append({"id": key, "name": name, "slug": slug})
    return found


def answered(view: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Let in who has the token, and write what a view returns."""

    @wraps(view)
    def answer(request: HttpRequest, **parameters: int) -> HttpResponse:
        if caller_of(request.headers.get("Authorization")) is None:
            return HttpResponse(status=401)
        return HttpResponse(orjson.dumps(view(request, **parameters), default=str), content_type="application/json")

    return answer


@answered
def everything(request: HttpRequest) -> object:
    """List all books."""
    return rows(Book.objects.order_by("id"))


@answered
def first_books(request: HttpRequest) -> object:
    """List the first books, without counting how many there are."""
    return rows(Book.objects.order_by("id")[: int(request.GET.get("limit", 25))])


@answered
def one_book(request: HttpRequest, book_id: int) -> object:
    """Return a book."""
    found = rows(Book.objects.filter(pk=book_id))
    if not found:
        raise Http404
    return found[0]


urlpatterns = [
    path("values/everything", everything),
    path("values/books", first_books),
    path("values/books/<int:book_id>", one_book),
]
