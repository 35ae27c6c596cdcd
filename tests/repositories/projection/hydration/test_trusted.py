"""What is built without Pydantic is what Pydantic would have built."""

from __future__ import annotations

import copy
import datetime
import pickle
from datetime import UTC
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, Literal, NewType, TypeVar
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError, create_model

from django_layers.repositories.projection.hydration import Tier
from django_layers.schemas import ResponseSchema
from tests.archive.models import Author, Book, Genre, Grade, Piece, Publisher, Specimen, Subject
from tests.archive.models import City as CityRow
from tests.repositories.projection.reading import production, read, tiers

pytestmark = pytest.mark.django_db

PieceId = NewType("PieceId", int)
MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)


class Suit(Enum):
    """An enumeration that is no text itself."""

    HEARTS = "hearts"


COLUMNS: dict[str, list[tuple[Any, Any]]] = {
    "text": [(str, "x"), (str, "")],
    "chars": [(str, "é\u4e2d"), (Annotated[str, Field(description="said")], "x"), (Literal["x", "y"], "x"), (Any, "x")],
    "slug": [(str, "a-b")],
    "email": [(str, "a@b.example")],
    "url": [(str, "https://a.example/")],
    "ip": [(str, "2001:db8::1")],
    "path": [(str, "/srv/a")],
    "number": [(int, -1), (Literal[-1, 3], 3), (Annotated[int, Field(title="n")], 0)],
    "big": [(int, 2**62)],
    "small": [(int, 3)],
    "positive": [(int, 4)],
    "positive_big": [(int, 2**40)],
    "positive_small": [(int, 5)],
    "ratio": [(float, 0.1), (float, -2.0)],
    "amount": [(Decimal, Decimal("1.250"))],
    "flag": [(bool, True), (bool, False)],
    "day": [(datetime.date, datetime.date(2026, 1, 2))],
    "moment": [(datetime.datetime, MOMENT), (AwareDatetime, MOMENT)],
    "time": [(datetime.time, datetime.time(1, 2, 3, 4))],
    "length": [(datetime.timedelta, datetime.timedelta(days=-1, microseconds=5))],
    "code": [(UUID, UUID(int=7))],
    "data": [(JsonValue, {"a": [1, None, "x", {"b": 1.5}]}), (Any, [1, 2]), (JsonValue, "x"), (JsonValue, 0)],
    "raw": [(bytes, b"abc"), (bytes, b"")],
    "genre": [(Genre, Genre.ESSAY), (Suit, Suit.HEARTS), (str, "essay"), (Literal["novel", "essay"], "essay")],
    "grade": [(Grade, Grade.GOOD), (int, 2)],
    "piece_id": [(int, 1), (PieceId, 1)],
}


def _cases() -> list[Any]:
    cases = []
    for name, pairs in COLUMNS.items():
        for number, (annotation, value) in enumerate(pairs):
            schema = create_model(
                f"Of_{name}_{number}", __base__=ResponseSchema, __module__=__name__, **{name: (annotation | None, ...)}
            )
            # Where pickle looks for it.
            globals()[schema.__name__] = schema
            cases.append(pytest.param(name, schema, value, id=schema.__name__))
    return cases


def assert_alike(built: BaseModel, validated: BaseModel) -> None:
    """Assert that nothing tells two DTOs apart, and what is made of them neither."""
    assert built == validated
    assert type(built) is type(validated)
    for one, other in [
        (built, validated),
        (copy.copy(built), copy.copy(validated)),
        (copy.deepcopy(built), copy.deepcopy(validated)),
        (pickle.loads(pickle.dumps(built)), pickle.loads(pickle.dumps(validated))),
        (built.model_copy(), validated.model_copy()),
        (built.model_copy(deep=True), validated.model_copy(deep=True)),
    ]:
        assert one == other == built
        assert one.__dict__ == other.__dict__
        assert list(one.__dict__) == list(other.__dict__)
        assert one.model_fields_set == other.model_fields_set == set(type(built).model_fields)
        assert type(one.model_fields_set) is set
        assert one.model_extra == other.model_extra
        assert one.__pydantic_private__ == other.__pydantic_private__
        assert repr(one) == repr(other)
        assert one.model_dump() == other.model_dump()
        assert one.model_dump(exclude_unset=True) == other.model_dump(exclude_unset=True)
        assert one.model_dump_json() == other.model_dump_json()
    for name, value in validated:
        assert type(getattr(built, name)) is type(value)


