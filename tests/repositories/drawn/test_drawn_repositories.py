"""What a repository reads is what objects say, whatever its schema, filters, order and pages are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import new_class
from typing import Any, Literal

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery
from tests.repositories.drawn.lists import FILTERS, ORDERS, sorted_by
from tests.repositories.drawn.rows import Drawing, drawings, store
from tests.repositories.drawn.shapes import Shape, seen_through, shapes
from tests.repositories.drawn.tables import TABLES
from tests.shop.models import Category, Product, Review, Supplier, Tag

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("DJANGO_LAYERS_EXAMPLES", "40"))
several = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Not the explanation of a failure, which takes minutes here.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


# Of a test that is run for each filter or each order.
few = settings(several, max_examples=EXAMPLES // 2)


@contextmanager
def stored(drawing: Drawing) -> Iterator[None]:
    """Store rows for the length of a block."""
    with transaction.atomic():
        store(drawing)
        yield
        transaction.set_rollback(True)


def repository_of(shape: Shape) -> Any:
    """Return a repository of a drawn schema, with all filters and orders where it is of products."""
    filters = FILTERS if shape.model is Product else {}
    fields: dict[str, Any] = {name: (each.annotation | None, None) for name, each in filters.items()}
    orders = tuple(ORDERS) if shape.model is Product else ("id", "-id")
    query = create_model("DrawnQuery", __base__=PageQuery, order_by=(Literal[orders], orders[0]), **fields)
    table = TABLES[shape.model]
    base = ModelRepository[shape.model, shape.schema(), InternalSchema, InternalSchema, query]
    declared = {
        "filters": {name: each.lookup for name, each in filters.items()},
        "orders": ORDERS if shape.model is Product else {},
        "id_lists": {name: table.id_lists[name] for name in shape.id_lists},
        "expressions": {name: table.expressions[name][0] for name in shape.expressions},
    }
    return new_class("DrawnRepository", (base,), exec_body=lambda namespace: namespace.update(declared))()


def query_of(repository: Any, **values: object) -> PageQuery:
    made: PageQuery = repository.declaration().query(**values)
    return made


def as_values(dto: BaseModel) -> object:
    return plain(dto.model_dump())


def plain(value: object) -> object:
    """Return values without the difference between lists and tuples, and lists of keys in no order."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        inner = [plain(each) for each in value]
        return sorted(inner) if all(isinstance(each, int) for each in inner) else inner
    return value


@several
@given(st.data())
def test_a_row_is_read_as_its_objects_say(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from([Product, Category, Review, Supplier, Tag]), "model")
    shape = data.draw(shapes(model), "shape")
    repository = repository_of(shape)

    with stored(data.draw(drawings(), "rows")):
        for row in model._default_manager.all():
            assert as_values(repository.get(row.pk)) == plain(seen_through(shape, row))


@several
@given(shape=shapes(Product), rows=drawings())
def test_a_list_costs_one_query_and_one_more_for_each_collection(shape: Shape, rows: Drawing) -> None:
    repository = repository_of(shape)

    with stored(rows), CaptureQueriesContext(connection) as queries:
        repository.page(query_of(repository))

        assert len(queries) <= 1 + shape.collections


@pytest.mark.parametrize("name", FILTERS)
@few
@given(data=st.data())
def test_a_filter_keeps_the_rows_that_it_says(name: str, data: st.DataObject) -> None:
    repository = repository_of(Shape(model=Product, columns=("id",)))

    with stored(data.draw(drawings(least=3), "rows")):
        values = {**filters_of(data, most=1), **value_for(name, data)}
        query = query_of(repository, limit=100, **values)

        found = [item.id for item in repository.page(query).items]

        assert sorted(found) == sorted(row.pk for row in kept(values))
        assert repository.count(query) == len(found)


@pytest.mark.parametrize("order", ORDERS)
@few
@given(data=st.data())
def test_pages_go_through_all_rows_in_their_order(order: str, data: st.DataObject) -> None:
    repository = repository_of(Shape(model=Product, columns=("id",)))
    limit = data.draw(st.integers(1, 4), "limit")

    with stored(data.draw(drawings(least=4), "rows")):
        pages = list(pages_of(repository, limit=limit, order_by=order))

        ordered = sorted_by(list(Product.objects.all()), ORDERS[order])
        assert [item.id for page in pages for item in page.items] == [row.pk for row in ordered]
        assert [len(page.items) for page in pages[:-1]] == [limit] * (len(pages) - 1)


@several
@given(st.data())
def test_schema_filters_order_and_pages_go_together(data: st.DataObject) -> None:
    shape = data.draw(shapes(Product), "shape")
    repository = repository_of(shape)
    order = data.draw(st.sampled_from(sorted(ORDERS)), "order")
    limit = data.draw(st.integers(1, 4), "limit")

    with stored(data.draw(drawings(least=3), "rows")):
        values = filters_of(data, most=2)

        pages = list(pages_of(repository, limit=limit, order_by=order, **values))

        expected = [plain(seen_through(shape, row)) for row in sorted_by(kept(values), ORDERS[order])]
        assert [as_values(item) for page in pages for item in page.items] == expected


def filters_of(data: st.DataObject, *, most: int) -> dict[str, object]:
    """Draw filters and what they are given, for the rows that are stored."""
    names = data.draw(st.lists(st.sampled_from(sorted(FILTERS)), unique=True, max_size=most), "filters")
    values: dict[str, object] = {}
    for name in names:
        values.update(value_for(name, data))
    return values


def value_for(name: str, data: st.DataObject) -> dict[str, object]:
    value = data.draw(FILTERS[name].values, name)
    return {name: key_of(value) if FILTERS[name].is_number else value}


def kept(values: Mapping[str, object]) -> list[Product]:
    """Return the products that all filters keep, asked of objects one by one."""
    rows = Product.objects.all()
    return [row for row in rows if all(FILTERS[name].keeps(row, value) for name, value in values.items())]


def key_of(number: object) -> int:
    """Return the key of the tag with a number, or one that there is not."""
    assert isinstance(number, int)
    keys: list[int] = list(Tag.objects.order_by("pk").values_list("pk", flat=True))
    return keys[number - 1] if number <= len(keys) else 0


def pages_of(repository: Any, **values: object) -> Iterator[Any]:
    page = repository.page(query_of(repository, **values))
    yield page
    while page.next_cursor:
        page = repository.page(query_of(repository, cursor=page.next_cursor, **values))
        yield page


def test_a_table_says_all_that_its_model_has() -> None:
    for model, table in TABLES.items():
        missing: set[str] = set(table.columns) - {field.attname for field in model._meta.concrete_fields}

        assert not missing, f"{_label(model)} has no {missing}"


def _label(model: type[Model]) -> str:
    return model._meta.label
