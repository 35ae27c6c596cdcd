"""What a database in memory refuses, fills in, and takes along when rows go."""

# ruff: noqa: DJ008

import datetime
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import F, Model, Q
from django.db.models.functions import Lower, Now
from django.test.utils import isolate_apps
from django.utils import timezone

from django_layers.errors import Conflict, RuleViolated
from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.store import Store
from django_layers.testing.memory.tables import Row
from tests.shop.models import Category, Details, Note, Product, Review, Sample, Supplier, Supply, Tag


class ShopModel(Model):
    """The base of the models that tests declare."""

    class Meta:
        abstract = True
        app_label = "shop"


@pytest.fixture
def store() -> Store:
    store = Store()
    for model in (Category, Details, Note, Product, Review, Supplier, Supply, Tag):
        store.know(model)
    return store


@pytest.fixture
def isolated() -> Iterator[None]:
    with isolate_apps("tests.shop"):
        yield


def row_of(store: Store, model: type[Model], key: object) -> Row:
    """Return the row that has a key."""
    return store.tables.of(model).rows[key]


def add_product(store: Store, number: int = 1, **values: object) -> int:
    row = store.insert(Product, {"sku": str(number), "name": f"product {number}", "price": 1, **values})
    assert isinstance(row["id"], int)
    return row["id"]


def test_keys_count_up_and_go_on_after_one_that_was_given(store: Store) -> None:
    assert [store.insert(Tag, {"name": str(number)})["id"] for number in range(2)] == [1, 2]
    assert store.insert(Tag, {"id": 10, "name": "ten"})["id"] == 10
    assert store.insert(Tag, {"name": "next"})["id"] == 11


def test_a_refused_row_uses_up_no_key(store: Store) -> None:
    store.insert(Tag, {"name": "a"})
    with pytest.raises(Conflict):
        store.insert(Tag, {"name": "a"})

    assert store.insert(Tag, {"name": "b"})["id"] == 2


def test_defaults_and_automatic_values_are_filled_in(store: Store) -> None:
    before = timezone.now()
    row = row_of(store, Product, add_product(store))

    assert row["status"] == "draft"
    assert type(row["status"]) is str
    assert isinstance(row["created_at"], datetime.datetime)
    assert before <= row["created_at"] <= timezone.now()


def test_a_change_renews_what_changes_by_itself_and_keeps_the_rest(store: Store) -> None:
    old = row_of(store, Product, add_product(store))
    new = store.change(Product, old, {"name": "new"})

    assert new["updated_at"] > old["updated_at"]  # type: ignore[operator]
    assert {name for name in new if new[name] != old[name]} == {"name", "updated_at"}


def test_values_come_back_as_the_column_keeps_them(store: Store) -> None:
    moment = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    data = {"a": (1, 2)}
    row = store.insert(
        Sample, {"title": "x", "moment": moment, "amount": Decimal("1.5"), "data": data, "number": True, "ratio": 1}
    )

    assert row["moment"] == moment
    assert str(row["moment"]).endswith("10:00:00+00:00")
    assert str(row["amount"]) == "1.500"
    assert row["data"] == {"a": [1, 2]}
    assert (row["number"], type(row["number"])) == (1, int)
    assert isinstance(row["ratio"], float)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"title": None}, ("title",)),
        ({"title": "x" * 201}, ("title",)),
        ({"number": 2**31}, ("number",)),
        ({"number": -(2**31) - 1}, ("number",)),
        ({"small": 2**15}, ("small",)),
        ({"big": 2**63}, ("big",)),
        ({"amount": Decimal("10000000")}, ("amount",)),
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_its_column_is_refused(
    store: Store, values: dict[str, object], fields: tuple[str, ...]
) -> None:
    with pytest.raises(RuleViolated) as caught:
        store.insert(Sample, {"title": "x", **values})

    assert caught.value.fields == fields
    assert not list(store.tables.of(Sample).values())


def test_the_greatest_values_fit(store: Store) -> None:
    store.insert(Sample, {"title": "x" * 200, "number": 2**31 - 1, "small": -(2**15), "amount": Decimal("9999999.999")})


def test_a_check_constraint_that_fails_is_named(store: Store) -> None:
    with pytest.raises(RuleViolated, match="A price is not negative") as caught:
        add_product(store, price=-1)

    assert caught.value.fields == ("price",)
    assert caught.value.constraint == "shop_product_price_min"


