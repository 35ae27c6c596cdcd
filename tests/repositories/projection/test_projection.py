"""Rows as DTOs, without objects and without a query for each."""

from __future__ import annotations

import datetime
from datetime import UTC
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.db.models import Avg, CharField, Count, Manager, Model, QuerySet
from django.test import override_settings
from django.test.utils import isolate_apps
from pydantic import BeforeValidator, Field
from pytest_django import DjangoAssertNumQueries

from django_layers.repositories import DeclarationError, ModelRepository, UnreadableRow
from django_layers.repositories.projection import compile_projection, read_rows
from django_layers.repositories.projection.fetching import Fetched
from django_layers.repositories.projection.hydration import hydrate
from django_layers.schemas import ResponseSchema
from tests.repositories import rows
from tests.shop.models import Category, Details, Document, Product, Review, Sample, Supplier, Supply, Tag
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery
from tests.shop.schemas.product import ProductTag
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db


class CategoryName(ResponseSchema):
    name: str


class ParentRead(ResponseSchema):
    name: str
    parent: ParentRead2 | None


class ParentRead2(ResponseSchema):
    name: str
    parent: CategoryName | None


class ProductName(ResponseSchema):
    name: str


class CategoryOfProducts(ResponseSchema):
    """A reverse reference, with a to-many inside of it, and a to-one that has one."""

    name: str
    products: tuple[TaggedProduct, ...]


class TaggedProduct(ResponseSchema):
    sku: str
    tags: tuple[ProductTag, ...]


class ProductInCategory(ResponseSchema):
    sku: str
    category: CategoryOfProducts | None


class SupplyRead(ResponseSchema):
    days: int
    supplier: CategoryName


class ProductSupplies(ResponseSchema):
    name: str
    suppliers: tuple[CategoryName, ...]
    supplies: list[SupplyRead]


class DetailsRead(ResponseSchema):
    weight: int


class ProductDetails(ResponseSchema):
    name: str
    details: DetailsRead | None


ParentRead.model_rebuild()
CategoryOfProducts.model_rebuild()
ProductInCategory.model_rebuild()


def read(model: type[Model], schema: type[ResponseSchema]) -> list[ResponseSchema]:
    return list(read_rows(compile_projection(model, schema), model._default_manager.order_by("pk"))[0])


