"""Counting queries, and noticing that there are more of them with more rows."""

import pytest

from django_layers.testing import assert_constant_queries, count_queries
from tests.shop.models import Category, Tag

pytestmark = pytest.mark.django_db


def test_every_statement_inside_the_block_is_counted_and_none_after_it() -> None:
    with count_queries() as counted:
        list(Tag.objects.all())
        Tag.objects.filter(name="x").first()
    list(Tag.objects.all())

    assert counted.count == 2
    assert "shop_tag" in counted.statements[0]


def test_values_are_not_in_the_statements() -> None:
    with count_queries("default") as counted:
        list(Tag.objects.filter(name="secret"))

    assert "secret" not in counted.statements[0]


def test_the_same_number_of_queries_passes() -> None:
    Category.objects.create(name="first")

    assert_constant_queries(
        lambda: [category.parent for category in Category.objects.select_related("parent")],
        lambda: Category.objects.create(name="second"),
    )


def test_a_query_a_row_fails_and_shows_the_statement_that_repeats() -> None:
    def add_a_pair() -> None:
        parent = Category.objects.create(name=f"parent {Category.objects.count()}")
        Category.objects.create(name=f"child {Category.objects.count()}", parent=parent)

    add_a_pair()

    with pytest.raises(
        AssertionError, match=r'(?s)2 statements before.*3 after.*1 more: SELECT .*["`]shop_category["`]'
    ):
        assert_constant_queries(lambda: [category.parent for category in Category.objects.all()], add_a_pair)


def test_it_says_which_code_asked_and_compares_one_row_with_a_hundred() -> None:
    Category.objects.create(name="first")

    names = (f"category {number}" for number in range(99))

    def named_one_by_one() -> None:
        for key in Category.objects.values_list("pk", flat=True):
            Category.objects.get(pk=key)

    with pytest.raises(AssertionError) as caught:
        assert_constant_queries(named_one_by_one, lambda: Category.objects.create(name=next(names)), times=99)

    assert str(caught.value).startswith("2 statements before there were more rows, 101 after.\n  99 more: SELECT ")
    assert "test_queries.py" in str(caught.value)
    assert "named_one_by_one" in str(caught.value)


def test_what_is_cached_for_the_whole_process_does_not_count() -> None:
    cache: list[Tag] = []

    def run() -> None:
        if not cache:
            cache.append(Tag.objects.create(name="cached"))

    assert_constant_queries(run, lambda: None)
