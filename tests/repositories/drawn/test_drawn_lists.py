"""Lists are walked back and forth, and counted, as a computation over objects says."""

from __future__ import annotations

from copy import copy
from typing import Any, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.repositories.drawn.lists import ORDERS, sorted_by
from tests.repositories.drawn.rows import drawings
from tests.repositories.drawn.shapes import Shape
from tests.repositories.drawn.test_drawn_repositories import filters_of, kept, query_of, repository_of, several, stored
from tests.shop.models import Product

pytestmark = pytest.mark.django_db

Move = Literal["on", "back", "add", "delete"]


class Walk:
    """A walk through the pages of a list, beside what it should find.

    Args:
        repository: of the products.
        order: the name of the order.
        limit: how many rows a page holds.
    """

    def __init__(self, repository: Any, order: str, limit: int) -> None:
        self.repository, self.order, self.limit = repository, order, limit
        self.page = self.turned(None)
        assert self.keys(self.page) == [row.pk for row in self.listed()][:limit]

    def turned(self, cursor: str | None) -> Any:
        return self.repository.page(
            query_of(self.repository, limit=self.limit, order_by=self.order, cursor=cursor, include_total=True)
        )

    def listed(self, *gone: Product) -> list[Product]:
        rows = list(Product.objects.select_related("category", "details"))
        there = {row.pk for row in rows}
        return sorted_by([*rows, *(row for row in gone if row.pk not in there)], ORDERS[self.order])

    def keys(self, page: Any) -> list[int]:
        return [item.id for item in page.items]

    def turn(self, back: bool, gone: dict[int, Product]) -> None:
        """Turn a page, if there is one, and look whether it is the right one."""
        cursor = self.page.previous_cursor if back else self.page.next_cursor
        if cursor is None:
            return
        keys = self.keys(self.page)
        beside = None if not keys else gone.get(keys[0 if back else -1])
        listed = self.listed(*([beside] if beside else []))
        there = [row.pk for row in listed]
        if keys:
            place = there.index(keys[0 if back else -1])
            rest = there[:place][-self.limit :] if back else there[place + 1 :][: self.limit]
        else:
            rest = there[-self.limit :] if back else there[: self.limit]
        self.page = self.turned(cursor)
        assert self.keys(self.page) == rest
        assert self.page.total == Product.objects.count()


@several
@given(st.data())
def test_pages_are_turned_both_ways_while_rows_come_and_go(data: st.DataObject) -> None:
    repository = repository_of(Shape(model=Product, columns=("id",)))
    order = data.draw(st.sampled_from(sorted(ORDERS)), "order")
    with stored(data.draw(drawings(least=2), "rows")):
        walk = Walk(repository, order, data.draw(st.integers(1, 3), "limit"))
        gone: dict[int, Product] = {}
        for number, move in enumerate(data.draw(st.lists(st.sampled_from(get_args(Move)), max_size=12), "moves")):
            if move in {"on", "back"}:
                walk.turn(move == "back", gone)
            elif move == "add":
                Product.objects.create(sku=f"new {number}", name=f"b{number}", price=number % 3)
            elif Product.objects.exists():
                rows = Product.objects.select_related("category", "details")
                row = data.draw(st.sampled_from(list(rows.order_by("pk"))), "deleted")
                gone[row.pk] = copy(row)
                row.supplies.all().delete()
                row.reviews.all().delete()
                row.delete()


@several
@given(st.data())
def test_totals_and_streams_are_of_what_the_filters_keep(data: st.DataObject) -> None:
    repository = repository_of(Shape(model=Product, columns=("id",)))
    order = data.draw(st.sampled_from(sorted(ORDERS)), "order")
    limit, chunk = data.draw(st.integers(1, 4), "limit"), data.draw(st.integers(1, 4), "chunk")
    with stored(data.draw(drawings(least=3), "rows")):
        values = filters_of(data, most=3)
        query = query_of(repository, limit=limit, order_by=order, include_total=True, **values)
        expected = [row.pk for row in sorted_by(kept(values), ORDERS[order])]
        assert repository.page(query).total == repository.count(query) == len(expected)
        assert [item.id for item in repository.stream(query, chunk=chunk)] == expected
