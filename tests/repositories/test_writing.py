"""Writes by `Model.save` and `Model.delete`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from pydantic import ValidationError
from pytest_django import DjangoAssertNumQueries

from django_layers.errors import Conflict, NotFound, RuleViolated, Stale
from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.compiled import compiled
from django_layers.schemas import InternalSchema
from tests.repositories import rows
from tests.shop.models import Category, Document, Product, Review, Sample, Tag
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.document import DjangoDocumentRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryInsert, CategoryQuery, CategoryRead
from tests.shop.schemas.document import DocumentChanges, DocumentInsert
from tests.shop.schemas.note import NoteInsert
from tests.shop.schemas.product import ProductChanges, ProductInsert, ProductRead
from tests.shop.schemas.sample import SampleInsert
from tests.shop.schemas.tag import TagChanges, TagInsert
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def signals() -> Iterator[list[tuple[str, Any]]]:
    """Return what the signals of products say, as it happens."""
    heard: list[tuple[str, Any]] = []

    def saving(sender: object, update_fields: frozenset[str] | None, **_: object) -> None:
        heard.append(("saving", update_fields and set(update_fields)))

    def saved(sender: object, created: bool, **_: object) -> None:
        heard.append(("saved", created))

    def deleted(sender: object, **_: object) -> None:
        heard.append(("deleted", None))

    def listed(sender: object, action: str, **_: object) -> None:
        heard.append(("listed", action))

    pre_save.connect(saving, sender=Product)
    post_save.connect(saved, sender=Product)
    post_delete.connect(deleted, sender=Product)
    m2m_changed.connect(listed, sender=Product.tags.through)
    yield heard
    pre_save.disconnect(saving, sender=Product)
    post_save.disconnect(saved, sender=Product)
    post_delete.disconnect(deleted, sender=Product)
    m2m_changed.disconnect(listed, sender=Product.tags.through)


def new_product(**values: Any) -> ProductInsert:
    return ProductInsert(
        **{
            "sku": "sku",
            "name": "name",
            "price": Decimal(1),
            "status": ProductStatus.DRAFT,
            "category_id": None,
            "tag_ids": (),
            **values,
        }
    )


def added(**values: Any) -> ProductRead:
    return DjangoProductRepository().add(new_product(**values))


def test_a_new_row_comes_back_as_it_is_stored() -> None:
    kind, tags = rows.category("kind"), (rows.tag("a"), rows.tag("b"))
    product = added(category_id=kind.pk, tag_ids=(tags[1].pk, tags[0].pk, tags[1].pk), price=Decimal("1.5"))
    assert product == DjangoProductRepository().get(product.id)
    assert product.category is not None
    assert (product.category.name, product.price) == ("kind", Decimal("1.50"))
    assert product.tag_ids == (tags[0].pk, tags[1].pk)
    assert product.created_at <= product.updated_at


def test_a_key_is_made_by_the_model() -> None:
    note = DjangoNoteRepository().add(NoteInsert(user_id=rows.user().pk, title="x"))
    assert DjangoNoteRepository().get(note.id) == note


def test_a_row_that_is_not_there_is_not_found() -> None:
    repository = DjangoTagRepository()
    for write in (
        lambda: repository.get(7),
        lambda: repository.update(7, TagChanges(name="x")),
        lambda: repository.update(7, TagChanges()),
        lambda: repository.delete(7),
        lambda: repository.update(10**30, TagChanges(name="x")),
        lambda: repository.delete(-(10**30)),
    ):
        with pytest.raises(NotFound, match="There is no such tag"):
            write()
    assert repository.get_or_none(7) is None
    assert repository.get_or_none(10**30) is None
    assert not repository.exists(10**30)
    assert repository.many([7, 10**30]) == ()


def test_a_change_writes_what_is_given_and_nothing_else(signals: list[tuple[str, Any]]) -> None:
    product = added()
    Product.objects.filter(pk=product.id).update(sku="changed meanwhile")
    signals.clear()
    changed = DjangoProductRepository().update(product.id, ProductChanges(name="new"))
    assert (changed.name, changed.sku) == ("new", "changed meanwhile")
    assert signals == [("saving", {"name", "updated_at"}), ("saved", False)]


def test_a_change_moves_what_is_automatic() -> None:
    product = added()
    changed = DjangoProductRepository().update(product.id, ProductChanges(name="new"))
    assert changed.updated_at > product.updated_at
    assert changed.created_at == product.created_at


def test_a_change_of_nothing_writes_nothing(
    signals: list[tuple[str, Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = added()
    signals.clear()
    assert DjangoProductRepository().update(product.id, ProductChanges()) == product
    assert signals == []


def test_null_is_stored_where_it_may_be() -> None:
    product = added(category_id=rows.category().pk)
    assert DjangoProductRepository().update(product.id, ProductChanges(category_id=None)).category is None


def test_null_is_refused_where_it_may_not_be(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    class LooseChanges(InternalSchema):
        name: str | None

    class LooseRepository(ModelRepository[Category, CategoryRead, CategoryInsert, LooseChanges, CategoryQuery]):
        """Categories with a schema that allows too much."""

    kind = rows.category("kind")
    with django_assert_num_queries(0), pytest.raises(RuleViolated, match="A category needs its name") as caught:
        LooseRepository().update(kind.pk, LooseChanges(name=None))
    assert (caught.value.fields, caught.value.code) == (("name",), "required")


def test_a_list_of_keys_is_replaced_as_a_whole() -> None:
    a, b, c = (rows.tag(name) for name in "abc")
    product = added(tag_ids=(a.pk, b.pk))
    changed = DjangoProductRepository().update(product.id, ProductChanges(tag_ids=(c.pk, b.pk)))
    assert changed.tag_ids == (b.pk, c.pk)
    assert changed.updated_at > product.updated_at
    assert DjangoProductRepository().update(product.id, ProductChanges(tag_ids=())).tags == ()


def test_signals_are_sent_as_everywhere_in_django(signals: list[tuple[str, Any]]) -> None:
    product = added(tag_ids=(rows.tag().pk,))
    DjangoProductRepository().delete(product.id)
    assert signals == [
        ("saving", None),
        ("saved", True),
        ("listed", "pre_add"),
        ("listed", "post_add"),
        ("deleted", None),
    ]


def test_an_own_save_of_the_model_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    save = Tag.save

    def shouting(self: Tag, **options: Any) -> None:
        self.name = self.name.upper()
        save(self, **options)

    monkeypatch.setattr(Tag, "save", shouting)
    tag = DjangoTagRepository().add(TagInsert(name="a"))
    assert tag.name == "A"
    assert DjangoTagRepository().update(tag.id, TagChanges(name="b")).name == "B"


def test_an_own_delete_of_the_model_need_not_take_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = rows.tag()
    asked = []

    def remembering(self: Tag) -> None:
        asked.append(self.pk)

    monkeypatch.setattr(Tag, "delete", remembering)
    DjangoTagRepository().delete(tag.pk)

    assert asked == [tag.pk]


def test_a_deleted_row_takes_along_what_the_model_says() -> None:
    by = rows.user()
    DjangoNoteRepository().add(NoteInsert(user_id=by.pk, title="x"))
    tag = rows.tag()
    product = added(tag_ids=(tag.pk,))
    DjangoTagRepository().delete(tag.pk)
    assert DjangoProductRepository().get(product.id).tag_ids == ()


def test_a_row_that_is_protected_stays_and_says_by_what() -> None:
    kind = rows.category()
    added(category_id=kind.pk)
    rows.category(parent=kind)
    with pytest.raises(Conflict) as caught:
        DjangoCategoryRepository().delete(kind.pk)
    assert caught.value.detail == "The category is still referred to by categories and products."
    assert caught.value.code == "still_referenced"
    assert DjangoCategoryRepository().exists(kind.pk)


def test_a_caught_refusal_leaves_a_usable_transaction() -> None:
    rows.tag("a")
    with transaction.atomic():
        for _ in range(2):
            with pytest.raises(Conflict):
                DjangoTagRepository().add(TagInsert(name="a"))
        DjangoTagRepository().add(TagInsert(name="b"))
    assert Tag.objects.count() == 2


def test_a_row_and_its_lists_are_stored_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(sender: object, **_: object) -> None:
        raise ZeroDivisionError

    m2m_changed.connect(broken, sender=Product.tags.through)
    try:
        with pytest.raises(ZeroDivisionError):
            added(tag_ids=(rows.tag().pk,))
    finally:
        m2m_changed.disconnect(broken, sender=Product.tags.through)
    assert Product.objects.count() == 0


def test_many_rows_are_stored_by_a_number_of_queries_that_does_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries, signals: list[tuple[str, Any]]
) -> None:
    a, b = rows.tag("a"), rows.tag("b")
    repository = DjangoProductRepository()
    for size in (1, 6):
        some = [new_product(sku=f"{size}-{n}", tag_ids=(b.pk, a.pk, b.pk)) for n in range(size)]
        # A savepoint and its release, the rows, whether the tags are there, the lists, and three to read.
        with django_assert_num_queries(8):
            stored = repository.add_many(some)
        assert [product.sku for product in stored] == [product.sku for product in some]
        assert {product.tag_ids for product in stored} == {(a.pk, b.pk)}
    assert signals == []
    assert repository.add_many([]) == ()


def test_many_rows_are_stored_all_or_none() -> None:
    with pytest.raises(Conflict) as caught:
        DjangoTagRepository().add_many([TagInsert(name="a"), TagInsert(name="b"), TagInsert(name="a")])
    assert caught.value.fields == ("name",)
    assert Tag.objects.count() == 0


def test_many_rows_are_stored_where_the_database_does_not_tell_their_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(connection.features), "can_return_rows_from_bulk_insert", False)
    assert [tag.name for tag in DjangoTagRepository().add_many([TagInsert(name=name) for name in "ba"])] == ["b", "a"]


def test_a_version_counts_changes() -> None:
    repository = DjangoDocumentRepository()
    document = repository.add(DocumentInsert(title="a"))
    assert document.version == 1
    assert repository.update(document.id, DocumentChanges(title="b"), version=1).version == 2
    assert repository.update(document.id, DocumentChanges(title="c")).version == 3
    assert repository.update(document.id, DocumentChanges()).version == 3


def test_a_row_that_somebody_else_changed_is_stale() -> None:
    repository = DjangoDocumentRepository()
    document = repository.add(DocumentInsert(title="a"))
    repository.update(document.id, DocumentChanges(title="b"), version=1)
    for write in (
        lambda: repository.update(document.id, DocumentChanges(title="c"), version=1),
        lambda: repository.update(document.id, DocumentChanges(), version=1),
        lambda: repository.delete(document.id, version=1),
    ):
        with pytest.raises(Stale, match=r"The document was changed"):
            write()
    assert Document.objects.get().title == "b"
    repository.delete(document.id, version=2)
    assert not Document.objects.exists()


def test_a_version_where_none_is_counted_is_a_mistake() -> None:
    tag = rows.tag()
    with pytest.raises(DeclarationError, match=r"shop.Tag counts none. Give the model `version = models.Positive"):
        DjangoTagRepository().update(tag.pk, TagChanges(name="x"), version=1)


class VisibleTags(DjangoTagRepository):
    """Tags but those that begin with a full stop."""

    def _queryset(self) -> QuerySet[Tag]:
        return super()._queryset().exclude(name__startswith=".")


def test_a_row_that_the_repository_does_not_show_cannot_be_written() -> None:
    hidden, shown = rows.tag(".hidden"), rows.tag("shown")
    repository = VisibleTags()
    assert repository.get_or_none(hidden.pk) is None
    with pytest.raises(NotFound):
        repository.update(hidden.pk, TagChanges(name="x"))
    with pytest.raises(NotFound):
        repository.delete(hidden.pk)
    assert repository.update(shown.pk, TagChanges(name=".now hidden")).name == ".now hidden"
    assert repository.add(TagInsert(name=".new")).name == ".new"


def test_a_reference_to_a_row_without_a_service_can_be_required() -> None:
    repository = DjangoNoteRepository()
    by = rows.user()
    repository._require_related("user", by.pk)
    for key in (by.pk + 1, 10**30):
        with pytest.raises(NotFound, match="no such user"):
            repository._require_related("user", key)
    with pytest.raises(DeclarationError, match=r"'title' is not a reference of shop\.Note"):
        repository._require_related("title", 1)
    DjangoProductRepository()._require_related("tags", rows.tag().pk)
    with pytest.raises(NotFound, match="There is no such tag"):
        DjangoProductRepository()._require_related("tags", 10**9)


def test_the_first_row_of_an_own_query_or_none_is_not_found() -> None:
    repository = DjangoTagRepository()
    rows.tag("b")
    rows.tag("a")
    assert repository._read_one(repository._queryset().order_by("name")).name == "a"
    with pytest.raises(NotFound):
        repository._read_one(repository._queryset().filter(name="z"))


def test_what_cannot_be_stored_is_refused_before_the_first_request() -> None:
    class WrongInsert(InternalSchema):
        category: int
        reviews: int
        tags: tuple[int, ...]
        nme: str

    class WrongRepository(
        ModelRepository[
            Product, ProductRead, WrongInsert, ProductChanges, DjangoProductRepository.declaration().query  # type: ignore[misc]
        ]
    ):
        id_lists = {"tag_ids": "tags"}  # noqa: RUF012
        filters = DjangoProductRepository.filters

    with pytest.raises(DeclarationError) as caught:
        compiled(WrongRepository)
    reference, reverse, many, typo = caught.value.problems
    assert reference.endswith("is a reference, which is stored by its key. Name the field category_id.")
    assert "WrongInsert.reviews (shop.Product) is no column" in reverse
    assert "WrongInsert.tags (shop.Product) is no column" in many
    assert "Did you mean 'name'?" in typo


def test_an_enumeration_and_a_null_are_stored_as_the_model_says() -> None:
    sample = DjangoSampleRepository().add(SampleInsert(title="x", data=None))
    assert sample.data is None
    assert Sample.objects.filter(data__isnull=True).exists()
    assert added(status=ProductStatus.RETIRED).status is ProductStatus.RETIRED
    with pytest.raises(ValidationError):
        new_product(status="no such status")


def test_an_owner_that_is_shared_changes_nothing_for_the_repository() -> None:
    written = rows.review(rows.product(), rows.user())
    assert Review.objects.get() == written
