"""What databases refuse, as errors of the domain; the same on every database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from django_layers.api.problems import problem_of
from django_layers.errors import Conflict, DomainError, RuleViolated
from django_layers.repositories import UndeclaredConstraint, database_unit_of_work
from tests.repositories import rows
from tests.shop.models import Category, Details, Note, Product, Review, Sample, Tag
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.details import DjangoDetailsRepository
from tests.shop.repositories.orm.document import DjangoDocumentRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert
from tests.shop.schemas.details import DetailsInsert
from tests.shop.schemas.note import NoteInsert
from tests.shop.schemas.product import ProductChanges, ProductInsert
from tests.shop.schemas.review import ReviewChanges, ReviewInsert
from tests.shop.schemas.sample import SampleInsert
from tests.shop.schemas.tag import TagChanges, TagInsert
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="is about SQLite")
not_sqlite = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite stores what does not fit")


def new_product(**values: Any) -> ProductInsert:
    return ProductInsert(
        **{
            "sku": "new sku",
            "name": "new name",
            "price": Decimal(1),
            "status": ProductStatus.DRAFT,
            "category_id": None,
            "tag_ids": (),
            **values,
        }
    )


def facts(error: DomainError) -> tuple[type[DomainError], str, tuple[str, ...], str]:
    return type(error), error.code, error.fields, error.detail


def test_a_unique_field() -> None:
    rows.tag("taken")
    with pytest.raises(Conflict) as caught:
        DjangoTagRepository().add(TagInsert(name="taken"))
    assert facts(caught.value) == (Conflict, "unique", ("name",), "There is another tag with the same name.")


def test_a_unique_field_of_a_change() -> None:
    rows.tag("taken")
    other = rows.tag("other")
    with pytest.raises(Conflict) as caught:
        DjangoTagRepository().update(other.pk, TagChanges(name="taken"))
    assert caught.value.fields == ("name",)


def test_a_one_to_one_reference() -> None:
    product = rows.product()
    Details.objects.create(product=product, weight=1)
    with pytest.raises(Conflict) as caught:
        DjangoDetailsRepository().add(DetailsInsert(product_id=product.pk, weight=1, origin=""))
    assert caught.value.fields == ("product_id",)


def test_a_unique_set_is_named_as_the_schemas_name_its_fields() -> None:
    product, user = rows.product(), rows.user()
    rows.review(product, user)
    with pytest.raises(Conflict) as caught:
        DjangoReviewRepository().add(ReviewInsert(product_id=product.pk, user_id=user.pk, stars=1, comment=""))
    assert facts(caught.value) == (
        Conflict,
        "unique",
        ("product_id", "user_id"),
        "There is another review with the same product and user.",
    )
    assert caught.value.constraint == "shop_review_unique"


def test_the_message_of_a_constraint_is_the_project_s() -> None:
    kind = rows.category()
    rows.product("milk", category=kind)
    with pytest.raises(Conflict) as caught:
        DjangoProductRepository().add(new_product(name="milk", category_id=kind.pk))
    assert caught.value.detail == "The category has a product of this name already."
    with pytest.raises(RuleViolated) as refused:
        DjangoProductRepository().add(new_product(price=Decimal(-1)))
    assert facts(refused.value) == (RuleViolated, "check", ("price",), "A price is not negative.")
    assert refused.value.constraint == "shop_product_price_min"


def test_a_check_without_a_message_names_its_field() -> None:
    review = rows.review(rows.product(), rows.user())
    with pytest.raises(RuleViolated) as caught:
        DjangoReviewRepository().update(review.pk, ReviewChanges(stars=6))
    assert facts(caught.value) == (
        RuleViolated,
        "check",
        ("stars",),
        "The review has a value that is not allowed: stars.",
    )
    assert caught.value.constraint == "shop_review_stars_max"


def test_a_check_that_a_field_brings_along() -> None:
    document = DjangoDocumentRepository()._model.objects.create(title="x")  # type: ignore[attr-defined]
    document.version = -1
    writer = DjangoDocumentRepository()._compiled().writer
    with pytest.raises(RuleViolated) as caught, writer.guarded("default"):
        document.save(update_fields=["version"])
    # A positive integer is a type of its own on MySQL and MariaDB, and a check elsewhere.
    code = "out_of_range" if connection.vendor == "mysql" else "check"
    assert (caught.value.code, caught.value.fields) == (code, ("version",))


def test_a_null_that_the_database_finds() -> None:
    writer = DjangoTagRepository()._compiled().writer
    with pytest.raises(RuleViolated) as caught, writer.guarded("default"):
        Tag.objects.create(name=None)  # type: ignore[misc]
    assert facts(caught.value) == (RuleViolated, "required", ("name",), "A tag needs its name.")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("big", 2**63),
        ("number", -(2**31) - 1),
        ("amount", Decimal(10) ** 7),
        ("amount", -(Decimal(10) ** 7)),
        ("amount", Decimal("9999999.9999")),
        ("amount", Decimal("NaN")),
        ("title", "a\x00b"),
        ("text", "a\ud800"),
        ("ratio", float("nan")),
        ("ratio", float("-inf")),
        ("length", timedelta.max),
        ("length", timedelta.min),
        ("moment", datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))),
        ("data", {"a": [1, float("inf")]}),
        ("data", {"a\x00": 1}),
    ],
)
def test_a_value_that_its_column_cannot_hold(field: str, value: object) -> None:
    row = SampleInsert.model_construct(**{"title": "x", field: value})
    with pytest.raises(RuleViolated) as caught:
        DjangoSampleRepository().add(row)
    assert (caught.value.code, caught.value.fields) == ("out_of_range", (field,))
    assert not Sample.objects.exists()


@not_sqlite
def test_a_value_that_does_not_fit_and_that_only_the_database_knows_of() -> None:
    writer = DjangoTagRepository()._compiled().writer
    with pytest.raises(RuleViolated) as caught, writer.guarded("default"):
        Tag.objects.create(name="x" * 51)
    assert caught.value.code == "out_of_range"


@only_sqlite
def test_a_number_that_the_driver_of_sqlite_refuses() -> None:
    writer = DjangoSampleRepository()._compiled().writer
    with pytest.raises(RuleViolated) as caught, writer.guarded("default"):
        Sample.objects.create(title="x", big=2**63)
    assert caught.value.code == "out_of_range"


@pytest.mark.parametrize("amount", ["9999999.9994", "-9999999.999", "0.001"])
def test_a_decimal_that_just_fits(amount: str) -> None:
    sample = DjangoSampleRepository().add(SampleInsert(title="x", amount=Decimal(amount)))
    assert sample.amount == round(Decimal(amount), 3)


def test_a_key_that_is_taken() -> None:
    note = DjangoNoteRepository().add(NoteInsert(user_id=rows.user().pk, title="x"))
    writer = DjangoNoteRepository()._compiled().writer
    with pytest.raises(Conflict) as caught, writer.guarded("default"):
        Note(pk=note.id, user_id=note.user_id, title="y").save(force_insert=True)
    assert (caught.value.code, caught.value.fields) == ("unique", ("id",))


def test_no_message_holds_what_is_in_a_row() -> None:
    rows.tag("secret")
    with pytest.raises(Conflict) as caught:
        DjangoTagRepository().add(TagInsert(name="secret"))
    assert "secret" not in str(vars(caught.value))


def test_a_reference_to_nothing_is_found_at_the_end_of_the_unit_of_work() -> None:
    unit_of_work = database_unit_of_work()
    with pytest.raises(RuleViolated) as caught, unit_of_work():
        DjangoCategoryRepository().add(CategoryInsert(name="x", parent_id=10**9, position=None))
    assert facts(caught.value) == (
        RuleViolated,
        "reference_missing",
        ("parent_id",),
        "The category refers to a category that does not exist.",
    )
    assert not Category.objects.exists()


def test_a_reference_to_nothing_in_a_change_is_found() -> None:
    kind = rows.category()
    with pytest.raises(RuleViolated) as caught, database_unit_of_work()():
        DjangoCategoryRepository().update(kind.pk, CategoryChanges(parent_id=10**9))
    assert caught.value.fields == ("parent_id",)


@pytest.mark.parametrize("change", [False, True])
def test_a_list_of_keys_with_one_of_nothing_is_named_as_the_schemas_name_it(change: bool) -> None:
    product = rows.product()
    repository = DjangoProductRepository()
    writes = {
        True: lambda: repository.update(product.pk, ProductChanges(tag_ids=(10**9,))),
        False: lambda: repository.add(new_product(tag_ids=(10**9,))),
    }
    with pytest.raises(RuleViolated) as caught, database_unit_of_work()():
        writes[change]()
    assert caught.value.fields == ("tag_ids",)


def test_a_reference_to_nothing_is_told_apart_from_a_deleted_row_that_is_needed() -> None:
    other = rows.category()

    def delete_and_add() -> None:
        DjangoCategoryRepository().delete(other.pk)
        DjangoCategoryRepository().add(CategoryInsert(name="x", parent_id=10**9, position=None))

    with pytest.raises(RuleViolated) as caught:
        database_unit_of_work().run(delete_and_add)
    assert caught.value.code == "reference_missing"


def test_a_reference_that_becomes_whole_before_the_end_is_none_of_our_business() -> None:
    if not connection.features.supports_forward_references:
        pytest.skip("the database checks references at once")
    with database_unit_of_work()():
        DjangoCategoryRepository().add(CategoryInsert(name="child", parent_id=10**6, position=None))
        Category.objects.create(pk=10**6, name="parent")
    assert Category.objects.count() == 2


@pytest.fixture
def undeclared() -> None:
    """Add a unique index to the table of samples that no model knows of."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX nobody_knows ON shop_sample (title, number)")


