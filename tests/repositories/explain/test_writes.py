"""The writes that are explained are among the statements that run."""

from decimal import Decimal

import pytest
from django.db.models import QuerySet

from django_layers.repositories import ModelRepository
from django_layers.repositories.explain import explain
from tests.repositories.explain.running import as_explained, running
from tests.repositories.rows import product, review, tag, user
from tests.shop.models import Review
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.schemas.product import ProductChanges, ProductInsert
from tests.shop.schemas.review import ReviewChanges, ReviewInsert, ReviewQuery, ReviewRead
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db


class OneStar(ModelRepository[Review, ReviewRead, ReviewInsert, ReviewChanges, ReviewQuery]):
    """Reviews that are as bad as can be."""

    def _queryset(self) -> QuerySet[Review]:
        return super()._queryset().filter(stars=1)


def statements(repository: type, name: str) -> list[str]:
    """Return the SQL that is said to run for an operation."""
    (operation,) = [each for each in explain(repository).operations if each.name == name]
    return [as_explained(statement.sql) for statement in operation.statements]


def notes(repository: type, name: str) -> tuple[str, ...]:
    """Return what else is said about an operation."""
    (operation,) = [each for each in explain(repository).operations if each.name == name]
    return operation.notes


def test_add_runs_the_insert_and_reads_the_row_back() -> None:
    row = ReviewInsert(product_id=product().pk, user_id=user().pk, stars=3, comment="")

    with running() as sql:
        DjangoReviewRepository().add(row)

    assert sql == [*statements(DjangoReviewRepository, "add"), *statements(DjangoReviewRepository, "many")]
    assert "The row is read back as by `many`, which takes 1 query." in notes(DjangoReviewRepository, "add")


def test_add_stores_lists_of_keys_by_the_statements_that_are_explained() -> None:
    row = ProductInsert(
        sku="a", name="a", price=Decimal(1), status=ProductStatus.DRAFT, category_id=None, tag_ids=(tag().pk,)
    )

    with running() as sql:
        DjangoProductRepository().add(row)

    assert sql[:3] == statements(DjangoProductRepository, "add")
    assert sql[-3:] == statements(DjangoProductRepository, "many")


def test_update_of_everything_runs_what_is_explained() -> None:
    stored = review(product(), user())

    with running() as sql:
        DjangoReviewRepository().update(stored.pk, ReviewChanges(stars=1, comment="bad"))

    assert sql == [*statements(DjangoReviewRepository, "update"), *statements(DjangoReviewRepository, "many")]


def test_update_counts_the_question_whether_a_narrowed_repository_shows_the_row() -> None:
    stored = review(product(), user(), stars=1)

    with running() as sql:
        OneStar().update(stored.pk, ReviewChanges(comment="bad", stars=1))

    assert sql[:3] == statements(OneStar, "update")


def test_update_of_a_list_reads_it_as_is_explained() -> None:
    stored = product(tags=(tag(),))

    with running() as sql:
        DjangoProductRepository().update(stored.pk, ProductChanges(tag_ids=()))

    assert statements(DjangoProductRepository, "update")[-1] in sql


def test_delete_runs_what_is_explained_and_names_what_refers_to_the_row() -> None:
    stored = review(product(), user())

    with running() as sql:
        DjangoReviewRepository().delete(stored.pk)

    assert sql == statements(DjangoReviewRepository, "delete")
    assert "shop.Review.product refers to it: PROTECT." in notes(DjangoProductRepository, "delete")


@pytest.mark.django_db(transaction=True)
def test_writes_are_explained_outside_of_a_transaction_too() -> None:
    assert statements(DjangoReviewRepository, "delete")[0].startswith("SELECT")