@pytest.mark.parametrize(("name", "schema", "value"), _cases())
def test_a_column_of_every_type_is_built_as_pydantic_builds_it(name: str, schema: type[BaseModel], value: Any) -> None:
    piece = Piece.objects.create(pk=1, title="x")
    stored = value.value if isinstance(value, Enum) else value
    Specimen.objects.create(**{name: piece.pk if name == "piece_id" else stored})
    Specimen.objects.create()
    assert tiers(Specimen, schema) == {schema.__name__: Tier.TRUSTED}
    with production():
        filled, empty = read(Specimen, schema)
    assert_alike(filled, schema.model_validate({name: value}, by_name=True))
    assert_alike(empty, schema.model_validate({name: None}, by_name=True))
    if name != "data":
        assert hash(filled) == hash(schema.model_validate({name: value}, by_name=True))
    with pytest.raises(ValidationError):
        setattr(filled, name, value)
    # And what is validated is the same again.
    assert read(Specimen, schema) == [filled, empty]


class CityRead(ResponseSchema):
    id: int
    name: str


class PublisherRead(ResponseSchema):
    name: str
    city: CityRead


class SubjectRead(ResponseSchema):
    name: str


class AuthorRead(ResponseSchema):
    name: str
    publisher: PublisherRead | None
    friends: tuple[SubjectRead, ...]


class BookRead(ResponseSchema):
    id: int
    name: str
    author: AuthorRead | None
    editor: AuthorRead
    subjects: list[SubjectRead]


def test_nested_rows_and_lists_are_built_as_pydantic_builds_them() -> None:
    city = CityRow.objects.create(name="c")
    publisher = Publisher.objects.create(name="p", city=city)
    author = Author.objects.create(name="a", publisher=publisher)
    author.friends.add(Author.objects.create(name="f"))
    book = Book.objects.create(name="b", code="1", author=author, editor=author)
    book.subjects.add(Subject.objects.create(name="s"))
    other = Book.objects.create(name="o", code="2", editor=Author.objects.create(name="e"))
    with production():
        built = read(Book, BookRead)
    assert set(tiers(Book, BookRead).values()) == {Tier.TRUSTED}
    writer = {"name": "a", "publisher": {"name": "p", "city": {"id": city.pk, "name": "c"}}, "friends": [{"name": "f"}]}
    expected = [
        {"id": book.pk, "name": "b", "author": writer, "editor": writer, "subjects": [{"name": "s"}]},
        {
            "id": other.pk,
            "name": "o",
            "author": None,
            "editor": {"name": "e", "publisher": None, "friends": []},
            "subjects": [],
        },
    ]
    for one, values in zip(built, expected, strict=True):
        assert_alike(one, BookRead.model_validate(values))


ValueT = TypeVar("ValueT")


class Named(ResponseSchema, Generic[ValueT]):
    name: ValueT


class Holding(ResponseSchema, Generic[ValueT]):
    name: str
    city: ValueT


NamedText = Named[str]
HoldingNamed = Holding[Named[str]]


def test_a_generic_schema_is_built_as_pydantic_builds_it() -> None:
    Publisher.objects.create(name="p", city=CityRow.objects.create(name="c"))
    with production():
        (named,) = read(CityRow, NamedText)
        (holding,) = read(Publisher, HoldingNamed)
    assert set(tiers(Publisher, HoldingNamed).values()) == {Tier.TRUSTED}
    assert_alike(named, NamedText.model_validate({"name": "c"}))
    assert_alike(holding, HoldingNamed.model_validate({"name": "p", "city": {"name": "c"}}))
    assert holding == Holding[Named[str]](name="p", city=Named[str](name="c"))


class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    name: str = Field(alias="title", serialization_alias="heading")
    is_deleted: bool = Field(default=True, validation_alias="name")


def test_an_alias_is_for_those_who_send_and_receive_and_not_for_tables() -> None:
    CityRow.objects.create(name="c")
    with production():
        (built,) = read(CityRow, Aliased)
    assert tiers(CityRow, Aliased) == {"Aliased": Tier.TRUSTED}
    assert_alike(
        built, Aliased.__pydantic_validator__.validate_python({"name": "c", "is_deleted": False}, by_alias=False)
    )
    assert built.model_dump(by_alias=True) == {"heading": "c", "is_deleted": False}
    assert read(CityRow, Aliased) == [built]


class Changeable(BaseModel):
    name: str
    tenant: int = 5


def test_what_is_done_to_one_dto_is_not_done_to_another() -> None:
    CityRow.objects.create(name="a")
    CityRow.objects.create(name="b")
    with production():
        first, second = read(CityRow, Changeable)
    first.name = "z"
    first.tenant = 3
    assert (second.name, second.tenant) == ("b", 1)
    assert first.model_fields_set == second.model_fields_set == {"name", "tenant"}
    assert first.model_copy(update={"name": "y"}).model_fields_set == {"name", "tenant"}
