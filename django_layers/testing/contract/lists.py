"""What every repository keeps to with lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

import pytest

from django_layers.errors import RuleViolated
from django_layers.testing.contract.comparing import sorted_rows
from django_layers.testing.contract.fixtures import ROWS, Changes, ContractFixtures, Insert, Query, Read

__all__ = ["ListContract"]


class ListContract(ContractFixtures[Read, Insert, Changes, Query], Generic[Read, Insert, Changes, Query]):
    """Filters, orders and pages."""

    def test_pages_hold_every_row_once_in_every_order(self, repository: Any, rows: list[Read]) -> None:
        """Paging loses none, repeats none, and never holds more than was asked for."""
        for order in self._orders():
            for limit in (2, ROWS):
                found = self._all(repository, {"order_by": order, "limit": limit})
                assert sorted(map(str, found)) == sorted(map(str, rows))

    def test_orders_sort_by_their_field_and_the_opposite_order_is_the_mirror_image(
        self, repository: Any, rows: list[Read]
    ) -> None:
        """Rows with a value are sorted by it; what an order and its opposite return mirror each other."""
        for order in self._orders():
            if order.startswith("-"):
                continue
            upwards = self._all(repository, {"order_by": order, "limit": 2})
            downwards = self._all(repository, {"order_by": f"-{order}", "limit": 3})
            if hasattr(rows[0], order):
                values = [value for value in (getattr(row, order) for row in upwards) if value is not None]
                assert values == sorted(values)
                mirrored = [value for value in (getattr(row, order) for row in downwards) if value is not None]
                assert mirrored == values[::-1]

    def test_a_filter_keeps_the_rows_that_have_its_value(self, repository: Any, rows: list[Read]) -> None:
        """A filter that has the name of a field compares with it."""
        for name in self._filters(rows[0]):
            for value in {getattr(row, name) for row in rows} - {None}:
                kept = [row for row in rows if getattr(row, name) == value]
                assert sorted_rows(self._all(repository, {name: value, "limit": 2})) == sorted_rows(kept)

    def test_a_cursor_that_was_not_given_out_is_refused(self, repository: Any, rows: list[Read]) -> None:
        """Made up and changed cursors are `RuleViolated`, and never another page."""
        given = repository.page(self.query(limit=1)).next_cursor
        assert given is not None
        for cursor in ("", "nonsense", "a:b:c", given[:-1], f"{given}x", given.swapcase()):
            with pytest.raises(RuleViolated) as caught:
                repository.page(self.query(cursor=cursor))
            assert caught.value.fields == ("cursor",)

    def test_a_cursor_belongs_to_its_order_and_filters(self, repository: Any, rows: list[Read]) -> None:
        """A cursor of another question is `RuleViolated`."""
        default = repository.page(self.query(limit=1)).next_cursor
        others: list[dict[str, object]] = [
            {"order_by": order} for order in self._orders() if order != self.query.model_fields["order_by"].default
        ]
        others += [
            {name: getattr(rows[0], name)} for name in self._filters(rows[0]) if getattr(rows[0], name) is not None
        ]
        for other in others:
            with pytest.raises(RuleViolated) as caught:
                repository.page(self.query.model_validate({**other, "cursor": default}))
            assert caught.value.fields == ("cursor",)

    def test_a_page_goes_on_where_the_last_one_ended_though_rows_come_and_go(
        self, repository: Any, insert: Callable[[int], Insert], rows: list[Read]
    ) -> None:
        """The row that a page ended with may be deleted meanwhile."""
        first = repository.page(self.query(limit=3))
        repository.delete(self._key(first.items[-1]))
        rest = self._all(repository, {"limit": 2, "cursor": first.next_cursor})
        seen = {self._key(row) for row in first.items} | {self._key(row) for row in rest}
        assert seen == {self._key(row) for row in rows}
        assert len(rest) == len(rows) - 3

    def test_pages_lead_back_as_they_lead_on(self, repository: Any, rows: list[Read]) -> None:
        """From the last page on, `previous_cursor` leads over the same pages to the first one, which has none."""
        for order in (*self._orders(), None):
            asked = {"limit": 2} if order is None else {"limit": 2, "order_by": order}
            pages = [repository.page(self.query.model_validate(asked))]
            while pages[-1].next_cursor is not None:
                pages.append(repository.page(self.query.model_validate({**asked, "cursor": pages[-1].next_cursor})))
            back = pages[-1:]
            while back[-1].previous_cursor is not None and len(back) <= len(pages):
                back.append(repository.page(self.query.model_validate({**asked, "cursor": back[-1].previous_cursor})))
            assert [page.items for page in back] == [page.items for page in reversed(pages)]

    def test_the_number_of_rows_is_told_where_it_is_asked_for(self, repository: Any, rows: list[Read]) -> None:
        """It is that of all pages, by the filters that are asked for."""
        for asked in ({}, *self._filtered_by(rows[0])):
            number = len(self._all(repository, asked))
            assert repository.count(self.query.model_validate({**asked, "limit": 1})) == number
            page = repository.page(self.query.model_validate({**asked, "limit": 2, "include_total": True}))
            assert page.total == number
            if page.next_cursor is not None:
                following = {**asked, "limit": 2, "include_total": True, "cursor": page.next_cursor}
                assert repository.page(self.query.model_validate(following)).total == number
        assert repository.page(self.query(limit=2)).total is None

    def test_a_stream_gives_what_the_pages_hold(self, repository: Any, rows: list[Read]) -> None:
        """In the same order, whatever the size of a chunk."""
        self._needs(repository, "stream")
        orders: list[dict[str, object]] = [{"order_by": order} for order in self._orders()]
        for asked in ({}, *orders, *self._filtered_by(rows[0])):
            found = self._all(repository, asked)
            for chunk in (2, 100):
                assert list(repository.stream(self.query.model_validate(asked), chunk=chunk)) == found
