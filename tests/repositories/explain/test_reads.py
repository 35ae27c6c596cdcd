"""The reads that are explained are the reads that run."""

import re
from typing import Literal

import pytest
from django.db.models import QuerySet

from django_layers.repositories import ModelRepository
from django_layers.repositories.explain import explain
from django_layers.schemas import PageQuery
from tests.repositories.explain.running import as_explained, running
from tests.repositories.rows import product, review, tag, user
from tests.shop.models import Category, Review
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryRead
from tests.shop.schemas.note import NoteQuery
from tests.shop.schemas.product import ProductQuery
from tests.shop.schemas.review import ReviewChanges, ReviewInsert, ReviewQuery, ReviewRead

pytestmark = pytest.mark.django_db


class OneStar(ModelRepository[Review, ReviewRead, ReviewInsert, ReviewChanges, ReviewQuery]):
    """Reviews that are as bad as can be."""

    def _queryset(self) -> QuerySet[Review]:
        return super()._queryset().filter(stars=1)


class PositionQuery(PageQuery):
    """The order of categories is that of their positions, and some have none."""

    order_by: Literal["position"] = "position"


class InOrder(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, PositionQuery]):
    """Categories in order."""


def explained(repository: type, name: str) -> list[str]:
    """Return the SQL that is said to run for an operation."""
    (operation,) = [each for each in explain(repository).operations if each.name == name]
    return [as_explained(statement.sql) for statement in operation.statements]


def test_get_and_many_and_count_run_what_is_explained() -> None:
    stored = product(tags=(tag(), tag()))
    products = DjangoProductRepository()

    with running() as sql:
        products.get(stored.pk)
    assert sql == explained(DjangoProductRepository, "get")

    with running() as sql:
        products.many([stored.pk, stored.pk + 1])
    assert sql == explained(DjangoProductRepository, "many")

    with running() as sql:
        products.require(stored.pk)
    assert sql == explained(DjangoProductRepository, "require")

    with running() as sql:
        products.count(ProductQuery())
    assert sql == explained(DjangoProductRepository, "count")


def test_pages_run_what_is_explained() -> None:
    for _ in range(3):
        product(tags=(tag(),))
    products, columns = DjangoProductRepository(), {"limit": 25}

    with running() as sql:
        products.page(ProductQuery(**columns))
    assert sql == explained(DjangoProductRepository, "page")

    cursor = products.page(ProductQuery(limit=1)).next_cursor
    with running() as sql:
        products.page(ProductQuery(cursor=cursor, **columns))
    assert sql == explained(DjangoProductRepository, "page after a cursor")


def test_a_page_of_an_order_that_may_meet_null_takes_two_queries_in_both() -> None:
    for position in (1, 2, None):
        Category.objects.create(name=f"category {position}", position=position)
    cursor = InOrder().page(PositionQuery(limit=1)).next_cursor

    with running() as sql:
        InOrder().page(PositionQuery(cursor=cursor))

    assert len(sql) == 2
    assert sql == explained(InOrder, "page after a cursor")


def test_private_rows_are_explained_as_their_owner_reads_them() -> None:
    owner = user().pk

    with running() as sql:
        DjangoNoteRepository().count(NoteQuery(), visible_to=owner)

    assert sql == explained(DjangoNoteRepository, "count")
    assert "user_id" in sql[0]


def test_what_a_repository_narrows_is_narrowed_in_the_explanation() -> None:
    stored = review(product(), user(), stars=1)

    with running() as sql:
        OneStar().get(stored.pk)

    assert sql == explained(OneStar, "get")
    assert explain(OneStar).prepared.startswith("no: OneStar")
    assert explain(DjangoReviewRepository).prepared.startswith("yes")


def test_explaining_runs_no_query() -> None:
    explain(DjangoProductRepository)  # what is asked about the database itself is asked once

    with running() as sql:
        explain(DjangoProductRepository)

    assert sql == []


def test_the_columns_are_those_of_the_schema() -> None:
    get = explain(DjangoReviewRepository).operations[0]

    assert get.statements[0].columns == ("id", "product_id", "user_id", "stars", "comment", "created_at", "updated_at")


def test_every_dto_is_said_to_be_built_somehow() -> None:
    builds = [(each.path, each.schema, each.tier) for each in explain(DjangoProductRepository).builds]

    assert builds == [
        ("", "ProductRead", "trusted"),
        ("category", "ProductCategory", "trusted"),
        ("tags", "ProductTag", "trusted"),
    ]


def test_the_database_says_how_it_would_run_a_read() -> None:
    product(sku="a")  # MySQL and MariaDB look whether there is such a row at all
    explanation = explain(DjangoProductRepository, analyze=True)

    plans = [statement.plan for each in explanation.operations for statement in each.statements if each.name != "count"]
    assert all(plans[:11])
    (sku,) = [each.use for each in explanation.filters if each.name == "sku"]
    assert any("sku" in name or "autoindex" in name for name in sku.planned)
    assert not any(each.use.planned for each in explain(DjangoProductRepository).filters)


def test_the_place_of_a_page_is_compared_as_it_is() -> None:
    # An index finds `(a, b) < (1, 2)`, and not `((a, b) < (1, 2)) = 1`.
    (after, *_) = explained(DjangoNoteRepository, "page after a cursor")

    where = after.partition(" WHERE ")[2].partition(" ORDER BY ")[0]
    assert re.search(r"\) = ", where) is None
