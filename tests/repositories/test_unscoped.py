"""What looks past the row scopes of other tables is refused, unless the repository says that it may."""

from __future__ import annotations

from types import new_class
from typing import TYPE_CHECKING, Literal

import pytest
from django.db.models import Case, Count, Exists, F, Model, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Upper

from django_layers.checks import REPOSITORY, problems_of_repositories
from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.compiled import compiled
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.archive.models import Author, Book, Piece, Subject
from tests.shop.repositories.orm.product import DjangoProductRepository

if TYPE_CHECKING:
    from django_layers.checks import AnyRepository


class IdRead(ResponseSchema):
    id: int


class ByName(PageQuery):
    order_by: Literal["id", "editor", "editor__name", "-editor__name"] = "id"


def repository(model: type[Model] = Book, query: type[PageQuery] = PageQuery, **declared: object) -> AnyRepository:
    """Return a repository that declares something."""
    base = ModelRepository[model, IdRead, InternalSchema, InternalSchema, query]  # type: ignore[valid-type]
    return new_class("Books", (base,), exec_body=lambda namespace: namespace.update(declared))


def refusals(*args: type, **declared: object) -> list[str]:
    """Return what is said of a repository that declares something."""
    messages = problems_of_repositories([repository(*args, **declared)])
    assert {message.id for message in messages} <= {REPOSITORY}
    return [message.msg for message in messages]


def test_an_order_by_rows_that_are_hidden_from_some_is_refused_once_for_both_directions() -> None:
    (said,) = refusals(Book, ByName)

    assert said.startswith("ByName.order_by: 'editor__name' orders by rows of archive.Author, and a cursor tells")
    assert said.endswith("say so: `unscoped = ('editor__name',)`.")
    assert refusals(Book, ByName, unscoped=("editor__name",)) == []


def test_what_is_refused_by_the_check_is_refused_when_it_is_used() -> None:
    with pytest.raises(DeclarationError, match="orders by rows of"):
        compiled(repository(Book, ByName))


def test_the_order_of_lists_that_name_none_is_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Book._meta, "ordering", ("-editor__name",))

    assert len(refusals()) == 1


@pytest.mark.parametrize(
    ("expression", "of"),
    [
        (Count("subjects"), "archive.Subject"),
        (Count("subjects__name"), "archive.Subject"),
        (Count("subjects", filter=Q(subjects__tenant=F("tenant"))), "archive.Subject"),
        (Coalesce(Count("subjects") + 1, 0), "archive.Subject"),
        (Upper("editor__name"), "archive.Author"),
        (F("editor__publisher__name"), "archive.Author and of archive.Publisher"),
        (Case(When(Q(editor__name="a"), then=Value(1)), default=Value(0)), "archive.Author"),
        (Exists(Subject.objects.filter(books=OuterRef("pk"))), "archive.Subject and of archive.Book"),
        (Subquery(Author.objects.filter(pk=OuterRef("editor_id")).values("name")), "archive.Author"),
        (
            Subquery(Piece.objects.filter(Exists(Author.objects.filter(name=OuterRef("title")))).values("title")[:1]),
            "archive.Author",
        ),
        (RawSQL("SELECT 1", ()), "whatever its SQL names"),
    ],
)
def test_an_expression_over_rows_that_are_hidden_from_some_is_refused(expression: object, of: str) -> None:
    (said,) = refusals(expressions={"many": expression})

    assert said.startswith(f"Books.expressions['many'] is worked out of all rows of {of}; a row scope hides some")
    assert refusals(expressions={"many": expression}, unscoped=("many",)) == []


@pytest.mark.parametrize(
    "expression",
    [Upper("name"), F("editor"), F("editor_id"), Count("chapters"), Count("chapters__footnotes"), Value(1)],
)
def test_an_expression_of_the_row_itself_or_of_rows_that_nobody_hides_is_not(expression: object) -> None:
    assert refusals(expressions={"many": expression}) == []


def test_a_name_in_unscoped_that_names_nothing_is_refused() -> None:
    (said,) = refusals(expressions={"many": Value(1)}, unscoped=("man",))

    assert said == (
        "Books.unscoped names 'man', which is neither one of its `expressions` nor a lookup of its orders. "
        "Did you mean 'many'?"
    )


def test_expressions_and_orders_where_nothing_is_hidden_are_left_alone() -> None:
    assert problems_of_repositories([DjangoProductRepository]) == []
