"""Which index serves an order, by the rule of the prefix."""

import pytest
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.test.utils import isolate_apps

from django_layers.repositories.explain.indexes import IndexColumn, TableIndex, indexes_of, matched_terms, serving
from django_layers.repositories.ordering import Term
from tests.shop.models import Note, Product

KEY = Product._meta.pk


def term(name: str, *, nullable: bool = False) -> Term:
    """Return a term of an order, descending where its name begins with a minus."""
    plain = name.removeprefix("-")
    field = KEY if plain == "id" else Product._meta.get_field("name")
    return Term(lookup=plain, descending=plain != name, nullable=nullable, field=field)


def index(*names: str) -> TableIndex:
    """Return an index of columns, descending where their names begin with a minus."""
    columns = (IndexColumn(name.removeprefix("-"), name.startswith("-")) for name in names)
    return TableIndex(says="index", columns=tuple(columns))


@pytest.mark.parametrize(
    ("columns", "order", "vendor", "matched"),
    [
        (("a", "id"), ("a", "id"), "postgresql", 2),
        (("a", "id"), ("-a", "-id"), "postgresql", 2),
        (("-a", "-id"), ("a", "id"), "postgresql", 2),
        (("a", "-id"), ("a", "id"), "postgresql", 1),
        (("b", "a"), ("a", "id"), "postgresql", 0),
        (("a",), ("a", "id"), "postgresql", 1),
        # The indexes of these end with the key, in one direction only.
        (("a",), ("a", "id"), "sqlite", 2),
        (("a",), ("-a", "-id"), "mysql", 2),
        (("-a",), ("-a", "-id"), "mysql", 1),
        (("a", "b"), ("a", "id"), "sqlite", 1),
    ],
)
def test_an_index_has_an_order_forwards_or_backwards(
    columns: tuple[str, ...], order: tuple[str, ...], vendor: str, matched: int
) -> None:
    assert matched_terms(index(*columns), [term(name) for name in order], vendor) == matched


@pytest.mark.parametrize(
    ("column", "name", "vendor", "matched"),
    [
        (IndexColumn("a"), "a", "postgresql", 1),
        (IndexColumn("a"), "-a", "postgresql", 0),
        (IndexColumn("a", descending=True), "-a", "postgresql", 0),
        (IndexColumn("a", descending=True, nulls_last=True), "-a", "postgresql", 1),
        (IndexColumn("a"), "a", "sqlite", 0),
        (IndexColumn("a"), "-a", "sqlite", 1),
        (IndexColumn("a", descending=True), "-a", "mysql", 1),
    ],
)
def test_null_comes_last_only_where_the_index_has_it_there(
    column: IndexColumn, name: str, vendor: str, matched: int
) -> None:
    found = TableIndex(says="index", columns=(column,))

    assert matched_terms(found, [term(name, nullable=True)], vendor) == matched


def test_of_several_indexes_the_one_that_also_sorts_is_taken() -> None:
    plain, sorting = index("user_id"), index("user_id", "-a", "-id")

    assert serving([plain, sorting], "user_id", [term("-a"), term("-id")], "postgresql") == (sorting, 2)
    assert serving([plain, sorting], "user_id") == (plain, 0)
    assert serving([sorting], "a") == (None, 0)


def test_the_indexes_of_a_model_are_those_of_its_fields_and_of_its_meta() -> None:
    assert [str(each) for each in indexes_of(Product)] == [
        "primary key (id)",
        "unique (sku)",
        "reference (category_id)",
        "unique shop_product_unique (category_id, name)",
        "index shop_product_newest (-created_at, -id)",
    ]
    assert "index shop_note_newest (user_id, -created_at, -id)" in [str(each) for each in indexes_of(Note)]


@isolate_apps("tests.shop")
def test_indexes_of_expressions_are_known_as_far_as_they_are_columns() -> None:
    class Thing(models.Model):
        name = models.CharField(max_length=10, db_index=True)
        rank = models.IntegerField(null=True)

        class Meta:
            app_label = "shop"
            unique_together = (("name", "rank"),)
            indexes = (
                models.Index(F("rank").desc(nulls_last=True), "name", name="ranked"),
                models.Index("name", Lower("name"), name="begins"),
                models.Index(Lower("name"), name="lowered"),
                models.Index(fields=["rank"], condition=models.Q(rank__gt=1), name="partial"),
            )
            constraints = (
                models.UniqueConstraint(fields=["rank"], condition=models.Q(rank__gt=1), name="partly_unique"),
                models.UniqueConstraint("rank", Lower("name"), name="expressed"),
            )

        def __str__(self) -> str:
            return self.name

    found = {each.says: each.columns for each in indexes_of(Thing)}

    assert found["index ranked"] == (IndexColumn("rank", True, True), IndexColumn("name"))
    assert found["index begins"] == (IndexColumn("name"),)
    assert found["unique together"] == (IndexColumn("name"), IndexColumn("rank"))
    assert found["unique expressed"] == (IndexColumn("rank"),)
    assert found["db_index"] == (IndexColumn("name"),)
    assert found.keys() >= {"primary key"}
    assert not {"index lowered", "index partial", "unique partly_unique"} & found.keys()
