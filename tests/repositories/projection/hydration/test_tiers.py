"""How much of Pydantic it takes to build a DTO: as little as its schema allows."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import Enum
from ipaddress import IPv6Address
from typing import Annotated, Any, Self

import pytest
from django.db import connection
from django.db.models import Count, Max
from django.test.utils import CaptureQueriesContext
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    NaiveDatetime,
    PrivateAttr,
    computed_field,
    field_validator,
    model_validator,
)

from django_layers.repositories import UnreadableRow
from django_layers.repositories.projection import compile_projection, read_rows
from django_layers.repositories.projection.expressions import output_fields
from django_layers.repositories.projection.hydration import Tier, tiers_of
from django_layers.schemas import ResponseSchema
from tests.archive.models import Author, Book, City, Genre, Grade, Publisher, Specimen, Subject
from tests.repositories.projection.reading import production, read, tiers

pytestmark = pytest.mark.django_db


class Numbered(BaseModel):
    name: str
    _length: int = PrivateAttr(default=0)

    def model_post_init(self, context: Any, /) -> None:
        self._length = len(self.name)


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str


@pytest.mark.parametrize("schema", [Numbered, Open])
def test_what_runs_after_validation_takes_construction(schema: type[BaseModel]) -> None:
    City.objects.create(name="abc")
    assert tiers(City, schema) == {schema.__name__: Tier.CONSTRUCTED}
    with production():
        (built,) = read(City, schema)
    expected = schema(name="abc")
    assert built == expected
    assert built.model_fields_set == {"name"}
    assert built.model_extra == expected.model_extra
    assert built.__pydantic_private__ == expected.__pydantic_private__


class Shouting(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def _upper(cls, value: str) -> str:
        return value.upper()


class Marked(BaseModel):
    name: str

    @model_validator(mode="after")
    def _mark(self) -> Self:
        self.name += "!"
        return self


class Doubled(BaseModel):
    name: Annotated[str, AfterValidator(lambda value: value * 2)]


class Stripped(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)

    name: str


class Ready(BaseModel):
    name: str

    def __init__(self, **values: Any) -> None:
        super().__init__(**{**values, "name": "ready"})


@pytest.mark.parametrize(
    ("schema", "name"), [(Shouting, "AB "), (Marked, "ab !"), (Doubled, "ab ab "), (Stripped, "ab"), (Ready, "ready")]
)
def test_what_makes_something_else_of_a_value_takes_validation(schema: type[BaseModel], name: str) -> None:
    City.objects.create(name="ab ")
    assert tiers(City, schema) == {schema.__name__: Tier.VALIDATED}
    with production():
        assert [each.name for each in read(City, schema)] == [name]  # type: ignore[attr-defined]


class Lenient(Enum):
    NOVEL = "novel"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Lenient:
        return cls.OTHER


@pytest.mark.parametrize(
    ("name", "annotation", "stored", "expected"),
    [
        ("number", Annotated[int, Field(ge=1)], 3, 3),
        ("number", float, 3, 3.0),
        ("number", Decimal, 3, Decimal(3)),
        ("flag", int, True, 1),
        ("chars", Annotated[str, Field(max_length=9)], "x", "x"),
        ("chars", int, "5", 5),
        ("genre", Lenient, "essay", Lenient.OTHER),
        ("url", HttpUrl, "https://a.example/x", HttpUrl("https://a.example/x")),
        ("ip", IPv6Address, "2001:db8::1", IPv6Address("2001:db8::1")),
        ("moment", datetime.date, datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC), datetime.date(2026, 1, 2)),
        ("data", dict[str, int], {"a": 1}, {"a": 1}),
        ("data", tuple[int, ...], [1, 2], (1, 2)),
        ("reversed", str, "abc", "abc"),
    ],
)
def test_a_field_that_does_not_say_what_its_column_holds_gets_what_it_says(
    name: str, annotation: Any, stored: Any, expected: Any
) -> None:
    schema: Any = type("Told", (ResponseSchema,), {"__annotations__": {name: annotation | None}})
    assert tiers(Specimen, schema) == {"Told": Tier.VALIDATED}
    Specimen.objects.create(**{name: stored})
    for is_production in (True, False):
        with production() if is_production else CaptureQueriesContext(connection):
            (built,) = read(Specimen, schema)
        value = getattr(built, name)
        assert value == expected
        assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("name", "annotation", "stored"),
    [
        ("number", Annotated[int, Field(le=2)], 3),
        ("chars", Annotated[str, Field(min_length=2)], "x"),
        ("moment", NaiveDatetime, datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)),
        ("data", list[int], {"a": 1}),
    ],
)
def test_a_constraint_holds_in_production_too(name: str, annotation: Any, stored: Any) -> None:
    schema: Any = type("Told", (ResponseSchema,), {"__annotations__": {name: annotation | None}})
    assert tiers(Specimen, schema) == {"Told": Tier.VALIDATED}
    Specimen.objects.create(**{name: stored})
    with production(), pytest.raises(UnreadableRow, match=f"does not fit Told: {name}: "):
        read(Specimen, schema)


def test_only_the_schema_that_needs_it_is_validated() -> None:
    class CityShouting(Shouting):
        pass

    class PublisherRead(ResponseSchema):
        name: str
        city: CityShouting

    assert tiers(Publisher, PublisherRead) == {"PublisherRead": Tier.TRUSTED, "CityShouting": Tier.VALIDATED}
    Publisher.objects.create(name="p", city=City.objects.create(name="c"))
    with production():
        assert read(Publisher, PublisherRead)[0].model_dump() == {"name": "p", "city": {"name": "C"}}


def test_a_computed_field_is_none_of_the_table() -> None:
    class Long(ResponseSchema):
        name: str

        @computed_field  # type: ignore[prop-decorator]
        @property
        def length(self) -> int:
            return len(self.name)

    City.objects.create(name="abc")
    assert tiers(City, Long) == {"Long": Tier.TRUSTED}
    with production():
        assert read(City, Long)[0].model_dump() == {"name": "abc", "length": 3}


def test_enumerations_are_their_members_and_what_is_none_of_them_is_unreadable() -> None:
    class Kept(ResponseSchema):
        genre: Genre | None
        grade: Grade | None

    Specimen.objects.create(genre="novel", grade=2)
    with production():
        (built,) = read(Specimen, Kept)
        assert built.genre is Genre.NOVEL
        assert built.grade is Grade.GOOD
        Specimen.objects.create(genre="secret")
        with pytest.raises(UnreadableRow) as caught:
            read(Specimen, Kept)
    assert str(caught.value) == (
        "A stored row of archive.Specimen does not fit Kept: genre: Input should be 'novel' or 'essay'. "
        "Make the schema say what the column can hold, or correct the row."
    )


def test_collections_of_keys_and_rows_are_held_in_what_the_schema_says() -> None:
    class SubjectRead(ResponseSchema):
        name: str

    class Held(ResponseSchema):
        subjects: frozenset[SubjectRead]
        subject_ids: set[int]

    class Bounded(ResponseSchema):
        subjects: Annotated[list[SubjectRead], Field(max_length=5)]

    book = Book.objects.create(code="1", editor=Author.objects.create())
    first, second = Subject.objects.create(name="a"), Subject.objects.create(name="b")
    book.subjects.set([first, second])
    projection = compile_projection(Book, Held, id_lists={"subject_ids": "subjects"})
    with production():
        (held,) = read_rows(projection, Book.objects.all())[0]
        (bounded,) = read(Book, Bounded)
    assert held == Held(
        subjects=frozenset({SubjectRead(name="a"), SubjectRead(name="b")}), subject_ids={first.pk, second.pk}
    )
    assert tiers(Book, Bounded)["Bounded"] is Tier.VALIDATED
    assert bounded.subjects == [SubjectRead(name="a"), SubjectRead(name="b")]


class Counted(ResponseSchema):
    name: str
    size: int


def test_what_the_database_works_out_is_believed_to_be_of_its_type() -> None:
    computed = output_fields(City, {"size": Count("publishers")})
    projection = compile_projection(City, Counted, computed=computed)
    assert [tier for _, tier in tiers_of(projection)] == [Tier.TRUSTED]
    unknown = compile_projection(City, Counted, computed={"size": None})
    assert [tier for _, tier in tiers_of(unknown)] == [Tier.VALIDATED]


def test_what_the_database_could_not_work_out_is_no_number() -> None:
    computed = {"size": Max("publishers__tenant")}
    City.objects.create(name="empty")
    projection = compile_projection(City, Counted, computed=output_fields(City, computed))
    with production(), pytest.raises(UnreadableRow, match=r"archive\.City does not fit Counted: size: Input should be"):
        read_rows(projection, City.objects.annotate(**computed))


def test_equal_rows_are_built_once() -> None:
    class AuthorRead(ResponseSchema):
        name: str

    class SubjectRead(ResponseSchema):
        name: str

    class BookRead(ResponseSchema):
        editor: AuthorRead
        subjects: tuple[SubjectRead, ...]

    editor, subject = Author.objects.create(name="e"), Subject.objects.create(name="s")
    for number in range(3):
        Book.objects.create(code=str(number), editor=editor).subjects.add(subject)
    for is_production in (True, False):
        with production() if is_production else CaptureQueriesContext(connection):
            books = read(Book, BookRead)
        assert len({id(book.editor) for book in books}) == 1
        assert len({id(book.subjects[0]) for book in books}) == 1
        # A list read twice shares nothing.
        assert read(Book, BookRead)[0].editor is not books[0].editor
