"""The database in memory as a whole: its repositories, its unit of work, and rows of other models."""

import io
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import models
from django.db.models import Manager, QuerySet
from django.test.utils import isolate_apps

from django_layers.errors import Busy, Conflict, NotFound, RuleViolated, Stale
from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.schemas import InternalSchema, Page, ResponseSchema, Upload
from django_layers.testing import InMemoryRepository, MemoryDatabase
from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.tables import Row
from tests.shop.models import Tag
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.document import DjangoDocumentRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryInsert
from tests.shop.schemas.document import DocumentChanges, DocumentInsert, DocumentRead
from tests.shop.schemas.note import NoteInsert, NoteQuery
from tests.shop.schemas.product import ProductChanges, ProductQuery
from tests.shop.schemas.review import ReviewChanges, ReviewInsert, ReviewQuery
from tests.shop.schemas.tag import TagChanges, TagInsert, TagQuery, TagRead
from tests.testing.test_contract import product


class TagName(ResponseSchema):
    """The name of a tag alone."""

    name: str


class LongTags(DjangoTagRepository):
    """Tags with a query of their own, and one made of what every repository has."""

    def long(self) -> tuple[TagRead, ...]:
        return self._read(self._queryset().filter(name__regex="...."))

    def add_twice(self, name: str) -> tuple[TagRead, TagRead]:
        return self.add(TagInsert(name=name)), self.add(TagInsert(name=f"{name} again"))


class InMemoryLongTags(LongTags, InMemoryRepository[Tag, TagRead, TagInsert, TagChanges, TagQuery]):
    """The same, without a query."""

    def long(self) -> tuple[TagRead, ...]:
        return tuple(tag for tag in self._rows() if len(tag.name) >= 4)

    def names(self) -> tuple[TagName, ...]:
        return self._rows_as(TagName)


class ShortTags(DjangoTagRepository):
    """Only the tags with a short name."""

    def _queryset(self) -> QuerySet[Tag]:
        return super()._queryset().filter(name__regex="^.{1,3}$")


class InMemoryShortTags(ShortTags, InMemoryRepository[Tag, TagRead, TagInsert, TagChanges, TagQuery]):
    """The same, without a query."""

    def _shows(self, row: Row) -> bool:
        return len(str(row["name"])) <= 3


class RelatedReviews(DjangoReviewRepository):
    """Reviews that ask for their references themselves."""

    def require_product(self, product_id: int, /) -> None:
        self._require_related("product", product_id)

    def require_user(self, user_id: int, /) -> None:
        self._require_related("user", user_id)


class FiledDocuments(DjangoDocumentRepository):
    """Documents with a file."""

    def set_file(self, document_id: int, upload: Upload, /, *, version: int | None = None) -> DocumentRead:
        return self._store_file(document_id, "file", upload, version=version)

    def remove_file(self, document_id: int, /, *, version: int | None = None) -> DocumentRead:
        return self._remove_file(document_id, "file", version=version)


@pytest.fixture
def database() -> MemoryDatabase:
    return MemoryDatabase()


def upload(name: str, content: bytes = b"x") -> Upload:
    return Upload(name=name, content_type="text/plain", content=io.BytesIO(content), size=len(content))


def test_a_repository_is_of_the_class_that_was_asked_for_and_the_same_each_time(database: MemoryDatabase) -> None:
    tags = database.repository(DjangoTagRepository)

    assert isinstance(tags, DjangoTagRepository)
    assert database.repository(DjangoTagRepository) is tags
    assert MemoryDatabase().repository(DjangoTagRepository) is not tags


def test_two_databases_share_nothing(database: MemoryDatabase) -> None:
    database.repository(DjangoTagRepository).add(TagInsert(name="here"))

    assert not MemoryDatabase().repository(DjangoTagRepository).page(TagQuery()).items


def test_repositories_of_one_database_see_each_others_rows(database: MemoryDatabase) -> None:
    category = database.repository(DjangoCategoryRepository).add(CategoryInsert(name="c", parent_id=None, position=1))
    values = product(1).model_copy(update={"category_id": category.id})
    added = database.repository(DjangoProductRepository).add(values)

    assert added.category is not None
    assert added.category.name == "c"


def test_everything_that_a_repository_offers_works(database: MemoryDatabase) -> None:
    tags = database.repository(DjangoTagRepository)
    added = tags.add_many([TagInsert(name="a"), TagInsert(name="b"), TagInsert(name="c")])

    assert tags.many([3, 99, 1, 3]) == (added[2], added[0])
    assert tags.get_or_none(99) is None
    assert tags.get_or_none(1) == added[0]
    assert (tags.exists(1), tags.exists(99)) == (True, False)
    assert tags.count(TagQuery(limit=1)) == 3
    assert tags.count(TagQuery(name="b")) == 1
    with pytest.raises(Conflict):
        tags.add_many([TagInsert(name="d"), TagInsert(name="a")])
    assert tags.count(TagQuery()) == 3


