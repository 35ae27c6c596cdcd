"""Conditions mean in memory what they mean in the database, NULL included."""

import pytest
from django.db import connection
from django.db.models import CheckConstraint, F, Model, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Length, Lower, Trim, Upper

from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.store import Store
from tests.shop.models import Category, Product, Tag

CONDITIONS = [
    Q(position=1),
    ~Q(position=1),
    Q(position=None),
    ~Q(position=None),
    Q(position__isnull=True),
    ~Q(position__isnull=True),
    Q(position__isnull=False),
    Q(position__gt=1),
    ~Q(position__gt=1),
    Q(position__gte=1) & Q(position__lt=3),
    Q(position__lte=1) | Q(name="d"),
    Q(position__lte=1) | ~Q(name="d"),
    ~(Q(position__lte=1) | Q(name="d")),
    ~(Q(position__lte=1) & ~Q(name="d")),
    Q(position=1) ^ Q(name="a"),
    ~(Q(position=1) ^ Q(name="a")),
    Q(position__in=[1, 3, None]),
    ~Q(position__in=[1, 3]),
    Q(position__range=(1, 2)),
    ~Q(position__range=(1, 2)),
    Q(position="1"),
    Q(name__startswith="b"),
    Q(name__istartswith="B"),
    Q(name__endswith="c"),
    Q(name__iendswith="C"),
    Q(name__contains="b"),
    Q(name__icontains="B"),
    Q(name__iexact="BC"),
    Q(name__regex="^b.?$"),
    Q(name__iregex="^B.?$"),
    Q(position=F("id")),
    ~Q(position=F("id")),
    Q(id=F("position")),
    ~Q(id=F("position")),
    Q(position__gt=F("id") - 2),
    Q(id__lt=F("position") * 2 + 1),
    Q(name=Lower(Value("BC"))),
    Q(name=Trim(Value(" a "))),
    Q(position=Length("name")),
    Q(position=Coalesce("position", "id")),
    Q(parent_id=1),
    Q(parent=1),
    Q(pk=1),
]
TRIVIAL = [Q(), Q(position__in=[]), ~Q(position__in=[])]
JOINS = [
    Q(parent__name="a"),
    Q(parent__position__isnull=True),
    Q(parent__parent__name="a"),
    Q(parent__isnull=True),
    Q(parent__pk=2),
    Q(categories__name="bc"),
    Q(categories__isnull=True),
    Q(categories=2),
    Q(name=Upper("parent__name")),
]


def skip_what_is_the_database_s_own(condition: Q) -> None:
    """Skip XOR where the database knows it: there it is NULL if a side is, and Django's, which memory follows, is not."""
    if condition.connector == Q.XOR and connection.features.supports_logical_xor:
        pytest.skip("XOR with NULL is this database's own.")


@pytest.fixture
def store() -> Store:
    """The same categories in the database and in memory: with and without a position, in a tree."""
    store = Store()
    for name, position, parent_id in [
        ("a", None, None),
        ("bc", 1, 1),
        ("b", 2, 2),
        ("c", 3, 1),
        ("d", None, 2),
        ("xb", 6, None),
    ]:
        values = {"name": name, "position": position, "parent_id": parent_id}
        row = store.insert(Category, values)
        Category.objects.create(pk=row["id"], **values)
    return store


def matching(store: Store, condition: Q) -> set[object]:
    rows = list(store.tables.of(Category).values())
    return {row["id"] for row in rows if store.conditions.holds(condition, Category, row)}


@pytest.mark.django_db
@pytest.mark.parametrize("condition", [*CONDITIONS, *TRIVIAL, *JOINS], ids=str)
def test_memory_finds_the_rows_that_the_database_finds(store: Store, condition: Q) -> None:
    skip_what_is_the_database_s_own(condition)
    assert matching(store, condition) == set(Category.objects.filter(condition).values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_memory_calls_violated_what_the_database_calls_violated(store: Store, condition: Q) -> None:
    skip_what_is_the_database_s_own(condition)
    constraint = CheckConstraint(condition=condition, name="condition")
    sql = constraint._get_check_sql(Category, connection.schema_editor())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM shop_category WHERE ({sql or 'TRUE'}) IS NOT FALSE")
        kept = {key for (key,) in cursor.fetchall()}

    rows = list(store.tables.of(Category).values())
    assert {row["id"] for row in rows if store.conditions.holds(condition, Category, row) is not False} == kept


@pytest.mark.django_db
def test_to_many_relations_are_met_by_any_row_at_their_end() -> None:
    store = Store()
    tags = [store.insert(Tag, {"name": name}) for name in ("one", "two")]
    product = store.insert(Product, {"sku": "1", "name": "x", "price": 1})
    store.link(Product, product, "tags", [tag["id"] for tag in tags])

    def holds(model: type[Model], row: object, condition: Q) -> bool | None:
        return store.conditions.holds(condition, model, row)  # type: ignore[arg-type]

    assert holds(Product, product, Q(tags__name="two"))
    assert holds(Product, product, Q(tags=2))
    assert not holds(Product, product, Q(tags=3))
    assert holds(Tag, tags[0], Q(products__sku="1"))
    assert not holds(Tag, tags[0], Q(products__isnull=True))


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (Q(name__unknown="x"), "name__unknown"),
        (Q(nothing="x"), "nothing"),
        (Q(name=RawSQL("1", ())), "RawSQL"),
        (Q(position=F("position") / 2), "'/'"),
        (Q(RawSQL("1", ())), "RawSQL"),
    ],
    ids=str,
)
def test_what_memory_does_not_understand_is_refused_loudly(condition: Q, message: str) -> None:
    store = Store()
    row = store.insert(Category, {"name": "a", "position": 4})

    with pytest.raises(NotInMemory, match=message):
        store.conditions.holds(condition, Category, row)
