"""Writes by hand that keep to what ours keep to: a transaction, a lock, a reference that leads somewhere, what is stored."""

from __future__ import annotations

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError

from tests.benchmarks.bookshop.models import Author, Book, Review
from tests.benchmarks.competitors.django_ninja import (
    AuthorIn,
    AuthorOut,
    AuthorPatch,
    Bearer,
    ReviewIn,
    ReviewOut,
    ReviewPatch,
)

ModelT = TypeVar("ModelT", bound=Model)

api = NinjaAPI(auth=Bearer(), urls_namespace="careful")


@api.exception_handler(IntegrityError)
def refused(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Answer that there is such a row already."""
    return api.create_response(request, {"detail": "There is such a row already."}, status=409)


def created(model: type[ModelT], data: Schema) -> ModelT:
    """Store a row and return it as it is stored."""
    row = model._default_manager.create(**data.dict())
    row.refresh_from_db()
    return row


def changed(model: type[ModelT], key: int, data: Schema) -> ModelT:
    """Change a row that nobody else changes meanwhile, and return it as it is stored."""
    row = get_object_or_404(model._default_manager.select_for_update(), pk=key)
    values = data.dict(exclude_unset=True)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])
    row.refresh_from_db()
    return row


@api.post("/authors", response={201: AuthorOut})
def create_author(request: HttpRequest, data: AuthorIn) -> tuple[int, Author]:
    """Create an author."""
    with transaction.atomic():
        return 201, created(Author, data)


@api.patch("/authors/{author_id}", response=AuthorOut)
def update_author(request: HttpRequest, author_id: int, data: AuthorPatch) -> Author:
    """Change an author."""
    with transaction.atomic():
        return changed(Author, author_id, data)


@api.post("/reviews", response={201: ReviewOut})
def create_review(request: HttpRequest, data: ReviewIn) -> tuple[int, Review]:
    """Create a review of a book that there is."""
    with transaction.atomic():
        if not Book.objects.filter(pk=data.book_id).exists():
            raise HttpError(404, "There is no such book.")
        return 201, created(Review, data)


@api.patch("/reviews/{review_id}", response=ReviewOut)
def update_review(request: HttpRequest, review_id: int, data: ReviewPatch) -> Review:
    """Change a review."""
    with transaction.atomic():
        return changed(Review, review_id, data)
