"""Any question, asked of the ORM and asked of what was compiled before: the answers are the same."""

import datetime
from decimal import Decimal
from typing import Any, ClassVar, get_args
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from django_layers.errors import RuleViolated
from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.archive.models import Piece, Specimen
from tests.repositories.prepared.kept import by_the_orm, is_kept, told

LETTERS = "abAB%_\\'\"é"
texts = st.text(LETTERS, max_size=3)
numbers = st.integers(-2, 3)
huge = st.sampled_from([2**15, 2**31, 2**63, -(2**40), 2**70])
amounts = st.sampled_from([Decimal("-1.5"), Decimal(0), Decimal("0.125"), Decimal("2.500")])
ratios = st.sampled_from([-1.5, 0.0, 0.1, 2.0])
days = st.sampled_from([datetime.date(2025, 12, 31), datetime.date(2026, 1, 1), datetime.date(2026, 2, 3)])
moments = st.sampled_from(
    [
        datetime.datetime(2025, 12, 31, 23, 30, tzinfo=datetime.UTC),
        datetime.datetime(2026, 1, 1, 0, 0, 0, 5, tzinfo=datetime.UTC),
        datetime.datetime(2026, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=9))),
    ]
)
times = st.sampled_from([datetime.time(0), datetime.time(4, 5, 6, 7), datetime.time(23, 59)])
lengths = st.sampled_from([datetime.timedelta(0), datetime.timedelta(days=-1), datetime.timedelta(hours=5)])
codes = st.sampled_from([UUID(int=1), UUID(int=2**127)])
keys = st.integers(1, 4)

COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "chars": texts,
    "number": numbers,
    "big": numbers | st.just(2**40),
    "small": numbers,
    "ratio": ratios,
    "amount": amounts,
    "flag": st.booleans(),
    "day": days,
    "moment": moments,
    "time": times,
    "length": lengths,
    "code": codes,
    "reversed": texts,
    "raw": st.sampled_from([b"", b"a%", b"\x00"]),
    "data": st.sampled_from([{"a": 1}, {"a": "x"}, {"a": None}, [1], "x"]),
}

FILTERS: dict[str, tuple[str, Any, st.SearchStrategy[Any]]] = {
    "text": ("text", str, texts),
    "chars_in": ("chars__in", tuple[str, ...], st.lists(texts, max_size=3).map(tuple)),
    "chars_has": ("chars__icontains", str, texts),
    "chars_has_exactly": ("chars__contains", str, texts),
    "chars_from": ("chars__istartswith", str, texts),
    "chars_to": ("chars__endswith", str, texts),
    "chars_like": ("chars__iexact", str, texts),
    "chars_gt": ("chars__gt", str, texts),
    "number": ("number", int, numbers | huge),
    "number_in": ("number__in", tuple[int, ...], st.lists(numbers | huge, max_size=3).map(tuple)),
    "number_gte": ("number__gte", int, numbers | huge),
    "number_lt": ("number__lt", int, numbers | huge),
    "number_range": ("number__range", tuple[int, int], st.tuples(numbers, numbers)),
    "number_null": ("number__isnull", bool, st.booleans()),
    "small": ("small", int, numbers | huge),
    "small_lte": ("small__lte", int, numbers | huge),
    "big_gt": ("big__gt", int, numbers | huge),
    "ratio_gte": ("ratio__gte", float, ratios),
    "amount": ("amount", Decimal, amounts),
    "amount_lt": ("amount__lt", Decimal, amounts),
    "amount_in": ("amount__in", tuple[Decimal, ...], st.lists(amounts, min_size=1, max_size=2).map(tuple)),
    "flag": ("flag", bool, st.booleans()),
    "day": ("day", datetime.date, days),
    "day_year": ("day__year", int, st.sampled_from([2025, 2026])),
    "day_month_gt": ("day__month__gt", int, numbers),
    "moment": ("moment", datetime.datetime, moments),
    "moment_gte": ("moment__gte", datetime.datetime, moments),
    "moment_date": ("moment__date", datetime.date, days),
    "moment_year_gte": ("moment__year__gte", int, st.sampled_from([2025, 2026])),
    "time_lt": ("time__lt", datetime.time, times),
    "length_gte": ("length__gte", datetime.timedelta, lengths),
    "code": ("code", UUID, codes),
    "code_in": ("code__in", tuple[UUID, ...], st.lists(codes, max_size=2).map(tuple)),
    "reversed": ("reversed", str, texts),
    "reversed_in": ("reversed__in", tuple[str, ...], st.lists(texts, max_size=2).map(tuple)),
    "data_a": ("data__a", str, st.sampled_from(["x", "y"])),
    "piece": ("piece", int, keys),
    "piece_in": ("piece__in", tuple[int, ...], st.lists(keys | huge, max_size=3).map(tuple)),
    "piece_null": ("piece__title__isnull", bool, st.booleans()),
    "piece_title": ("piece__title", str, texts),
    "piece_title_has": ("piece__title__icontains", str, texts),
}
ORDERS = [name for column in COLUMNS if column not in {"raw", "data"} for name in (column, f"-{column}")] + [
    "piece_title",
    "-piece_title",
    "mixed",
]


class PieceRead(ResponseSchema):
    title: str


class SpecimenRead(ResponseSchema):
    id: int
    text: str | None
    chars: str | None
    number: int | None
    big: int | None
    small: int | None
    ratio: float | None
    amount: Decimal | None
    flag: bool | None
    day: datetime.date | None
    moment: datetime.datetime | None
    time: datetime.time | None
    length: datetime.timedelta | None
    code: UUID | None
    raw: bytes | None
    data: Any
    reversed: str | None
    piece: PieceRead | None


