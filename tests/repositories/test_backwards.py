"""Lists that are read from a page back to their beginning."""

from typing import Any, get_args

import pytest

from django_layers.errors import RuleViolated
from django_layers.repositories import ModelRepository
from django_layers.schemas import Page, PageQuery
from tests.repositories import rows
from tests.repositories.listing import VALUES, walk, walk_back
from tests.shop.models import Category, Note, Sample
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead
from tests.shop.schemas.note import NoteQuery
from tests.shop.schemas.sample import SampleQuery

pytestmark = pytest.mark.django_db

ORDERS = get_args(SampleQuery.model_fields["order_by"].annotation)


def named(page: Page[CategoryRead]) -> str:
    return "".join(each.name for each in page.items)


def by_name(*, limit: int = 2, cursor: str | None = None) -> Page[CategoryRead]:
    return DjangoCategoryRepository().page(CategoryQuery(limit=limit, cursor=cursor, order_by="name"))


def last_page(limit: int = 2) -> Page[CategoryRead]:
    page = by_name(limit=limit)
    while page.next_cursor is not None:
        page = by_name(limit=limit, cursor=page.next_cursor)
    return page


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("order", ORDERS)
def test_the_way_back_is_the_way_there(order: str, limit: int) -> None:
    name = order.removeprefix("-")
    for number, value in enumerate(VALUES.get(name, [None] * 5)):
        Sample.objects.create(**{"title": str(number), **({} if name == "id" else {name: value})})

    def page_of(cursor: str | None) -> Any:
        query = SampleQuery.model_validate({"order_by": order, "limit": limit, "cursor": cursor})
        return DjangoSampleRepository().page(query)

    there = walk(page_of)
    page = page_of(None)
    while page.next_cursor is not None:
        page = page_of(page.next_cursor)
    before = walk_back(page_of, page.previous_cursor) if page.previous_cursor else []
    assert [*before, *page.items] == there


def test_every_page_but_the_first_leads_back() -> None:
    for name in "abcde":
        rows.category(name)
    first = by_name()
    second = by_name(cursor=first.next_cursor)
    third = by_name(cursor=second.next_cursor)
    assert (first.previous_cursor, third.next_cursor) == (None, None)
    assert (named(first), named(second), named(third)) == ("ab", "cd", "e")
    back = by_name(cursor=third.previous_cursor)
    assert named(back) == "cd"
    assert named(by_name(cursor=back.next_cursor)) == "e"
    beginning = by_name(cursor=back.previous_cursor)
    assert (named(beginning), beginning.previous_cursor) == ("ab", None)
    assert named(by_name(cursor=beginning.next_cursor)) == "cd"


def test_rows_that_come_and_go_make_no_row_on_the_way_back_appear_twice_or_not_at_all() -> None:
    for name in "bdfhjl":
        rows.category(name)
    last = last_page()
    assert named(last) == "jl"
    Category.objects.filter(name__in="jf").delete()
    rows.category("a")
    rows.category("g")
    middle = by_name(cursor=last.previous_cursor)
    assert named(middle) == "gh"
    Category.objects.filter(name="g").delete()
    rows.category("c")
    beginning = by_name(cursor=middle.previous_cursor)
    assert named(beginning) == "cd"
    assert named(by_name(cursor=beginning.previous_cursor)) == "ab"


def test_the_first_page_may_be_short_on_the_way_back() -> None:
    for name in "bcd":
        rows.category(name)
    page = by_name(limit=1, cursor=by_name(limit=1).next_cursor)
    back = by_name(limit=5, cursor=page.previous_cursor)
    assert (named(back), back.previous_cursor) == ("b", None)


def test_an_empty_page_leads_back_to_that_end_of_the_list() -> None:
    for name in "abcd":
        rows.category(name)
    first = by_name()
    second = by_name(cursor=first.next_cursor)
    Category.objects.filter(name__in="cd").delete()
    nothing = by_name(cursor=first.next_cursor)
    assert (nothing.items, nothing.next_cursor) == ((), None)
    assert named(by_name(cursor=nothing.previous_cursor)) == "ab"

    rows.category("c")
    Category.objects.filter(name__in="ab").delete()
    nothing = by_name(cursor=second.previous_cursor)
    assert (nothing.items, nothing.previous_cursor) == ((), None)
    assert named(by_name(cursor=nothing.next_cursor)) == "c"


def test_the_end_of_the_list_is_a_page_like_others() -> None:
    for name in "abc":
        rows.category(name)
    first = by_name()
    Category.objects.filter(name="c").delete()
    nothing = by_name(cursor=first.next_cursor)
    rows.category("d")
    rows.category("e")
    end = by_name(cursor=nothing.previous_cursor)
    assert (named(end), end.next_cursor) == ("de", None)
    assert named(by_name(cursor=end.previous_cursor)) == "ab"


class NestedQuery(PageQuery):
    """An order in both directions, with columns that may be NULL."""

    order_by: str = "parent"


class NestedRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, NestedQuery]):
    """Categories by their parents, and by their positions."""

    orders = {  # noqa: RUF012  as the generator writes it
        "parent": ("-parent__name", "position"),
        "position": ("-position", "name"),
        "both": ("position", "-parent_id", "name"),
    }


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("order", ["parent", "position", "both"])
def test_mixed_directions_and_null_lead_back_too(order: str, limit: int) -> None:
    top, other = rows.category("a"), rows.category("z", position=1)
    for number, (parent, position) in enumerate(
        [(top, 2), (top, None), (other, 1), (top, 1), (None, 1), (None, None), (other, None), (top, 2)]
    ):
        rows.category(str(number), parent=parent, position=position)

    def page_of(cursor: str | None) -> Page[CategoryRead]:
        return NestedRepository().page(NestedQuery(limit=limit, cursor=cursor, order_by=order))

    there = walk(page_of)
    page = page_of(None)
    while page.next_cursor is not None:
        page = page_of(page.next_cursor)
    assert [*walk_back(page_of, page.previous_cursor), *page.items] == there
    assert len({each.id for each in there}) == len(there) == 10


def test_a_cursor_of_the_way_back_serves_no_other_list() -> None:
    for name in "abc":
        rows.category(name)
    cursor = by_name(cursor=by_name().next_cursor).previous_cursor
    assert cursor is not None
    with pytest.raises(RuleViolated):
        DjangoCategoryRepository().page(CategoryQuery(cursor=cursor, order_by="-name"))
    alice, bob = rows.user(), rows.user()
    for owner in (alice, alice, bob):
        Note.objects.create(user=owner, title="x")
    notes = DjangoNoteRepository()
    first = notes.page(NoteQuery(limit=1), visible_to=alice.pk)
    second = notes.page(NoteQuery(limit=1, cursor=first.next_cursor), visible_to=alice.pk)
    with pytest.raises(RuleViolated):
        notes.page(NoteQuery(limit=1, cursor=second.previous_cursor), visible_to=bob.pk)
    assert notes.page(NoteQuery(cursor=second.previous_cursor), visible_to=alice.pk).items == first.items
