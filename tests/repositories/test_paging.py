"""Pages that follow each other, whatever happens between them."""

import datetime
from datetime import UTC
from typing import Any, get_args

import pytest
from django.core import signing
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from django_layers.errors import RuleViolated
from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.compiled import compiled
from django_layers.schemas import Page, PageQuery
from tests.repositories import rows
from tests.repositories.listing import VALUES, walk
from tests.shop.models import Category, Note, Product, Sample
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead
from tests.shop.schemas.note import NoteQuery
from tests.shop.schemas.product import ProductQuery
from tests.shop.schemas.sample import SampleQuery

pytestmark = pytest.mark.django_db

ORDERS = get_args(SampleQuery.model_fields["order_by"].annotation)


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_hold_every_row_once_in_order_with_null_at_the_end(order: str, limit: int) -> None:
    name, descending = order.removeprefix("-"), order.startswith("-")
    for number, value in enumerate(VALUES.get(name, [None] * 5)):
        Sample.objects.create(**{"title": str(number), **({} if name == "id" else {name: value})})
    found = walk(
        lambda cursor: DjangoSampleRepository().page(
            SampleQuery.model_validate({"order_by": order, "limit": limit, "cursor": cursor})
        )
    )
    expression = F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True)
    expected = Sample.objects.order_by(expression, "-pk" if descending else "pk").values_list("pk", flat=True)
    assert [sample.id for sample in found] == list(expected)
    values = [getattr(sample, name) for sample in found]
    assert None not in values[: len(values) - values.count(None)]


def test_a_page_is_of_the_class_that_endpoints_declare() -> None:
    rows.category()
    page = DjangoCategoryRepository().page(CategoryQuery())
    assert type(page) is Page[CategoryRead]


def test_a_full_last_page_is_followed_by_none() -> None:
    for _ in range(4):
        rows.category()
    first = DjangoCategoryRepository().page(CategoryQuery(limit=2))
    assert first.next_cursor is not None
    second = DjangoCategoryRepository().page(CategoryQuery(limit=2, cursor=first.next_cursor))
    assert (len(second.items), second.next_cursor) == (2, None)


def test_a_page_costs_the_same_number_of_queries_anywhere(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(6):
        rows.product(str(number), category=rows.category(), tags=(rows.tag(), rows.tag()))
    cursor = None
    for _ in range(3):
        with django_assert_num_queries(3):
            page = DjangoProductRepository().page(ProductQuery(limit=2, cursor=cursor))
        cursor = page.next_cursor


def test_only_the_page_around_the_first_null_takes_a_query_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for position in (1, 2, 3, 4, 5, None, None, None):
        rows.category(position=position)
    cursor = None
    for queries in (1, 1, 2, 1):
        with django_assert_num_queries(queries):
            page = DjangoCategoryRepository().page(CategoryQuery(limit=2, order_by="position", cursor=cursor))
        assert len(page.items) == 2
        cursor = page.next_cursor
    assert cursor is None


def test_rows_that_come_and_go_between_pages_make_no_row_appear_twice_or_not_at_all() -> None:
    stored = [rows.category(name, position=place) for place, name in enumerate("bdfhj")]
    repository = DjangoCategoryRepository()
    first = repository.page(CategoryQuery(limit=2, order_by="name"))
    stored[0].delete()
    stored[1].delete()
    rows.category("a")
    rows.category("g")
    rest = walk(
        lambda cursor: repository.page(CategoryQuery(limit=2, order_by="name", cursor=cursor or first.next_cursor))
    )
    assert [each.name for each in first.items] == ["b", "d"]
    assert [each.name for each in rest] == ["f", "g", "h", "j"]


def test_the_size_of_a_page_may_change_on_the_way() -> None:
    for name in "abcde":
        rows.category(name)
    first = DjangoCategoryRepository().page(CategoryQuery(limit=2))
    rest = DjangoCategoryRepository().page(CategoryQuery(limit=50, cursor=first.next_cursor))
    assert [each.name for each in (*first.items, *rest.items)] == list("abcde")


def test_keys_that_are_no_numbers_end_an_order_too() -> None:
    owner = rows.user()
    for _ in range(5):
        Note.objects.create(user=owner, title="x")
    Note.objects.update(created_at=datetime.datetime(2026, 1, 1, tzinfo=UTC))
    found = walk(lambda cursor: DjangoNoteRepository().page(NoteQuery(limit=2, cursor=cursor)))
    assert len({note.id for note in found}) == len(found) == 5


def test_a_list_without_an_order_of_its_own_is_in_the_order_of_its_model() -> None:
    class PlainQuery(PageQuery):
        """No order."""

    class PlainRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, PlainQuery]):
        """Categories."""

    for name in "cab":
        rows.category(name)
    found = walk(lambda cursor: PlainRepository().page(PlainQuery(limit=1, cursor=cursor)))
    assert [each.name for each in found] == ["c", "a", "b"]


class NestedQuery(PageQuery):
    """Orders that go further than the row."""

    order_by: str = "parent"


class NestedRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, NestedQuery]):
    """Categories by their parents."""

    orders = {"parent": ("-parent__name", "position")}  # noqa: RUF012  as the generator writes it


def test_an_order_may_mix_directions_and_go_through_references() -> None:
    top, other = rows.category("a"), rows.category("z")
    rows.category("1", parent=top, position=2)
    rows.category("2", parent=top, position=None)
    rows.category("3", parent=other, position=1)
    rows.category("4", parent=top, position=1)
    found = walk(lambda cursor: NestedRepository().page(NestedQuery(limit=1, cursor=cursor)))
    assert [each.name for each in found] == ["3", "4", "1", "2", "a", "z"]


@pytest.mark.parametrize(
    "changed",
    [
        {"order_by": "name"},
        {"order_by": "-id"},
        {"parent_id": 1},
        {"name": "a"},
    ],
)
def test_a_cursor_serves_no_other_list(changed: dict[str, Any]) -> None:
    for _ in range(3):
        rows.category()
    repository = DjangoCategoryRepository()
    cursor = repository.page(CategoryQuery(limit=1)).next_cursor
    with pytest.raises(RuleViolated) as caught:
        repository.page(CategoryQuery(limit=1, cursor=cursor, **changed))
    assert (caught.value.fields, caught.value.code) == (("cursor",), "cursor")


def test_a_cursor_of_one_actor_s_rows_serves_no_other_actor() -> None:
    alice, bob = rows.user(), rows.user()
    for owner in (alice, alice, bob, bob):
        Note.objects.create(user=owner, title="x")
    notes = DjangoNoteRepository()
    cursor = notes.page(NoteQuery(limit=1), visible_to=alice.pk).next_cursor
    with pytest.raises(RuleViolated):
        notes.page(NoteQuery(limit=1, cursor=cursor), visible_to=bob.pk)


def test_a_cursor_serves_no_other_table() -> None:
    for _ in range(2):
        Sample.objects.create(title="x")
        rows.category()
    cursor = DjangoSampleRepository().page(SampleQuery(limit=1)).next_cursor
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(CategoryQuery(limit=1, cursor=cursor))


@pytest.mark.parametrize("cursor", ["", "x", "a:b:c", "🙂", "\ud800".encode("utf-8", "replace").decode()])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(CategoryQuery(cursor=cursor))


def test_a_changed_cursor_is_refused() -> None:
    for _ in range(2):
        rows.category()
    cursor = DjangoCategoryRepository().page(CategoryQuery(limit=1)).next_cursor
    assert cursor is not None
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(
            CategoryQuery(limit=1, cursor=cursor[:-1] + ("A" if cursor[-1] != "A" else "B"))
        )


def test_something_else_that_the_project_signed_is_no_cursor() -> None:
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(CategoryQuery(cursor=signing.dumps(["x", [1]])))
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(
            CategoryQuery(cursor=signing.Signer(salt="django_layers.cursor").sign_object([7]))
        )


def test_a_cursor_outlives_a_new_secret_key_as_long_as_the_old_one_is_known(settings: Any) -> None:
    for _ in range(2):
        rows.category()
    cursor = DjangoCategoryRepository().page(CategoryQuery(limit=1)).next_cursor
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another one"
    assert len(DjangoCategoryRepository().page(CategoryQuery(cursor=cursor)).items) == 1
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(CategoryQuery(cursor=cursor))


@pytest.mark.parametrize(
    "title", ["é" * 200, "\N{GRINNING FACE}" * 200, "".join(chr(0x4E00 + number * 97) for number in range(200))]
)
def test_a_cursor_of_a_long_text_is_one_that_a_query_takes(title: str) -> None:
    for _ in range(2):
        Sample.objects.create(title=title)
    first = DjangoSampleRepository().page(SampleQuery(limit=1, order_by="title"))
    second = DjangoSampleRepository().page(SampleQuery(limit=1, order_by="title", cursor=first.next_cursor))
    assert [each.title for each in (*first.items, *second.items)] == [title, title]


def test_a_first_column_that_is_never_null_bounds_the_search_from_one_side() -> None:
    for _ in range(2):
        rows.product()
    first = DjangoProductRepository().page(ProductQuery(limit=1))
    rest = DjangoProductRepository()._page(Product.objects.all(), ProductQuery(limit=1, cursor=first.next_cursor))
    assert len(rest.items) == 1


def test_mistakes_in_orders_are_named_with_the_way_out() -> None:
    class WrongQuery(PageQuery):
        order_by: str = "products__name"

    class ToMany(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, WrongQuery]):
        """One category would stand in the list once for each product."""

    class Lookup(ToMany):
        orders = {"products__name": ("name__lower__x",)}  # noqa: RUF012

    with pytest.raises(DeclarationError, match="goes through a relation with many rows"):
        compiled(ToMany)
    with pytest.raises(DeclarationError, match="'lower' is neither a field behind nor a lookup"):
        compiled(Lookup)