def test_unique_fields_and_sets_are_unique_and_null_equals_nothing(store: Store) -> None:
    category = store.insert(Category, {"name": "c"})["id"]
    add_product(store, 1, name="x", category_id=None)
    add_product(store, 2, name="x", category_id=None)
    add_product(store, 3, name="x", category_id=category)

    with pytest.raises(Conflict) as caught:
        add_product(store, 4, name="x", category_id=category)
    assert (caught.value.constraint, caught.value.fields) == ("shop_product_unique", ("category_id", "name"))
    with pytest.raises(Conflict) as caught:
        add_product(store, 3)
    assert caught.value.fields == ("sku",)


def test_a_change_may_keep_its_own_unique_value_and_not_take_anothers(store: Store) -> None:
    first = store.insert(Tag, {"name": "first"})
    store.insert(Tag, {"name": "second"})

    assert store.change(Tag, first, {"name": "first"}) == first
    with pytest.raises(Conflict):
        store.change(Tag, first, {"name": "second"})


def test_a_key_that_is_taken_is_a_conflict(store: Store) -> None:
    store.insert(Tag, {"id": 1, "name": "a"})

    with pytest.raises(Conflict):
        store.insert(Tag, {"id": 1, "name": "b"})


@pytest.mark.usefixtures("isolated")
def test_conditional_and_computed_uniqueness_and_positive_numbers_are_kept(store: Store) -> None:
    class Page(ShopModel):
        title = models.CharField(max_length=20)
        live = models.BooleanField(default=False)
        number = models.PositiveIntegerField(default=0)
        code = models.CharField(max_length=5, null=True)  # noqa: DJ001

        class Meta(ShopModel.Meta):
            constraints = [  # noqa: RUF012
                models.UniqueConstraint(Lower("title"), condition=Q(live=True), name="one_live"),
                models.UniqueConstraint(fields=["code"], nulls_distinct=False, name="one_code"),
            ]

    store.insert(Page, {"title": "A", "live": True, "code": "1"})
    store.insert(Page, {"title": "a", "live": False, "code": "2"})
    store.insert(Page, {"title": "b", "live": True, "code": None})
    with pytest.raises(Conflict):
        store.insert(Page, {"title": "a", "live": True, "code": "3"})
    with pytest.raises(Conflict):
        store.insert(Page, {"title": "c", "code": None})
    with pytest.raises(RuleViolated):
        store.insert(Page, {"title": "d", "number": -1, "code": "4"})


@pytest.mark.usefixtures("isolated")
def test_defaults_of_the_database_and_generated_columns_are_worked_out(store: Store) -> None:
    class Box(ShopModel):
        side = models.IntegerField(db_default=3)
        made = models.DateTimeField(db_default=Now())
        area = models.GeneratedField(
            expression=F("side") * F("side"), output_field=models.IntegerField(), db_persist=True
        )

    row = store.insert(Box, {})
    assert (row["side"], row["area"]) == (3, 9)
    assert isinstance(row["made"], datetime.datetime)
    assert store.change(Box, row, {"side": 4})["area"] == 16


@pytest.mark.usefixtures("isolated")
def test_what_a_save_of_the_models_own_has_to_work_out_is_another_in_each_row(store: Store) -> None:
    class Ticket(ShopModel):
        key = models.CharField(max_length=6, unique=True, editable=False)
        note = models.CharField(max_length=6, editable=False)

        def save(self, *args: object, **kwargs: object) -> None:
            raise AssertionError

    found = [store.insert(Ticket, {}), store.insert(Ticket, {"key": "4"}), *(store.insert(Ticket, {}) for _ in "ab")]

    assert len({row["key"] for row in found}) == 4
    assert {row["note"] for row in found} == {""}
    with pytest.raises(Conflict):
        store.insert(Ticket, {"key": "4"})


@pytest.mark.usefixtures("isolated")
def test_a_constraint_that_memory_cannot_evaluate_is_refused_loudly(store: Store) -> None:
    class Odd(ShopModel):
        number = models.IntegerField()

        class Meta(ShopModel.Meta):
            constraints = [models.CheckConstraint(condition=Q(number=F("number") % 2), name="odd")]  # noqa: RUF012

    with pytest.raises(NotInMemory, match="'%%'"):
        store.insert(Odd, {"number": 1})


