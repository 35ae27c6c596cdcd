"""Where queries are not kept, because what is asked for may be something else each time."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.db import connection, models
from django.db.models import Count, Expression, F, Func, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.test.utils import isolate_apps
from django.utils.functional import lazystr

from django_layers.repositories import ModelRepository
from django_layers.repositories.prepared import Preparing, compiling
from django_layers.repositories.prepared.leaf import Leaf
from django_layers.schemas import ResponseSchema
from tests.repositories import rows
from tests.repositories.prepared.kept import compilations, is_kept
from tests.shop.models import Category, Product
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead

pytestmark = pytest.mark.django_db

Repository = ModelRepository[Any, Any, Any, Any, Any]


def keeps(repository: Repository, key: int) -> bool:
    return is_kept(lambda: repository.get(key))


def reading(expression: Expression) -> Repository:
    """Return a repository that reads an expression."""

    class LabelledCategory(ResponseSchema):
        id: int
        label: str

    class LabelledRepository(
        ModelRepository[Category, LabelledCategory, CategoryInsert, CategoryChanges, CategoryQuery]
    ):
        """Categories with a label."""

        expressions: ClassVar = {"label": expression}

    return LabelledRepository()


def of(model: type[Model]) -> Repository:
    """Return a repository of another model of categories."""

    class OtherRepository(ModelRepository[model, CategoryRead, CategoryInsert, CategoryChanges, CategoryQuery]):  # type: ignore[valid-type]
        """Categories of another model."""

    return OtherRepository()


def test_what_a_repository_queries_itself_is_not_kept() -> None:
    kind = rows.category()
    asked: list[int] = []

    class OwnRepository(DjangoCategoryRepository):
        """Categories after a position that changes."""

        def _queryset(self) -> QuerySet[Category]:
            asked.append(1)
            return super()._queryset().filter(name__in=[kind.name] if len(asked) < 5 else [])

    assert not keeps(OwnRepository(), kind.pk)
    assert OwnRepository().get_or_none(kind.pk) is None


@pytest.mark.parametrize("method", ["_visible", "_filtered", "_annotated", "_order", "_with_key", "_stored"])
def test_a_repository_with_a_method_of_its_own_is_not_kept(method: str) -> None:
    inherited = getattr(DjangoCategoryRepository, method)
    repository = type("OwnRepository", (DjangoCategoryRepository,), {method: lambda *args: inherited(*args)})
    kind = rows.category()
    assert not keeps(repository(), kind.pk)
    assert keeps(DjangoCategoryRepository(), kind.pk)


class OddManager(models.Manager[Category]):
    """Some categories, others each time."""

    def get_queryset(self) -> QuerySet[Category]:
        """Return those that have a name."""
        return super().get_queryset().exclude(name="")


class OddQuerySet(QuerySet[Category]):
    """Filters in its own way."""

    def filter(self, *args: Any, **kwargs: Any) -> "OddQuerySet":
        """Return those that have a name, too."""
        return super().filter(*args, **kwargs).exclude(name="")


class MigratedManager(models.Manager[Category]):
    """All categories, in migrations too."""

    use_in_migrations = True


class AddingQuerySet(QuerySet[Category]):
    """Adds a method, and changes none."""

    def roots(self) -> "AddingQuerySet":
        """Return the categories in no other one."""
        return self.filter(parent=None)


@isolate_apps("tests.shop")
@pytest.mark.parametrize(
    ("manager", "kept"),
    [
        (OddManager, False),
        (OddQuerySet.as_manager, False),
        (AddingQuerySet.as_manager, True),
        (MigratedManager, True),
        (models.Manager, True),
    ],
)
def test_a_manager_that_changes_what_there_is_has_the_last_word(manager: Callable[[], Any], kept: bool) -> None:
    class SomeCategory(Category):
        """Some categories."""

        objects = manager()

        class Meta:
            app_label = "shop"
            proxy = True

    kind = rows.category()
    assert keeps(of(SomeCategory), kind.pk) == kept


@isolate_apps("tests.shop")
def test_a_base_manager_of_a_joined_table_has_a_say_too() -> None:
    class OddCategory(Category):
        """Some categories, also for those who refer to one."""

        objects = OddManager()

        class Meta:
            app_label = "shop"
            proxy = True
            base_manager_name = "objects"

    def asked_of(joined: type[Model]) -> object:
        build = Product.objects.filter
        preparing = Preparing([Product], joined=[joined])
        return preparing.rows((), ("a",), lambda name: build(name=name).values_list("name").query, connection)

    rows.product("a")
    assert asked_of(Category) == [("a",)]
    assert asked_of(OddCategory) is None


class RequestText(Func):
    """A text that is another one in each request."""

    function = "LOWER"
    said: ClassVar = ["a"]

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """Return the SQL of the request."""
        return "'" + self.said[-1] + "'", []


class Shouting(Func):
    """A function of the project's own, written as Django's are."""

    function = "UPPER"
    output_field = models.CharField()


def test_an_expression_that_writes_its_own_sql_is_not_kept() -> None:
    kind = rows.category()
    repository = reading(RequestText(F("name"), output_field=models.CharField()))
    assert not keeps(repository, kind.pk)
    RequestText.said.append("b")
    assert repository.get(kind.pk).label == "b"


def test_an_expression_of_lazy_texts_is_not_kept() -> None:
    kind = rows.category("a")
    translated = Concat(F("name"), Value(lazystr("b"), output_field=models.CharField()))
    hidden = Coalesce(Count("products", filter=Q(products__name=lazystr("b"))), 0)
    assert not keeps(reading(translated), kind.pk)
    assert reading(translated).get(kind.pk).label == "ab"
    assert not keeps(reading(Concat(Value("a"), hidden, output_field=models.CharField())), kind.pk)


def test_expressions_of_plain_parts_are_kept() -> None:
    kind = rows.category("a")
    for expression in (Shouting("name"), Concat(F("name"), Value("b"), output_field=models.CharField())):
        assert keeps(reading(expression), kind.pk)


def test_other_databases_are_left_to_the_orm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "VENDORS", frozenset())
    kind = rows.category()

    class OtherRepository(DjangoCategoryRepository):
        """Categories, not asked for before."""

    assert not keeps(OtherRepository(), kind.pk)
    assert OtherRepository().get(kind.pk).name == kind.name


def test_what_is_bound_otherwise_than_by_the_orm_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kind, other = rows.category(), rows.category()

    class OtherRepository(DjangoCategoryRepository):
        """Categories, not asked for before."""

    monkeypatch.setattr(Leaf, "bind", lambda self, value, connection, **_: ("1 = %s", [1]))
    repository = OtherRepository()
    assert not keeps(repository, other.pk)
    assert repository.get(other.pk).name == other.name
    assert repository.get(kind.pk).name == kind.name


def test_a_statement_is_compared_with_the_orm_for_the_second_values_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kind, other = rows.category(), rows.category()

    class OtherRepository(DjangoCategoryRepository):
        """Categories, not asked for before."""

    repository, bind = OtherRepository(), Leaf.bind
    # As if the first value had become part of the SQL.
    monkeypatch.setattr(Leaf, "bind", lambda self, value, connection, **_: bind(self, kind.pk, connection))
    assert repository.get(kind.pk).name == kind.name
    assert repository.get(other.pk).name == other.name


def test_a_value_that_is_no_plain_one_is_left_to_the_orm() -> None:
    rows.product("a", price=2)
    rows.product("b", price=1)

    class Odd:
        """Neither text nor number, until Django asks."""

        def __str__(self) -> str:
            return "a"

    repository = DjangoProductRepository()
    query = repository._compiled().declaration.query.model_construct(name_contains=Odd(), limit=5, cursor=None)
    for _ in range(3):
        with compilations() as compiled:
            assert [product.name for product in repository.page(query).items] == ["a"]
        assert compiled


def test_a_list_of_no_values_finds_nothing() -> None:
    repository = DjangoProductRepository()
    rows.product("a")
    assert repository.many([]) == ()
    assert repository.many([0]) == ()


@isolate_apps("tests.shop")
def test_names_with_signs_of_formatting_are_what_the_orm_makes_of_them() -> None:
    class Percent(models.Model):
        share = models.IntegerField(db_column="per%%cent %s")

        class Meta:
            app_label = "shop"
            db_table = 'a "%s" table'

        def __str__(self) -> str:
            return "a row"

    def query(value: object) -> Any:
        return Percent.objects.filter(share=value).values_list("share").query

    statement, _ = compiling.compile_statement(query(compiling.Placeholder(0)), [7], connection)
    assert statement.bound([8], connection) == compiling.compile_query(query(8), connection)