def refusal(model: type[Model], schema: type[ResponseSchema], **options: object) -> str:
    with pytest.raises(DeclarationError) as caught:
        compile_projection(model, schema, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_every_type_of_column_comes_back_as_it_was_stored() -> None:
    values = {
        "text": "x",
        "number": -1,
        "big": 2**62,
        "small": 3,
        "ratio": 0.1,
        "amount": Decimal("1.250"),
        "flag": True,
        "day": datetime.date(2026, 1, 2),
        "moment": datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
        "time": datetime.time(1, 2, 3, 4),
        "length": datetime.timedelta(days=-1, microseconds=5),
        "code": UUID(int=7),
        "email": "a@b.example",
        "url": "https://a.example/",
        "slug": "a-b",
        "ip": "2001:db8::1",
        "data": {"a": [1, None, "x"]},
    }
    stored = Sample.objects.create(title="all", **values)
    sample = DjangoSampleRepository().get(stored.pk)
    assert sample.model_dump() == {"id": stored.pk, "title": "all", **values}


def test_every_column_but_the_first_may_be_null() -> None:
    sample = DjangoSampleRepository().get(Sample.objects.create(title="none").pk)
    assert {name for name, value in sample if value is not None} == {"id", "title"}


def test_references_are_joined_to_any_depth(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    top = rows.category("top")
    middle = rows.category("middle", parent=top)
    rows.category("low", parent=middle)
    with django_assert_num_queries(1):
        read_top, read_middle, read_low = read(Category, ParentRead)
    assert read_low.model_dump() == {"name": "low", "parent": {"name": "middle", "parent": {"name": "top"}}}
    assert read_middle.model_dump() == {"name": "middle", "parent": {"name": "top", "parent": None}}
    assert read_top.model_dump() == {"name": "top", "parent": None}


def test_the_end_of_a_one_to_one_reference_may_be_missing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Details.objects.create(product=rows.product("with"), weight=3)
    rows.product("without")
    with django_assert_num_queries(1):
        found = read(Product, ProductDetails)
    assert [each.model_dump() for each in found] == [
        {"name": "with", "details": {"weight": 3}},
        {"name": "without", "details": None},
    ]


def test_lists_take_one_query_each_however_many_rows_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tags = tuple(rows.tag(name) for name in "abc")
    kind = rows.category("kind")
    for number in range(5):
        rows.product(str(number), category=kind, tags=tags[: number % 4], sku=str(number))
    with django_assert_num_queries(3):
        (found,) = read(Category, CategoryOfProducts)
    assert isinstance(found, CategoryOfProducts)
    assert [[tag.name for tag in each.tags] for each in found.products] == [[], ["a"], ["a", "b"], ["a", "b", "c"], []]


def test_a_list_inside_a_reference_belongs_to_the_row_at_its_end(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = rows.category("first"), rows.category("second")
    for sku, kind in {"a": first, "b": first, "c": second, "d": None}.items():
        rows.product(sku, sku=sku, category=kind)
    with django_assert_num_queries(3):
        found = read(Product, ProductInCategory)
    assert [
        each.category and [product.sku for product in each.category.products]
        for each in found
        if isinstance(each, ProductInCategory)
    ] == [["a", "b"], ["a", "b"], ["c"], None]


def test_a_many_to_many_relation_with_a_table_of_its_own_is_read_both_ways() -> None:
    fast, slow = Supplier.objects.create(name="fast"), Supplier.objects.create(name="slow")
    stored = rows.product("milk")
    Supply.objects.create(product=stored, supplier=slow, days=9)
    Supply.objects.create(product=stored, supplier=fast, days=1)
    (found,) = read(Product, ProductSupplies)
    assert found.model_dump() == {
        "name": "milk",
        "suppliers": ({"name": "fast"}, {"name": "slow"}),
        "supplies": [{"days": 9, "supplier": {"name": "slow"}}, {"days": 1, "supplier": {"name": "fast"}}],
    }


def test_a_reverse_many_to_many_relation_is_read() -> None:
    class TagProducts(ResponseSchema):
        name: str
        products: tuple[ProductName, ...]

    tag = rows.tag("red")
    rows.product("apple", tags=(tag,))
    rows.product("rose", tags=(tag, rows.tag("flower")))
    assert [each.model_dump() for each in read(Tag, TagProducts)] == [
        {"name": "red", "products": ({"name": "apple"}, {"name": "rose"})},
        {"name": "flower", "products": ({"name": "rose"},)},
    ]


@pytest.mark.parametrize("schema", ["many-to-many", "reverse"])
def test_rows_that_their_model_hides_are_in_no_list(schema: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hiding(Manager[Any]):
        def get_queryset(self) -> QuerySet[Any]:
            return super().get_queryset().exclude(name__startswith=".")

    def hide(model: type[Model]) -> None:
        manager = Hiding()
        manager.model = model
        monkeypatch.setattr(model._meta, "default_manager", manager)

    kind = rows.category("kind")
    stored = rows.product("shown", category=kind, tags=(rows.tag(".hidden"), rows.tag("shown")))
    rows.product(".hidden", category=kind)
    if schema == "reverse":
        hide(Product)
        (found,) = read(Category, CategoryOfProducts)
        assert [each.sku for each in found.products] == [stored.sku]  # type: ignore[attr-defined]
    else:
        hide(Tag)

        class Repository(DjangoProductRepository):
            """Of its own, so that nothing is kept of before the rows were hidden."""

        assert [tag.name for tag in Repository().get(stored.pk).tags] == ["shown"]


def test_no_row_means_no_further_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert read(Category, CategoryOfProducts) == []


def test_a_file_is_its_url_and_no_file_is_none() -> None:
    class FileRead(ResponseSchema):
        file: str | None

    Document.objects.create(title="a", file="shop/a b.txt")
    Document.objects.create(title="b")
    assert [each.model_dump() for each in read(Document, FileRead)] == [{"file": "/shop/a%20b.txt"}, {"file": None}]


def test_an_enumeration_is_one_of_its_members() -> None:
    rows.product(status=ProductStatus.ON_SALE)
    assert DjangoProductRepository()._read(Product.objects.all())[0].status is ProductStatus.ON_SALE


class CategoryWithCount(ResponseSchema):
    id: int
    name: str
    size: int


class CountingRepository(
    ModelRepository[Category, CategoryWithCount, CategoryInsert, CategoryChanges, CategoryQuery],
):
    """Categories with the number of their products."""

    expressions = {"size": Count("products")}  # noqa: RUF012  as the generator writes it


def test_a_field_that_is_no_column_is_worked_out_as_declared(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    full, empty = rows.category("full"), rows.category("empty")
    rows.product("a", category=full)
    rows.product("b", category=full)
    repository = CountingRepository()
    with django_assert_num_queries(1):
        page = repository.page(CategoryQuery())
    assert [(each.name, each.size) for each in page.items] == [("full", 2), ("empty", 0)]
    assert repository.get(empty.pk).size == 0
    assert [each.size for each in repository.many([empty.pk, full.pk])] == [0, 2]


def test_a_query_brings_along_what_it_works_out() -> None:
    class Average(ResponseSchema):
        name: str
        average: Decimal | None

    kind = rows.category("kind")
    rows.product("a", category=kind, price=2)
    rows.product("b", category=kind, price=4)
    rows.category("none")
    repository = DjangoCategoryRepository()
    queryset = repository._queryset().annotate(average=Avg("products__price")).order_by("pk")
    assert [each.average for each in repository._read(queryset, Average)] == [Decimal(3), None]


def test_names_count_not_aliases() -> None:
    class Aliased(ResponseSchema):
        name: Annotated[str, Field(alias="title")]

    rows.tag("red")
    (found,) = read(Tag, Aliased)
    assert isinstance(found, Aliased)
    assert found.name == "red"


def test_a_row_that_does_not_fit_is_named_without_what_is_in_it() -> None:
    class Short(ResponseSchema):
        name: Annotated[str, Field(max_length=3)]

    rows.tag("secret")
    with pytest.raises(UnreadableRow) as caught:
        read(Tag, Short)
    assert str(caught.value).startswith("A stored row of shop.Tag does not fit Short: name: String should have at most")
    assert "secret" not in str(caught.value)


def test_a_name_that_is_no_field_is_refused_with_the_nearest() -> None:
    class Wrong(ResponseSchema):
        nmae: str
        skuu: str

    assert (
        refusal(Product, Wrong)
        .splitlines()[0]
        .startswith("Wrong.nmae (shop.Product): shop.Product has no field 'nmae'. Did you mean 'name'?")
    )
    assert "Did you mean 'sku'?" in refusal(Product, Wrong).splitlines()[1]


def test_a_property_is_refused_since_there_is_no_object() -> None:
    class Wrong(ResponseSchema):
        pk: int
        delete: str

    message = refusal(Product, Wrong)
    assert "Wrong.delete (shop.Product): shop.Product has no field 'delete'. It has a property or method" in message
    assert "`expressions`" in message


def test_a_column_that_may_be_null_needs_a_field_that_may_be_none() -> None:
    class Wrong(ResponseSchema):
        position: int

    assert refusal(Category, Wrong) == (
        "Wrong.position (shop.Category) may be NULL. Annotate it `... | None`, or forbid NULL in the model."
    )


def test_a_reference_that_may_be_null_needs_a_field_that_may_be_none() -> None:
    class Wrong(ResponseSchema):
        parent: CategoryName

    assert (
        refusal(Category, Wrong)
        == "Wrong.parent (shop.Category) may have no row at its end. Annotate it `CategoryName | None`."
    )


def test_a_one_to_one_reference_from_the_other_side_needs_a_field_that_may_be_none() -> None:
    class Wrong(ResponseSchema):
        details: DetailsRead

    assert "may have no row at its end" in refusal(Product, Wrong)


def test_a_file_needs_a_field_that_may_be_none() -> None:
    class Wrong(ResponseSchema):
        file: str

    assert "Wrong.file (shop.Document) may be NULL" in refusal(Document, Wrong)


def test_a_reference_read_as_a_number_is_refused() -> None:
    class Wrong(ResponseSchema):
        product: int

    assert refusal(Review, Wrong) == (
        "Wrong.product (shop.Review) is a reference, so its annotation must be one schema. "
        "For the key alone name the field product_id."
    )


def test_many_rows_read_as_one_are_refused() -> None:
    class Wrong(ResponseSchema):
        tags: CategoryName

    assert "must be `tuple[Schema, ...]`" in refusal(Product, Wrong)


def test_a_list_of_keys_must_be_declared() -> None:
    class Wrong(ResponseSchema):
        tag_ids: tuple[int, ...]

    assert "name its many-to-many field in `id_lists`" in refusal(Product, Wrong)
    assert "id_lists says 'name', which is not a many-to-many field" in refusal(
        Product, Wrong, id_lists={"tag_ids": "name"}
    )


def test_a_schema_that_contains_itself_is_refused() -> None:
    class Endless(ResponseSchema):
        parent: Endless | None

    Endless.model_rebuild(_types_namespace={"Endless": Endless})
    assert "nested more than 8 deep" in refusal(Category, Endless)


def test_a_field_that_no_value_of_its_column_can_be_is_refused() -> None:
    class Wrong(ResponseSchema):
        id: UUID
        number: str | None
        code: int | None
        moment: Annotated[str | None, Field(description="said")]

    way_out = ", or give it a validator that makes one of the other."
    assert refusal(Sample, Wrong).splitlines() == [
        "Wrong.id (shop.Sample) is annotated UUID, and what is stored is int. Annotate it int" + way_out,
        "Wrong.number (shop.Sample) is annotated str, and what is stored is int. Annotate it int" + way_out,
        "Wrong.code (shop.Sample) is annotated int, and what is stored is UUID. Annotate it UUID" + way_out,
        "Wrong.moment (shop.Sample) is annotated str, and what is stored is datetime. Annotate it datetime" + way_out,
    ]


def test_a_list_of_what_no_key_can_be_is_refused() -> None:
    class Wrong(ResponseSchema):
        tag_ids: tuple[UUID, ...]

    assert refusal(Product, Wrong, id_lists={"tag_ids": "tags"}) == (
        "Wrong.tag_ids (shop.Product) is annotated UUID, and what is stored is int. Annotate it int, or give it a validator that makes one of the other."
    )


class Call:
    """A number to call, as a field class reads it."""

    def __init__(self, number: str) -> None:
        self.number = number


class CallField(CharField):  # type: ignore[type-arg]  # Django's class is generic for type checkers only
    """A column of numbers to call."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Call | None:
        return None if value is None else Call(value)

    def get_prep_value(self, value: Call | str | None) -> str | None:
        return value.number if isinstance(value, Call) else value


@isolate_apps("tests.shop")
def test_of_an_object_that_a_field_class_reads_a_schema_may_take_what_is_stored() -> None:
    class Person(Model):
        phone = CallField(max_length=20, null=True)

        class Meta:
            app_label = "shop"

        def __str__(self) -> str:
            return "person"

    class Stored(ResponseSchema):
        phone: str | None

    class Told(ResponseSchema):
        phone: Annotated[str | None, BeforeValidator(lambda call: call and f"call {call.number}")]

    rows_of = [(Call("+41"),), (None,)]

    for each in (True, False):
        with override_settings(DJANGO_LAYERS={"VALIDATE_ROWS": each}):
            stored = hydrate(compile_projection(Person, Stored), Fetched(rows_of))
            told = hydrate(compile_projection(Person, Told), Fetched(rows_of))
        assert stored == (Stored(phone="+41"), Stored(phone=None))
        assert [row.model_dump()["phone"] for row in told] == ["call +41", None]


def test_a_field_of_another_type_with_a_validator_for_it_is_not_refused() -> None:
    class Told(ResponseSchema):
        id: Annotated[str, BeforeValidator(str)]

    stored = rows.tag()
    assert read(Tag, Told) == [Told(id=str(stored.pk))]
