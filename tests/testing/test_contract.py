"""The repositories of the shop keep the contract, in the database and in memory alike."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from django_layers.repositories import database_unit_of_work
from django_layers.services import UnitOfWork
from django_layers.testing import MemoryDatabase, RepositoryContract
from tests.bookings.repositories import DjangoHallRepository, HallChanges, HallInsert, HallQuery, HallRead
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.details import DjangoDetailsRepository
from tests.shop.repositories.orm.document import DjangoDocumentRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead
from tests.shop.schemas.details import DetailsChanges, DetailsInsert, DetailsQuery, DetailsRead
from tests.shop.schemas.document import DocumentChanges, DocumentInsert, DocumentQuery, DocumentRead
from tests.shop.schemas.note import NoteChanges, NoteInsert, NoteQuery, NoteRead
from tests.shop.schemas.product import ProductChanges, ProductInsert, ProductQuery, ProductRead
from tests.shop.schemas.review import ReviewChanges, ReviewInsert, ReviewQuery, ReviewRead
from tests.shop.schemas.sample import SampleChanges, SampleInsert, SampleQuery, SampleRead
from tests.shop.schemas.tag import TagChanges, TagInsert, TagQuery, TagRead
from tests.shop.types import ProductStatus


class Place:
    """Where the rows are: in the database, or in memory."""

    def __init__(self, memory: MemoryDatabase | None) -> None:
        self._memory = memory
        self.unit_of_work: UnitOfWork = memory.unit_of_work() if memory else database_unit_of_work()

    def repository(self, repository: Any) -> Any:
        """Return a repository on this place."""
        return self._memory.repository(repository) if self._memory else repository()

    def users(self, *keys: int) -> None:
        """Make users with these keys."""
        if self._memory:
            self._memory.register("auth.User", *keys)
        else:
            User.objects.bulk_create([User(pk=key, username=f"user {key}") for key in keys])

    def product(self, number: int) -> int:
        """Add a product, and return its key."""
        added = self.repository(DjangoProductRepository).add(product(number))
        assert isinstance(added.id, int)
        return added.id


def product(number: int) -> ProductInsert:
    """Return a new product that refers to nothing."""
    return ProductInsert(
        sku=f"s{number}",
        name=f"product {number % 3}",
        price=Decimal(number % 4),
        status=list(ProductStatus)[number % 2],
        category_id=None,
        tag_ids=(),
    )


@pytest.fixture(params=[pytest.param("database", marks=pytest.mark.django_db), "memory"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each place in turn."""
    return Place(MemoryDatabase() if request.param == "memory" else None)


class InTheShop:
    """What the contracts of the shop share."""

    @pytest.fixture
    def unit_of_work(self, place: Place) -> UnitOfWork:
        return place.unit_of_work


class TestTags(InTheShop, RepositoryContract[TagRead, TagInsert, TagChanges, TagQuery]):
    query = TagQuery
    unique = ("name",)

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoTagRepository)

    @pytest.fixture
    def insert(self) -> Callable[[int], TagInsert]:
        return lambda number: TagInsert(name=f"tag {number * 7 % 10}")

    @pytest.fixture
    def changes(self) -> TagChanges:
        return TagChanges(name="changed")

    @pytest.fixture
    def duplicate(self) -> Callable[[TagRead], TagInsert]:
        return lambda tag: TagInsert(name=tag.name)


class TestHalls(InTheShop, RepositoryContract[HallRead, HallInsert, HallChanges, HallQuery]):
    """Whose rows are in two tables."""

    query = HallQuery
    unique = ("code",)

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoHallRepository)

    @pytest.fixture
    def insert(self) -> Callable[[int], HallInsert]:
        return lambda number: HallInsert(name=f"hall {number}", code=str(number * 7 % 10), seats=number)

    @pytest.fixture
    def changes(self) -> HallChanges:
        return HallChanges(name="changed", seats=9)

    @pytest.fixture
    def duplicate(self) -> Callable[[HallRead], HallInsert]:
        return lambda hall: HallInsert(name="another", code=hall.code, seats=1)


class TestCategories(InTheShop, RepositoryContract[CategoryRead, CategoryInsert, CategoryChanges, CategoryQuery]):
    query = CategoryQuery
    unique = ("name",)

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoCategoryRepository)

    @pytest.fixture
    def insert(self, repository: Any) -> Callable[[int], CategoryInsert]:
        top = repository.add(CategoryInsert(name="top", parent_id=None, position=None))

        def insert(number: int) -> CategoryInsert:
            return CategoryInsert(
                name=f"category {number}",
                parent_id=top.id if number % 2 else None,
                position=(None, 3, 3, -1)[number % 4],
            )

        return insert

    @pytest.fixture
    def rows(self, repository: Any, insert: Callable[[int], CategoryInsert]) -> list[CategoryRead]:
        made = [repository.add(insert(number)) for number in range(7)]
        return [*made, *(row for row in repository.page(CategoryQuery(name="top")).items)]

    @pytest.fixture
    def changes(self) -> CategoryChanges:
        return CategoryChanges(position=99)

    @pytest.fixture
    def duplicate(self) -> Callable[[CategoryRead], CategoryInsert]:
        return lambda category: CategoryInsert(name=category.name, parent_id=None, position=None)

    @pytest.fixture
    def dangling(self) -> CategoryInsert:
        return CategoryInsert(name="lost", parent_id=2_000_000_000, position=None)