def test_filters_by_other_lookups_and_through_relations(database: MemoryDatabase) -> None:
    tag = database.repository(DjangoTagRepository).add(TagInsert(name="t"))
    products = database.repository(DjangoProductRepository)
    added = [products.add(product(number)) for number in range(4)]
    tagged = products.update(added[0].id, ProductChanges(tag_ids=(tag.id,)))

    assert products.page(ProductQuery(tag_id=tag.id)).items == (tagged,)
    assert [each.id for each in products.page(ProductQuery(price_min=2, price_max=3)).items] == [4, 3]
    assert {each.id for each in products.page(ProductQuery(name_contains="CT 0")).items} == {1, 4}


def test_private_rows_are_counted_and_found_for_their_owner(database: MemoryDatabase) -> None:
    notes = database.repository(DjangoNoteRepository)
    mine, other = notes.add(NoteInsert(user_id=1, title="a")), notes.add(NoteInsert(user_id=2, title="b"))

    assert notes.count(NoteQuery(), visible_to=1) == 1
    assert notes.many([mine.id, other.id], visible_to=1) == (mine,)
    assert not notes.exists(other.id, visible_to=1)
    with pytest.raises(DeclarationError, match="its rows have none"):
        database.repository(DjangoTagRepository).count(TagQuery(), visible_to=1)


def test_a_version_is_counted_up_and_asked_for(database: MemoryDatabase) -> None:
    documents = database.repository(DjangoDocumentRepository)
    first = documents.add(DocumentInsert(title="a"))
    second = documents.update(first.id, DocumentChanges(title="b"), version=1)

    assert (first.version, second.version) == (1, 2)
    assert documents.update(first.id, DocumentChanges(), version=2).version == 2
    with pytest.raises(Stale):
        documents.update(first.id, DocumentChanges(title="c"), version=1)
    with pytest.raises(Stale):
        documents.delete(first.id, version=1)
    with pytest.raises(DeclarationError, match="counts none"):
        database.repository(DjangoTagRepository).delete(1, version=1)
    documents.delete(first.id, version=2)
    with pytest.raises(NotFound):
        documents.get(first.id)


def test_null_where_there_must_be_a_value_is_refused_before_anything_else(database: MemoryDatabase) -> None:
    tags = database.repository(DjangoTagRepository)

    with pytest.raises(RuleViolated) as caught:
        tags.update(99, TagChanges.model_construct(name=None))
    assert caught.value.fields == ("name",)


def test_a_missing_key_in_a_list_is_named_as_the_schema_names_the_list(database: MemoryDatabase) -> None:
    products = database.repository(DjangoProductRepository)

    with pytest.raises(RuleViolated) as caught:
        products.add(product(1).model_copy(update={"tag_ids": (99,)}))
    assert caught.value.fields == ("tag_ids",)
    assert products.count(ProductQuery()) == 0


def test_references_to_models_without_a_repository_are_asked_of_what_was_registered(database: MemoryDatabase) -> None:
    reviews = database.repository(RelatedReviews)
    with pytest.raises(NotFound) as caught:
        reviews.require_user(1)
    assert "MemoryDatabase.register('auth.User', 1)" in caught.value.__notes__[0]

    database.register("auth.User", 1, 2)
    reviews.require_user(2)
    with pytest.raises(NotFound):
        reviews.require_user(3)
    with pytest.raises(NotFound, match="There is no such product"):
        reviews.require_product(1)
    database.repository(DjangoProductRepository).add(product(1))
    reviews.require_product(1)


def test_an_unknown_label_is_refused(database: MemoryDatabase) -> None:
    with pytest.raises(LookupError):
        database.register("shop.Nothing", 1)


def test_files_are_stored_replaced_and_removed_without_a_storage(database: MemoryDatabase) -> None:
    documents = database.repository(FiledDocuments)
    key = documents.add(DocumentInsert(title="a")).id
    other = documents.add(DocumentInsert(title="b")).id
    assert documents.get(key).file is None

    first = documents.set_file(key, upload("../../a b.txt")).file
    second = documents.set_file(other, upload("a b.txt")).file
    assert first is not None
    assert first.endswith("shop/document/file/a_b.txt")
    assert second not in (None, first)
    assert documents.remove_file(key).file is None
    assert documents.remove_file(key).version == documents.get(key).version == 3
    with pytest.raises(NotFound):
        documents.set_file(99, upload("x"))


