"""django-ninja as its documentation has it: `ModelSchema` over eagerly loaded querysets."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import ModelSchema, NinjaAPI
from ninja.security import HttpBearer

from tests.benchmarks.bookshop.caller import Caller, caller_with
from tests.benchmarks.bookshop.models import Author, Book, Review, Tag


class Bearer(HttpBearer):
    """Lets in who has the token."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Return the user whose token it is."""
        return caller_with(token)


api = NinjaAPI(auth=Bearer(), urls_namespace="ninja")


class BookAuthor(ModelSchema):
    """What a book shows of its author."""

    class Meta:
        model = Author
        fields = ("id", "name", "email")


class BookTag(ModelSchema):
    """What a book shows of its tags."""

    class Meta:
        model = Tag
        fields = ("id", "name", "slug")


class BookOut(ModelSchema):
    """A book."""

    author: BookAuthor
    tags: list[BookTag]

    class Meta:
        model = Book
        fields = (
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


class AuthorIn(ModelSchema):
    """A new author."""

    class Meta:
        model = Author
        fields = ("name", "email", "born")


class AuthorPatch(ModelSchema):
    """Changes of an author."""

    class Meta:
        model = Author
        fields = ("name", "email", "born")
        fields_optional = "__all__"


class AuthorOut(ModelSchema):
    """An author."""

    class Meta:
        model = Author
        fields = ("id", "name", "email", "born", "created_at", "updated_at")


class ReviewIn(ModelSchema):
    """A new review."""

    book_id: int

    class Meta:
        model = Review
        fields = ("stars", "comment")


class ReviewPatch(ModelSchema):
    """Changes of a review."""

    class Meta:
        model = Review
        fields = ("stars", "comment")
        fields_optional = "__all__"


class ReviewOut(ModelSchema):
    """A review."""

    book_id: int

    class Meta:
        model = Review
        fields = ("id", "stars", "comment", "created_at", "updated_at")


def books() -> QuerySet[Book]:
    """Return all books with what belongs to them, the first one first."""
    return Book.objects.select_related("author").prefetch_related("tags").order_by("id")


@api.get("/everything", response=list[BookOut])
def list_everything(request: HttpRequest) -> QuerySet[Book]:
    """List all books."""
    return books()


@api.get("/books", response=list[BookOut])
def list_books(request: HttpRequest, limit: int = 25) -> QuerySet[Book]:
    """List the first books, without counting how many there are."""
    return books()[:limit]


@api.get("/books/{book_id}", response=BookOut)
def get_book(request: HttpRequest, book_id: int) -> Book:
    """Return a book."""
    return get_object_or_404(books(), pk=book_id)


@api.post("/authors", response={201: AuthorOut})
def create_author(request: HttpRequest, data: AuthorIn) -> tuple[int, Author]:
    """Create an author."""
    return 201, Author.objects.create(**data.dict())


@api.patch("/authors/{author_id}", response=AuthorOut)
def update_author(request: HttpRequest, author_id: int, data: AuthorPatch) -> Author:
    """Change an author."""
    author = get_object_or_404(Author, pk=author_id)
    for name, value in data.dict(exclude_unset=True).items():
        setattr(author, name, value)
    author.save()
    return author


@api.post("/reviews", response={201: ReviewOut})
def create_review(request: HttpRequest, data: ReviewIn) -> tuple[int, Review]:
    """Create a review."""
    return 201, Review.objects.create(**data.dict())


@api.patch("/reviews/{review_id}", response=ReviewOut)
def update_review(request: HttpRequest, review_id: int, data: ReviewPatch) -> Review:
    """Change a review."""
    review = get_object_or_404(Review, pk=review_id)
    for name, value in data.dict(exclude_unset=True).items():
        setattr(review, name, value)
    review.save()
    return review