class NoChanges(InternalSchema):
    """Nothing is written here."""


SpecimenQuery: Any = type(
    "SpecimenQuery",
    (PageQuery,),
    {
        "__module__": __name__,
        "__annotations__": {
            **{name: kind | None for name, (_, kind, _) in FILTERS.items()},
            "order_by": str,
        },
        **dict.fromkeys(FILTERS),
        "order_by": "id",
        "model_config": {"str_strip_whitespace": False},
    },
)


class SpecimenRepository(ModelRepository[Specimen, SpecimenRead, NoChanges, NoChanges, SpecimenQuery]):
    """Specimens by everything."""

    filters: ClassVar = {name: lookup for name, (lookup, _, _) in FILTERS.items()}
    orders: ClassVar = {
        "piece_null": ("piece__title__isnull", bool, st.booleans()),
        "piece_title": ("piece__title",),
        "-piece_title": ("-piece__title",),
        "mixed": ("-number", "chars", "-ratio"),
    }


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(FILTERS)), max_size=3, unique=True))
    return {name: draw(FILTERS[name][2]) for name in names}


rows_drawn = st.lists(
    st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in COLUMNS.items()}), max_size=8
)


def pages(repository: SpecimenRepository, query: Any) -> list[Any]:
    """Return all pages of a query, there and back, or what is said against it."""
    found: list[Any] = []
    try:
        page = repository.page(query)
        found.append(told(page))
        while page.next_cursor:
            page = repository.page(query.model_copy(update={"cursor": page.next_cursor}))
            found.append(told(page))
        while page.previous_cursor and len(found) < 20:
            page = repository.page(query.model_copy(update={"cursor": page.previous_cursor}))
            found.append(told(page))
        found.append(repository.count(query))
    except RuleViolated as refused:
        found.append(refused.code)
    return found


class SameAsOrm(TestCase):
    """A case of `hypothesis.extra.django`: each example in a transaction of its own."""

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        rows_drawn,
        st.lists(st.tuples(asked(), asked()), min_size=1, max_size=3),
        st.sampled_from(ORDERS),
        st.integers(1, 4),
    )
    def test_pages_and_counts_are_those_of_the_orm(
        self, drawn: list[dict[str, Any]], questions: list[Any], order_by: str, limit: int
    ) -> None:
        """Each shape is asked for several times, with other values: those of the second question where it has them."""
        pieces = [Piece.objects.create(title=title) for title in ("", "a", "%")]
        for number, columns in enumerate(drawn):
            Specimen.objects.create(**columns, piece=[None, *pieces][number % 4])
        repository = SpecimenRepository()
        for first, second in questions:
            again = {name: second.get(name, value) for name, value in first.items()}
            for values in (first, again, first, again):
                query = SpecimenQuery.model_construct(
                    **{**SpecimenQuery().model_dump(), **values, "order_by": order_by, "limit": limit}
                )
                expected = by_the_orm(lambda query=query: pages(repository, query))
                assert pages(repository, query) == expected

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows_drawn, st.lists(st.integers(-3, 9) | huge, max_size=8))
    def test_rows_by_their_keys_are_those_of_the_orm(self, drawn: list[dict[str, Any]], numbers: list[int]) -> None:
        """Keys are those of rows, or of none."""
        stored = [Specimen.objects.create(**columns).pk for columns in drawn]
        first = min(stored, default=1)
        keys = [number if abs(number) > 100 else first + number for number in numbers]
        repository = SpecimenRepository()
        assert repository.many(keys) == by_the_orm(lambda: repository.many(keys))
        for key in keys:
            assert repository.get_or_none(key) == by_the_orm(lambda key=key: repository.get_or_none(key))
            assert repository.exists(key) == (key in stored)


A_VALUE: dict[Any, Any] = {
    str: "a",
    int: 1,
    float: 1.5,
    bool: True,
    Decimal: Decimal("2.5"),
    datetime.date: datetime.date(2026, 1, 1),
    datetime.datetime: datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    datetime.time: datetime.time(4),
    datetime.timedelta: datetime.timedelta(hours=5),
    UUID: UUID(int=1),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILTERS)
def test_every_kind_of_filter_is_kept(name: str) -> None:
    annotation = FILTERS[name][1]
    value = A_VALUE.get(annotation)
    if value is None:
        value = (A_VALUE[get_args(annotation)[0]],) * 2
    repository, query = (
        SpecimenRepository(),
        SpecimenQuery.model_construct(**{**SpecimenQuery().model_dump(), name: value}),
    )
    assert is_kept(lambda: repository.page(query))
    assert is_kept(lambda: repository.count(query))


@pytest.mark.django_db
def test_whether_there_is_a_joined_row_is_a_question_of_its_own() -> None:
    piece = Piece.objects.create(title="a")
    with_piece, without = Specimen.objects.create(piece=piece).pk, Specimen.objects.create().pk
    repository = SpecimenRepository()

    def found(is_null: bool) -> list[int]:
        query = SpecimenQuery.model_construct(**{**SpecimenQuery().model_dump(), "piece_null": is_null})
        return [each.id for each in repository.page(query).items]

    for _ in range(4):
        assert found(True) == [without]
        assert found(False) == [with_piece]
    assert is_kept(lambda: (found(True), found(False)))