def test_the_file_of_a_row_with_another_version_stays(database: MemoryDatabase) -> None:
    documents = database.repository(FiledDocuments)
    key = documents.add(DocumentInsert(title="a")).id
    changed = documents.set_file(key, upload("a.txt"), version=1)

    with pytest.raises(Stale):
        documents.set_file(key, upload("b.txt"), version=1)
    with pytest.raises(Stale):
        documents.remove_file(key, version=1)

    assert documents.get(key) == changed
    assert documents.remove_file(key, version=2).file is None


@pytest.mark.parametrize("ending", ["replaced", "removed", "deleted"])
def test_the_name_of_a_file_is_free_again_once_nothing_can_bring_the_file_back(
    database: MemoryDatabase, ending: str
) -> None:
    documents = database.repository(FiledDocuments)
    key = documents.add(DocumentInsert(title="a")).id
    name = documents.set_file(key, upload("a.txt")).file

    def end() -> None:
        if ending == "replaced":
            documents.set_file(key, upload("b.txt"))
        elif ending == "removed":
            documents.remove_file(key)
        else:
            documents.delete(key)

    def end_and_fail() -> None:
        with database.unit_of_work()():
            end()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        end_and_fail()
    other = documents.add(DocumentInsert(title="b")).id
    assert documents.set_file(other, upload("a.txt")).file != name
    end()
    assert documents.set_file(other, upload("a.txt")).file == name


def test_methods_made_of_what_every_repository_has_run_as_they_are(database: MemoryDatabase) -> None:
    assert [tag.name for tag in database.repository(LongTags).add_twice("x")] == ["x", "x again"]


def test_a_query_of_its_own_is_refused_with_the_way_out_which_works(database: MemoryDatabase) -> None:
    with pytest.raises(NotInMemory, match=r"MemoryDatabase\.use\(LongTags, \.\.\.\)"):
        database.repository(LongTags).long()

    database = MemoryDatabase()
    database.use(LongTags, InMemoryLongTags)
    tags = database.repository(LongTags)
    tags.add_twice("x")
    assert isinstance(tags, InMemoryLongTags)
    assert [tag.name for tag in tags.long()] == ["x again"]
    assert tags.names() == (TagName(name="x"), TagName(name="x again"))


def test_a_repository_that_shows_only_some_rows_is_refused_with_the_way_out_which_works(
    database: MemoryDatabase,
) -> None:
    with pytest.raises(NotInMemory, match="overriding `_shows`"):
        database.repository(ShortTags)

    database.use(ShortTags, InMemoryShortTags)
    tags = database.repository(ShortTags)
    hidden, shown = tags.add(TagInsert(name="long")), tags.add(TagInsert(name="a"))
    assert tags.page(TagQuery()).items == (shown,)
    with pytest.raises(NotFound):
        tags.update(hidden.id, TagChanges(name="b"))


@isolate_apps("tests.shop")
def test_a_manager_that_hides_rows_is_refused() -> None:
    class LiveManager(Manager["Page"]):
        def get_queryset(self) -> QuerySet["Page"]:
            return super().get_queryset().filter(live=True)

    class Page(models.Model):
        live = models.BooleanField()
        objects = LiveManager()

        class Meta:
            app_label = "shop"

        def __str__(self) -> str:
            return "page"

    class PageRead(ResponseSchema):
        id: int
        live: bool

    class DjangoPages(ModelRepository[Page, PageRead, PageRead, PageRead, TagQuery]):
        """Pages in the database."""

    with pytest.raises(NotInMemory, match="the default manager of Page"):
        MemoryDatabase().repository(DjangoPages)


@isolate_apps("tests.shop")
def test_a_manager_that_only_orders_rows_hides_none() -> None:
    class OrderedManager(Manager["Page"]):
        def get_queryset(self) -> QuerySet["Page"]:
            return super().get_queryset().select_related("parent").order_by("name")

    class Page(models.Model):
        name = models.CharField(max_length=9)
        parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE)
        objects = OrderedManager()

        class Meta:
            app_label = "shop"

        def __str__(self) -> str:
            return "page"

    class PageInsert(InternalSchema):
        name: str

    class PageRead(ResponseSchema):
        id: int
        name: str

    class DjangoPages(ModelRepository[Page, PageRead, PageInsert, PageInsert, TagQuery]):
        """Pages in the database."""

    pages = MemoryDatabase().repository(DjangoPages)

    assert pages.get(pages.add(PageInsert(name="a")).id).name == "a"


