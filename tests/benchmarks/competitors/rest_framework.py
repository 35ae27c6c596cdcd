"""Django REST framework as its documentation has it: nested `ModelSerializer`s in generic views."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import path
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.serializers import ModelSerializer

from tests.benchmarks.bookshop.caller import Caller, caller_of
from tests.benchmarks.bookshop.models import Author, Book, Tag


class Bearer(BaseAuthentication):
    """Lets in who has the token."""

    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        """Return the user whose token it is."""
        caller = caller_of(request.headers.get("Authorization"))
        return (caller, None) if caller else None


class BookAuthorSerializer(ModelSerializer):
    """What a book shows of its author."""

    class Meta:
        model = Author
        fields = ("id", "name", "email")


class BookTagSerializer(ModelSerializer):
    """What a book shows of its tags."""

    class Meta:
        model = Tag
        fields = ("id", "name", "slug")


class BookSerializer(ModelSerializer):
    """A book."""

    author = BookAuthorSerializer()
    tags = BookTagSerializer(many=True)

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
            "author",
            "tags",
        )


class Books:
    """What the views share."""

    queryset = Book.objects.select_related("author").prefetch_related("tags").order_by("id")
    serializer_class = BookSerializer
    authentication_classes = (Bearer,)
    permission_classes = (IsAuthenticated,)


class Everything(Books, ListAPIView):
    """Lists all books."""


class FirstBooks(Books, ListAPIView):
    """Lists the first books, without counting how many there are."""

    def get_queryset(self) -> QuerySet[Book]:
        """Return the first books."""
        return super().get_queryset()[: int(self.request.query_params.get("limit", 25))]


class OneBook(Books, RetrieveAPIView):
    """Returns a book."""


urlpatterns = [
    path("drf/everything", Everything.as_view()),
    path("drf/books", FirstBooks.as_view()),
    path("drf/books/<int:pk>", OneBook.as_view()),
]