@pytest.mark.usefixtures("undeclared")
@pytest.mark.skipif(connection.vendor == "mysql", reason="an index ends the transaction of a test there")
def test_a_constraint_that_nobody_declared_is_told_aloud_with_what_to_declare() -> None:
    DjangoSampleRepository().add(SampleInsert(title="a", number=1))
    with pytest.raises(UndeclaredConstraint) as caught:
        DjangoSampleRepository().add(SampleInsert(title="a", number=1))
    assert isinstance(caught.value, IntegrityError)
    assert "UniqueConstraint(fields=['title', 'number']" in str(caught.value)
    assert "shop.Sample" in str(caught.value)
    assert Sample.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAtTheCommit:
    """Outside of a test's own transaction, where the database really commits."""

    def test_a_reference_to_nothing(self) -> None:
        with pytest.raises(RuleViolated) as caught, database_unit_of_work()():
            DjangoCategoryRepository().add(CategoryInsert(name="x", parent_id=10**9, position=None))
        assert (caught.value.code, caught.value.fields) == ("reference_missing", ("parent_id",))
        assert not Category.objects.exists()

    def test_a_reference_to_nothing_without_a_unit_of_work(self) -> None:
        with pytest.raises(RuleViolated) as caught:
            DjangoCategoryRepository().add(CategoryInsert(name="x", parent_id=10**9, position=None))
        assert (caught.value.code, caught.value.fields) == ("reference_missing", ("parent_id",))
        assert not Category.objects.exists()

    def test_a_list_of_keys_with_one_of_nothing(self) -> None:
        with pytest.raises(RuleViolated) as caught, database_unit_of_work()():
            DjangoProductRepository().add(new_product(tag_ids=(10**9,)))
        assert (caught.value.code, caught.value.fields) == ("reference_missing", ("tag_ids",))
        assert not Product.objects.exists()

    def test_the_next_unit_of_work_starts_anew(self) -> None:
        with pytest.raises(RuleViolated), database_unit_of_work()():
            DjangoCategoryRepository().add(CategoryInsert(name="x", parent_id=10**9, position=None))
        with database_unit_of_work()():
            DjangoTagRepository().add(TagInsert(name="goes on"))
        assert not connection.in_atomic_block
        assert Tag.objects.exists()

    def test_a_reference_to_nothing_inside_of_the_project_s_own_transaction(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite tells at the commit, which is the project's")
        with transaction.atomic():
            with pytest.raises(RuleViolated) as caught, database_unit_of_work()():
                DjangoCategoryRepository().add(CategoryInsert(name="x", parent_id=10**9, position=None))
            assert caught.value.fields == ("parent_id",)
            DjangoTagRepository().add(TagInsert(name="goes on"))
        assert Tag.objects.exists()
        assert not Category.objects.exists()

    def test_a_row_that_goes_while_the_database_still_needs_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kind = rows.category()
        rows.product(category=kind)

        def careless(self: Model) -> None:
            type(self)._base_manager.filter(pk=self.pk)._raw_delete("default")  # type: ignore[attr-defined]

        monkeypatch.setattr(Category, "delete", careless)
        with pytest.raises(Conflict) as caught, database_unit_of_work()():
            DjangoCategoryRepository().delete(kind.pk)
        assert (caught.value.code, caught.value.detail) == (
            "still_referenced",
            "The category is still referred to by products.",
        )
        assert Category.objects.exists()
        assert (Product.objects.count(), Review.objects.count()) == (1, 0)


SECRET = "what-somebody-else-wrote"


class TestEveryKind:
    """Whatever is refused, the unit of work goes on, and nobody learns what is in a row, or in the database."""

    @pytest.fixture(params=["unique", "key", "set", "check", "null", "too_long", "too_large", "referenced"])
    def refused(self, request: pytest.FixtureRequest) -> Callable[[], object]:
        tag, user = rows.tag(SECRET), rows.user()
        product = rows.product(SECRET, sku=SECRET[:20], tags=(tag,), category=rows.category(SECRET))
        review = rows.review(product, user)
        note = DjangoNoteRepository().add(NoteInsert(user_id=user.pk, title=SECRET))
        category = product.category
        assert category is not None
        guarded = DjangoTagRepository()._compiled().writer.guarded

        def guard(write: Callable[[], object]) -> None:
            with guarded("default"):
                write()

        refused: dict[str, Callable[[], object]] = {
            "unique": lambda: DjangoTagRepository().add(TagInsert(name=SECRET)),
            "key": lambda: guard(lambda: Note(pk=note.id, user=user, title=SECRET).save(force_insert=True)),
            "set": lambda: DjangoReviewRepository().add(
                ReviewInsert(product_id=product.pk, user_id=user.pk, stars=1, comment=SECRET)
            ),
            "check": lambda: DjangoReviewRepository().update(review.pk, ReviewChanges(stars=6, comment=SECRET)),
            "null": lambda: guard(lambda: Tag.objects.create(name=None)),  # type: ignore[misc]
            "too_long": lambda: DjangoTagRepository().add(TagInsert(name=SECRET * 3)),
            "too_large": lambda: guard(
                lambda: (
                    Sample.objects.create(title=SECRET, big=2**63)
                    if connection.vendor == "sqlite"
                    else Sample.objects.create(title=SECRET, number=2**31)
                )
            ),
            "referenced": lambda: DjangoCategoryRepository().delete(category.pk),
        }
        return refused[request.param]

    def test_the_unit_of_work_goes_on(self, refused: Callable[[], object]) -> None:
        with database_unit_of_work()():
            DjangoTagRepository().add(TagInsert(name="before"))
            with pytest.raises(DomainError):
                refused()
            DjangoTagRepository().add(TagInsert(name="after"))
        assert Tag.objects.filter(name__in=["before", "after"]).count() == 2

    def test_the_answer_gives_nothing_away(self, refused: Callable[[], object]) -> None:
        with pytest.raises(DomainError) as caught:
            refused()
        error = caught.value
        problem = problem_of(error).model_dump_json()
        assert isinstance(error, Conflict | RuleViolated)
        assert error.code != type(error).code
        for internal in (SECRET, "constraint", "shop_", "INSERT", "UPDATE", "DETAIL", "failed", "violates"):
            assert internal not in problem
        assert SECRET not in str(vars(error))


@pytest.mark.skipif(connection.vendor == "mysql", reason="DDL ends the transaction of a test")
def test_a_row_that_a_table_of_nobody_s_refers_to_is_still_referred_to() -> None:
    tag = rows.tag()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE nobodys (tag_id bigint REFERENCES shop_tag (id) DEFERRABLE INITIALLY DEFERRED)",
        )
        cursor.execute("INSERT INTO nobodys VALUES (%s)", [tag.pk])
    with pytest.raises(Conflict) as caught, database_unit_of_work()():
        DjangoTagRepository().delete(tag.pk)
    assert facts(caught.value) == (
        Conflict,
        "still_referenced",
        (),
        "What was to be deleted is still referred to.",
    )
    assert Tag.objects.exists()