def test_use_refuses_a_class_that_is_no_subclass_and_one_that_comes_too_late(database: MemoryDatabase) -> None:
    unrelated: Any = DjangoNoteRepository
    with pytest.raises(TypeError, match="no subclass of LongTags"):
        database.use(LongTags, unrelated)
    database.repository(LongTags)
    with pytest.raises(TypeError, match="asked for already"):
        database.use(LongTags, InMemoryLongTags)


def test_callbacks_wait_for_the_outermost_block_and_not_for_one_that_fails(database: MemoryDatabase) -> None:
    unit_of_work = database.unit_of_work()
    called: list[str] = []

    def fail() -> None:
        unit_of_work.on_commit(lambda: called.append("undone"))
        raise KeyError

    def fail_in(block: AbstractContextManager[None]) -> None:
        with block:
            fail()

    unit_of_work.on_commit(lambda: called.append("outside"))
    with unit_of_work():
        with unit_of_work():
            unit_of_work.on_commit(lambda: called.append("inside"))
        with pytest.raises(KeyError):
            fail_in(unit_of_work.savepoint())
        assert called == ["outside"]
    with pytest.raises(KeyError):
        fail_in(unit_of_work())

    assert called == ["outside", "inside"]


def test_run_tries_again_while_the_database_is_busy_and_undoes_each_attempt(database: MemoryDatabase) -> None:
    tags = database.repository(DjangoTagRepository)
    unit_of_work = database.unit_of_work()
    attempts: list[int] = []

    def busy(failures: int) -> TagRead:
        attempts.append(failures)
        added = tags.add(TagInsert(name="once"))
        if len(attempts) <= failures:
            raise Busy
        return added

    assert unit_of_work.run(lambda: busy(2)).name == "once"
    assert (len(attempts), tags.count(TagQuery())) == (3, 1)

    attempts.clear()
    tags.delete(tags.page(TagQuery()).items[0].id)
    with pytest.raises(Busy):
        unit_of_work.run(lambda: busy(9), retries=1)
    assert (len(attempts), tags.count(TagQuery())) == (2, 0)

    attempts.clear()
    with pytest.raises(Busy), unit_of_work():
        unit_of_work.run(lambda: busy(1))
    assert len(attempts) == 1


def test_after_a_caught_conflict_the_unit_of_work_goes_on(database: MemoryDatabase) -> None:
    tags = database.repository(DjangoTagRepository)
    with database.unit_of_work()():
        tags.add(TagInsert(name="a"))
        with pytest.raises(Conflict):
            tags.add(TagInsert(name="a"))
        tags.add(TagInsert(name="b"))

    assert tags.count(TagQuery()) == 2


def test_no_connection_is_ever_used(database: MemoryDatabase) -> None:
    # pytest-django refuses connections to tests without a mark, so this test fails if one is asked for.
    database.register("auth.User", 1)
    reviews = database.repository(DjangoReviewRepository)
    key = database.repository(DjangoProductRepository).add(product(1)).id
    review = reviews.add(ReviewInsert(product_id=key, user_id=1, stars=1, comment=""))

    assert reviews.update(review.id, ReviewChanges(stars=2)).stars == 2
    with pytest.raises(Conflict, match="still referred to by reviews"):
        database.repository(DjangoProductRepository).delete(key)
    reviews.delete(review.id)
    assert not reviews.page(ReviewQuery()).items


def test_a_query_of_ones_own_pages_and_reads_rows_by_their_keys() -> None:
    class InMemoryTags(DjangoTagRepository, InMemoryRepository[Tag, TagRead, TagInsert, TagChanges, TagQuery]):
        def short(self, query: TagQuery) -> Page[TagRead]:
            return self._page_of((row.id for row in self._rows() if len(row.name) == 1), query)

        def name(self, key: int) -> str:
            return self._row_as(key, TagName).name

    memory = MemoryDatabase()
    memory.use(DjangoTagRepository, InMemoryTags)
    tags = memory.repository(InMemoryTags)
    added = [tags.add(TagInsert(name=name)) for name in ("b", "long", "c", "a")]
    first = tags.short(TagQuery(limit=2, order_by="name", include_total=True))
    assert ([row.name for row in first.items], first.total) == (["a", "b"], 3)
    rest = tags.short(TagQuery(limit=2, order_by="name", cursor=first.next_cursor))
    assert [row.name for row in rest.items] == ["c"]
    assert tags.name(added[1].id) == "long"
    with pytest.raises(NotFound):
        tags.name(99)
