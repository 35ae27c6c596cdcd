"""All rows of a list, one after the other."""

import tracemalloc
from collections.abc import Iterator
from typing import get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_layers.repositories import DeclarationError
from tests.repositories import rows
from tests.repositories.listing import VALUES, walk
from tests.shop.models import Category, Note, Sample
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.schemas.category import CategoryQuery
from tests.shop.schemas.note import NoteQuery
from tests.shop.schemas.product import ProductQuery
from tests.shop.schemas.sample import SampleQuery

pytestmark = pytest.mark.django_db

ORDERS = get_args(SampleQuery.model_fields["order_by"].annotation)


@pytest.mark.parametrize("chunk", [1, 2, 100])
@pytest.mark.parametrize("order", ORDERS)
def test_a_stream_holds_what_the_pages_hold(order: str, chunk: int) -> None:
    name = order.removeprefix("-")
    for number, value in enumerate(VALUES.get(name, [None] * 5)):
        Sample.objects.create(**{"title": str(number), **({} if name == "id" else {name: value})})
    repository, query = DjangoSampleRepository(), SampleQuery.model_validate({"order_by": order, "limit": 2})
    pages = walk(lambda cursor: repository.page(query.model_copy(update={"cursor": cursor})))
    assert list(repository.stream(query, chunk=chunk)) == pages


def test_a_stream_costs_a_query_for_each_chunk_and_its_lists() -> None:
    for number in range(5):
        rows.product(str(number), tags=(rows.tag(), rows.tag()))
    with CaptureQueriesContext(connection) as queries:
        found = list(DjangoProductRepository().stream(ProductQuery(), chunk=3))
    assert len(found) == 5
    assert len(queries) == 2 * 3


def test_a_stream_reads_on_only_when_its_rows_are_used_up() -> None:
    for _ in range(4):
        rows.category()
    stream = DjangoCategoryRepository().stream(CategoryQuery(), chunk=2)
    with CaptureQueriesContext(connection) as queries:
        next(stream)
        next(stream)
        assert len(queries) == 1
        next(stream)
        assert len(queries) == 2


def test_rows_that_come_and_go_make_no_row_appear_twice_or_not_at_all() -> None:
    for name in "bdfhj":
        rows.category(name)
    seen = []
    for category in DjangoCategoryRepository().stream(CategoryQuery(order_by="name"), chunk=2):
        seen.append(category.name)
        if category.name == "d":
            Category.objects.filter(name__in="bd").delete()
            rows.category("a")
            rows.category("g")
    assert seen == list("bdfghj")


def test_the_page_of_a_query_does_not_matter_to_a_stream() -> None:
    for _ in range(3):
        rows.category()
    repository = DjangoCategoryRepository()
    cursor = repository.page(CategoryQuery(limit=1)).next_cursor
    assert len(list(repository.stream(CategoryQuery(limit=1, cursor=cursor)))) == 3


def test_a_stream_knows_filters_and_whose_rows_they_are() -> None:
    alice, bob = rows.user(), rows.user()
    for owner in (alice, bob, alice):
        Note.objects.create(user=owner, title="x")
    notes = list(DjangoNoteRepository().stream(NoteQuery(), visible_to=alice.pk, chunk=1))
    assert [note.user_id for note in notes] == [alice.pk, alice.pk]
    parent = rows.category("top")
    rows.category("below", parent=parent)
    (found,) = DjangoCategoryRepository().stream(CategoryQuery(parent_id=parent.pk))
    assert found.name == "below"


def test_what_is_wrong_is_told_before_the_first_row_is_taken() -> None:
    with pytest.raises(ValueError, match="A chunk holds at least one row, and not 0"):
        DjangoCategoryRepository().stream(CategoryQuery(), chunk=0)
    with pytest.raises(DeclarationError, match="was asked for the rows of one owner"):
        DjangoCategoryRepository().stream(CategoryQuery(), visible_to=1)


def test_a_stream_takes_no_more_memory_the_longer_it_is() -> None:
    Sample.objects.bulk_create(Sample(title=f"{number:05}", text="x" * 2000) for number in range(3000))

    def peak(stream: Iterator[object]) -> int:
        tracemalloc.start()
        for _ in stream:
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    repository = DjangoSampleRepository()
    peak(repository.stream(SampleQuery(), chunk=100))
    # Its rows alone take 6 MB.
    assert peak(repository.stream(SampleQuery(), chunk=100)) < 2_000_000
