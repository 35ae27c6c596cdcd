"""The HTTP endpoints, and the API object that they are on."""

from django.http import HttpRequest
from ninja import Query, Router

from django_layers.api import BearerAuthentication, LayersAPI, raises
from django_layers.errors import NotFound
from django_layers.schemas import Page
from tests.benchmarks.bookshop.caller import caller_with
from tests.benchmarks.bookshop.ours import dependencies
from tests.benchmarks.bookshop.ours.actors import actor_of
from tests.benchmarks.bookshop.ours.schemas import (
    AuthorCreate,
    AuthorRead,
    AuthorUpdate,
    BookQuery,
    BookRead,
    ReviewCreate,
    ReviewRead,
    ReviewUpdate,
)

router = Router()


@router.get("/everything", response=tuple[BookRead, ...])
def list_everything(request: HttpRequest) -> tuple[BookRead, ...]:
    """List all books."""
    return dependencies.book_service().everything(actor_of(request))


@router.get("/books", response=Page[BookRead])
def list_books(request: HttpRequest, query: Query[BookQuery]) -> Page[BookRead]:
    """List books, page by page."""
    return dependencies.book_service().page(actor_of(request), query)


@router.get("/books/{book_id}", response=BookRead)
@raises(NotFound)
def get_book(request: HttpRequest, book_id: int) -> BookRead:
    """Return a book."""
    return dependencies.book_service().get(actor_of(request), book_id)


@router.post("/authors", response={201: AuthorRead})
def create_author(request: HttpRequest, data: AuthorCreate) -> AuthorRead:
    """Create an author."""
    return dependencies.author_service().create(actor_of(request), data)


@router.patch("/authors/{author_id}", response=AuthorRead)
@raises(NotFound)
def update_author(request: HttpRequest, author_id: int, data: AuthorUpdate) -> AuthorRead:
    """Change an author; a field left out keeps its value."""
    return dependencies.author_service().update(actor_of(request), author_id, data)


@router.post("/reviews", response={201: ReviewRead})
@raises(NotFound)
def create_review(request: HttpRequest, data: ReviewCreate) -> ReviewRead:
    """Create a review."""
    return dependencies.review_service().create(actor_of(request), data)


@router.patch("/reviews/{review_id}", response=ReviewRead)
@raises(NotFound)
def update_review(request: HttpRequest, review_id: int, data: ReviewUpdate) -> ReviewRead:
    """Change a review; a field left out keeps its value."""
    return dependencies.review_service().update(actor_of(request), review_id, data)


api = LayersAPI(title="Bookshop", auth=[BearerAuthentication(caller_with)], urls_namespace="ours")
api.add_router("", router)