class TestProducts(InTheShop, RepositoryContract[ProductRead, ProductInsert, ProductChanges, ProductQuery]):
    query = ProductQuery
    unique = ("sku",)

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoProductRepository)

    @pytest.fixture
    def insert(self, place: Place) -> Callable[[int], ProductInsert]:
        categories = place.repository(DjangoCategoryRepository)
        category = categories.add(CategoryInsert(name="category", parent_id=None, position=None))
        tags = [place.repository(DjangoTagRepository).add(TagInsert(name=f"tag {number}")).id for number in range(3)]

        def insert(number: int) -> ProductInsert:
            values = product(number)
            return values.model_copy(
                update={
                    "category_id": category.id if number % 3 == 1 else None,
                    "name": f"product {number}",
                    "tag_ids": tuple(tags[: number % 4]),
                }
            )

        return insert

    @pytest.fixture
    def changes(self, place: Place) -> ProductChanges:
        tag = place.repository(DjangoTagRepository).add(TagInsert(name="new"))
        return ProductChanges(name="changed", category_id=None, tag_ids=(tag.id,))

    @pytest.fixture
    def duplicate(self) -> Callable[[ProductRead], ProductInsert]:
        return lambda row: product(50).model_copy(update={"sku": row.sku})

    @pytest.fixture
    def dangling(self) -> ProductInsert:
        return product(50).model_copy(update={"category_id": 2_000_000_000})


class TestReviews(InTheShop, RepositoryContract[ReviewRead, ReviewInsert, ReviewChanges, ReviewQuery]):
    query = ReviewQuery
    unique = ("product_id", "user_id")

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoReviewRepository)

    @pytest.fixture
    def insert(self, place: Place) -> Callable[[int], ReviewInsert]:
        place.users(*range(1, 10))
        key = place.product(1)
        return lambda number: ReviewInsert(product_id=key, user_id=number + 1, stars=1 + number % 5, comment="")

    @pytest.fixture
    def changes(self) -> ReviewChanges:
        return ReviewChanges(comment="changed")

    @pytest.fixture
    def duplicate(self) -> Callable[[ReviewRead], ReviewInsert]:
        return lambda row: ReviewInsert(product_id=row.product_id, user_id=row.user_id, stars=1, comment="")

    @pytest.fixture
    def dangling(self) -> ReviewInsert:
        return ReviewInsert(product_id=2_000_000_000, user_id=1, stars=1, comment="")


class TestNotes(InTheShop, RepositoryContract[NoteRead, NoteInsert, NoteChanges, NoteQuery]):
    query = NoteQuery
    owner = "user_id"

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoNoteRepository)

    @pytest.fixture
    def insert(self, place: Place) -> Callable[[int], NoteInsert]:
        place.users(1, 2, 3)
        return lambda number: NoteInsert(user_id=1 + number % 3, title=f"note {number}")

    @pytest.fixture
    def changes(self) -> NoteChanges:
        return NoteChanges(title="changed")

    @pytest.fixture
    def missing_key(self) -> UUID:
        return UUID(int=0)


class TestDetails(InTheShop, RepositoryContract[DetailsRead, DetailsInsert, DetailsChanges, DetailsQuery]):
    query = DetailsQuery
    unique = ("product_id",)

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoDetailsRepository)

    @pytest.fixture
    def insert(self, place: Place) -> Callable[[int], DetailsInsert]:
        keys = [place.product(number) for number in range(10)]
        return lambda number: DetailsInsert(product_id=keys[number], weight=number, origin="")

    @pytest.fixture
    def changes(self) -> DetailsChanges:
        return DetailsChanges(weight=1000)

    @pytest.fixture
    def duplicate(self) -> Callable[[DetailsRead], DetailsInsert]:
        return lambda row: DetailsInsert(product_id=row.product_id, weight=1, origin="")

    @pytest.fixture
    def dangling(self) -> DetailsInsert:
        return DetailsInsert(product_id=2_000_000_000, weight=1, origin="")


class TestDocuments(InTheShop, RepositoryContract[DocumentRead, DocumentInsert, DocumentChanges, DocumentQuery]):
    query = DocumentQuery

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoDocumentRepository)

    @pytest.fixture
    def insert(self) -> Callable[[int], DocumentInsert]:
        return lambda number: DocumentInsert(title=f"document {number}")

    @pytest.fixture
    def changes(self) -> DocumentChanges:
        return DocumentChanges(title="changed")


class TestSamples(InTheShop, RepositoryContract[SampleRead, SampleInsert, SampleChanges, SampleQuery]):
    query = SampleQuery
    unique = ("code",)

    @pytest.fixture
    def repository(self, place: Place) -> Any:
        return place.repository(DjangoSampleRepository)

    @pytest.fixture
    def insert(self) -> Callable[[int], SampleInsert]:
        return sample

    @pytest.fixture
    def changes(self) -> SampleChanges:
        return SampleChanges(text=None, number=77, amount=Decimal("1.125"), data={"changed": [1, None, "x"]})

    @pytest.fixture
    def duplicate(self) -> Callable[[SampleRead], SampleInsert]:
        return lambda row: SampleInsert(title="x", code=UUID(int=1))


def sample(number: int) -> SampleInsert:
    """Return a sample with a value of every type, or of none."""
    if number % 3 == 2:
        return SampleInsert(title=f"empty {number}")
    return SampleInsert(
        title=f"title {number % 2}",
        text=f"text {number}",
        number=number % 2,
        big=2**40 + number,
        small=-number,
        ratio=number / 4,
        amount=Decimal(number) / 8,
        flag=number % 2 == 0,
        day=date(2026, 1, 1 + number),
        moment=datetime(2026, 1, 1, 12, number, 5, 123456, tzinfo=UTC),
        time=time(number, 30, 15, 999),
        length=timedelta(days=number, microseconds=1),
        code=UUID(int=number + 1),
        email=f"a{number}@example.com",
        url=f"https://example.com/{number}",
        slug=f"slug-{number}",
        ip=f"10.0.0.{number}",
        data={"number": number, "list": [1, 2.5, None, "é"]},
    )
