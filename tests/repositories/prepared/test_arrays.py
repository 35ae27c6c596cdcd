"""Lists of values in one parameter: PostgreSQL finds with them what the ORM finds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, IntegerField
from django.db.models.fields.related_lookups import RelatedIn
from django.test.utils import CaptureQueriesContext

from django_layers.repositories.prepared.arrays import array_of
from tests.archive.models import Specimen
from tests.repositories import rows
from tests.repositories.prepared.kept import by_the_orm, is_kept
from tests.repositories.prepared.test_same_as_orm import SpecimenQuery, SpecimenRepository
from tests.shop.models import Note, Product
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL takes arrays.")
HARD_TEXTS = ("", " ", "NULL", "null", "{}", "a,b", '"', '""', "\\", '\\"', "'", "%s", "%", "{a}", "\n", "é", "\u2028")


@contextmanager
def running() -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """Gather the queries that run inside, with their parameters."""
    found: list[tuple[str, tuple[Any, ...]]] = []

    def gather(execute: Any, sql: str, params: Any, *arguments: Any) -> Any:
        found.append((sql, tuple(params)))
        return execute(sql, params, *arguments)

    with connection.execute_wrapper(gather):
        yield found


def written(keys: list[int]) -> str:
    """Return keys as they are given to PostgreSQL."""
    return "{" + ",".join(str(key) for key in keys) + "}"


def where(name: str, *values: Any) -> Any:
    """Return a query for specimens by one filter."""
    return SpecimenQuery.model_construct(**{**SpecimenQuery().model_dump(), name: values, "limit": 50})


@on_postgresql
def test_any_number_of_keys_is_one_parameter_of_the_same_sql() -> None:
    keys = [rows.product(f"product {number}", tags=(rows.tag(),)).pk for number in range(4)]
    repository = DjangoProductRepository()
    with running() as ran:
        for most in (2, 3, 4):
            assert [each.id for each in repository.many(keys[:most])] == keys[:most]
    each = len(ran) // 3
    assert len({sql for sql, _ in ran}) == each
    assert [params for _, params in ran[::each]] == [(written(keys[:most]),) for most in (2, 3, 4)]
    assert all("= ANY(%s::bigint[])" in sql for sql, _ in ran)


def test_one_key_is_compared_as_the_orm_does() -> None:
    product = rows.product(tags=(rows.tag(),))
    repository = DjangoProductRepository()
    with running() as ran:
        assert len(repository.many([product.pk])) == 1
    with running() as by_orm:
        by_the_orm(lambda: repository.many([product.pk]))
    assert ran == by_orm


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL takes arrays.")
def test_other_databases_run_what_the_orm_runs() -> None:
    keys = [rows.product(f"product {number}", tags=(rows.tag(),)).pk for number in range(3)]
    repository = DjangoProductRepository()
    with running() as ran:
        repository.many(keys)
    with running() as by_orm:
        by_the_orm(lambda: repository.many(keys))
    assert ran == by_orm


@pytest.mark.parametrize("times", range(1, 5))
def test_texts_are_found_whatever_is_in_them(times: int) -> None:
    for text in HARD_TEXTS:
        Specimen.objects.create(chars=text)
    Specimen.objects.create(chars=None)
    repository = SpecimenRepository()
    for _ in range(times):
        found = repository.page(where("chars_in", *HARD_TEXTS[::2])).items
    expected = by_the_orm(lambda: repository.page(where("chars_in", *HARD_TEXTS[::2])))
    assert found == expected.items
    if connection.vendor == "postgresql":
        assert [each.chars for each in found] == list(HARD_TEXTS[::2])


def test_keys_of_other_types_are_found() -> None:
    owner = rows.user()
    keys = [UUID(int=1), UUID(int=2**127), UUID(int=3)]
    for key in keys:
        Note.objects.create(id=key, user=owner, title="a")
    repository = DjangoNoteRepository()
    for _ in range(4):
        assert [each.id for each in repository.many([*keys, UUID(int=9)])] == keys


def test_numbers_beyond_their_column_find_nothing() -> None:
    one = Specimen.objects.create(number=1, big=2**40)
    repository = SpecimenRepository()
    for values in ((1, 2), (1, 2**40), (2, 2**70), (1, 2**31), (2, 3)):
        found = [each.id for each in repository.page(where("number_in", *values)).items]
        assert found == ([one.pk] if 1 in values else [])


@on_postgresql
def test_lists_of_numbers_texts_and_codes_are_kept_as_arrays() -> None:
    for name, values, sql in (
        ("number_in", (1, 2), "= ANY(%s::integer[])"),
        ("chars_in", ("a", "b"), "= ANY(%s)"),
        ("code_in", (UUID(int=1), UUID(int=2)), "= ANY(%s::uuid[])"),
        ("piece_in", (1, 2), "= ANY(%s::bigint[])"),
    ):
        repository, query = SpecimenRepository(), where(name, *values)
        assert is_kept(lambda repository=repository, query=query: repository.page(query))
        with running() as ran:
            repository.page(query)
        assert sql in ran[0][0]


@on_postgresql
def test_a_list_of_several_types_is_bound_as_the_orm_does() -> None:
    lookup = RelatedIn(Product._meta.get_field("category").get_col("shop_product"), [1, 2])
    array = array_of(lookup, connection)
    assert array is not None
    assert array.literal([1, 2]) == "{1,2}"
    assert [array.literal(value) for value in ([1, True], [1, "2"], ["1", "2"], [1], 1, {1: 2})] == [None] * 6


@on_postgresql
def test_columns_of_ones_own_type_are_left_to_the_orm() -> None:
    class Shifted(IntegerField):
        """A number that is stored otherwise."""

    for field, fits in ((Shifted(), False), (BigIntegerField(), True), (CharField(max_length=2), True)):
        field.set_attributes_from_name("number")
        field.model = Specimen
        lookup = field.get_lookup("in")
        assert lookup is not None
        assert (array_of(lookup(field.get_col("archive_specimen"), []), connection) is not None) is fits


@on_postgresql
def test_the_log_shows_the_keys() -> None:
    keys = [rows.product(f"product {number}").pk for number in range(2)]
    repository = DjangoProductRepository()
    with CaptureQueriesContext(connection) as captured:
        repository.many(keys)
    assert f"= ANY('{written(keys)}'::bigint[])" in captured[0]["sql"]