def test_a_reference_to_nothing_is_refused_and_nothing_stays(store: Store) -> None:
    with pytest.raises(RuleViolated) as caught:
        add_product(store, category_id=9)

    assert caught.value.fields == ("category_id",)
    assert not list(store.tables.of(Product).values())


def test_a_row_may_come_before_what_it_refers_to_in_one_unit_of_work(store: Store) -> None:
    with store.transactions.block():
        key = add_product(store, category_id=9)
        store.insert(Category, {"id": 9, "name": "late"})

    assert store.has(Product, key)


def test_users_exist_until_some_are_registered(store: Store) -> None:
    product = add_product(store)
    store.insert(Review, {"product_id": product, "user_id": 77, "stars": 1})
    store.register(User, [1, 2])
    store.insert(Review, {"product_id": product, "user_id": 2, "stars": 1})

    with pytest.raises(RuleViolated) as caught:
        store.insert(Review, {"product_id": product, "user_id": 3, "stars": 1})
    assert caught.value.fields == ("user_id",)


def test_registered_rows_hold_something_that_fits(store: Store) -> None:
    store.register(Group, [1, "2"])

    assert store.has(Group, 2)
    names = [row["name"] for row in store.tables.of(Group).values()]
    assert len(set(names)) == 2


def test_what_cascades_goes_along_and_what_protects_stays(store: Store) -> None:
    product = add_product(store)
    store.insert(Details, {"product_id": product, "weight": 1})
    supplier = store.insert(Supplier, {"name": "s"})["id"]
    store.insert(Supply, {"product_id": product, "supplier_id": supplier, "days": 1})
    review = store.insert(Review, {"product_id": product, "user_id": 1, "stars": 1})["id"]

    with pytest.raises(Conflict):
        store.delete(Product, [product])
    assert store.has(Product, product)
    assert len(store.tables.of(Details).rows) == 1

    store.delete(Review, [review])
    store.delete(Product, [product])
    assert not store.tables.of(Details).rows
    assert not store.tables.of(Supply).rows
    assert store.has(Supplier, supplier)


@pytest.mark.usefixtures("isolated")
def test_every_rule_of_on_delete_does_what_django_does(store: Store) -> None:
    class Parent(ShopModel):
        pass

    class Child(ShopModel):
        nulled = models.ForeignKey(Parent, models.SET_NULL, null=True, related_name="+")
        defaulted = models.ForeignKey(Parent, models.SET_DEFAULT, default=1, null=True, related_name="+")
        restricted = models.ForeignKey(Parent, models.RESTRICT, null=True, related_name="+")
        cascading = models.ForeignKey(Parent, models.CASCADE, null=True, related_name="+")

    class Odd(ShopModel):
        computed = models.ForeignKey(Parent, models.SET(1), related_name="+")

    for _ in range(5):
        store.insert(Parent, {})
    child = store.insert(Child, {"nulled_id": 2, "defaulted_id": 2, "restricted_id": 3, "cascading_id": 4})
    restricted_and_cascading = store.insert(Child, {"restricted_id": 5, "cascading_id": 5})

    store.delete(Parent, [2])
    left = store.tables.of(Child).rows[child["id"]]
    assert (left["nulled_id"], left["defaulted_id"]) == (None, 1)
    with pytest.raises(Conflict):
        store.delete(Parent, [3])
    store.delete(Parent, [5])
    assert not store.has(Child, restricted_and_cascading["id"])
    store.delete(Parent, [4])
    assert not store.has(Child, child["id"])

    store.insert(Odd, {"computed_id": 3})
    with pytest.raises(NotInMemory, match="on_delete"):
        store.delete(Parent, [3])


def test_links_are_replaced_and_go_with_their_row(store: Store) -> None:
    tags = [store.insert(Tag, {"name": str(number)})["id"] for number in range(3)]
    row = row_of(store, Product, add_product(store))
    store.link(Product, row, "tags", tags[:2])
    store.link(Product, row, "tags", tags[1:])

    assert store.conditions.linked_keys(Product, row, "tags") == tags[1:]
    store.delete(Tag, [tags[1]])
    assert store.conditions.linked_keys(Product, row, "tags") == tags[2:]
    with pytest.raises(RuleViolated):
        store.link(Product, row, "tags", [99])
    assert store.conditions.linked_keys(Product, row, "tags") == tags[2:]
