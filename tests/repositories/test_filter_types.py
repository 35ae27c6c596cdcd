"""Filters whose annotation does not fit what it is compared with are found before anybody asks."""

from __future__ import annotations

import enum
import ipaddress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import new_class
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import pytest
from django.db.models import Count
from pydantic import Field, create_model

from django_layers.checks import problems_of_repositories
from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.compiled import compiled
from django_layers.schemas import MISSING, InternalSchema, PageQuery, ResponseSchema
from tests.shop.models import Product, Sample
from tests.shop.types import ProductStatus

ProductId = NewType("ProductId", int)


class Size(enum.IntEnum):
    """A number with a name."""

    SMALL = 1


class Titled(ResponseSchema):
    """What is looked at of samples."""

    title: str


class Named(ResponseSchema):
    """What is looked at of products."""

    name: str


class Nothing(InternalSchema):
    """Nothing changes here."""


def repository_of(model: Any, read: Any, annotation: Any, lookup: Any) -> Any:
    query = create_model("WrongQuery", __base__=PageQuery, asked=(annotation, None))
    base = ModelRepository[model, read, Nothing, Nothing, query]
    return new_class("WrongRepository", (base,), exec_body=lambda body: body.update(filters={"asked": lookup}))


@pytest.mark.parametrize(
    ("annotation", "lookup"),
    [
        (int | None, "number"),
        (Size | None, "number"),
        (ProductId | None, "number"),
        (Literal[1, 2] | None, "number"),
        (Annotated[int, Field(ge=1)] | None, "number__gte"),
        (float | None, "number__lt"),
        (int | MISSING | None, "number"),  # type: ignore[valid-type]
        (Any, "number"),
        (bool | None, "flag"),
        (bool | None, "number__isnull"),
        (str | None, "number__icontains"),
        (str | None, "title"),
        (UUID | None, "title"),
        (str | None, "title__istartswith"),
        (tuple[str, ...] | None, "title__in"),
        (list[int] | None, "number__in"),
        (tuple[int, int] | None, "number__range"),
        (Decimal | None, "amount__gte"),
        (int | None, "amount"),
        (float | None, "ratio"),
        (date | None, "day"),
        (datetime | None, "day"),
        (date | None, "moment__date"),
        (date | None, "moment"),
        (int | None, "moment__year__gte"),
        (time | None, "moment__time"),
        (timedelta | None, "length"),
        (UUID | None, "code"),
        (ipaddress.IPv4Address | None, "ip"),
        (str | None, "data__key"),
        (int | None, "data__key__gte"),
        (str | None, ("title__icontains", "text__icontains", "email")),
    ],
    ids=str,
)
def test_what_may_fit_is_let_through(annotation: Any, lookup: Any) -> None:
    compiled(repository_of(Sample, Titled, annotation, lookup))


@pytest.mark.parametrize(
    ("annotation", "lookup", "problem"),
    [
        (str | None, "number", "'number' compares with int, and the annotation is str. Annotate it int."),
        (int | str | None, "number", "'number' compares with int, and the annotation is str. Annotate it int."),
        (ProductStatus | None, "number", "the annotation is ProductStatus. Annotate it int."),
        (Literal["a"] | None, "number", "the annotation is str. Annotate it int."),
        (str | None, "code", "Annotate it UUID."),
        (str | None, "amount__gte", "Annotate it Decimal."),
        (int | None, "flag", "Annotate it bool."),
        (date | None, "title", "Annotate it str."),
        (str | None, "day", "Annotate it date."),
        (str | None, "moment__year", "'moment__year' compares with int, and the annotation is str. Annotate it int."),
        (int | None, "moment__date", "Annotate it date."),
        (
            int | None,
            "number__isnull",
            "'number__isnull' compares with bool, and the annotation is int. Annotate it bool.",
        ),
        (
            int | None,
            "title__icontains",
            "'title__icontains' compares with str, and the annotation is int. Annotate it str.",
        ),
        (
            int | None,
            "number__in",
            "'number__in' compares with several values, and the annotation is of one. Annotate it tuple[int, ...].",
        ),
        (str | None, "title__in", "Annotate it tuple[str, ...]."),
        (int | None, "number__range", "Annotate it tuple[int, int]."),
        (tuple[str, ...] | None, "number__in", "the annotation is str. Annotate it tuple[int, ...]."),
        (
            tuple[int, ...] | None,
            "number",
            "'number' compares with one value, and the annotation is of several. Annotate it int, or ask for number__in.",
        ),
        (
            frozenset[int] | None,
            "number__in",
            "a set has no order, which cursors depend on. Annotate it tuple[int, ...].",
        ),
    ],
    ids=str,
)
def test_what_can_never_fit_is_named_with_the_way_out(annotation: Any, lookup: str, problem: str) -> None:
    repository = repository_of(Sample, Titled, annotation, lookup)
    (message,) = problems_of_repositories([repository])
    assert message.msg.startswith("WrongQuery.asked: ")
    assert message.msg.endswith(problem)


@pytest.mark.parametrize(
    ("annotation", "lookup", "problem"),
    [
        (str | None, "category", "'category' compares with int, and the annotation is str. Annotate it int."),
        (str | None, "category__position", "Annotate it int."),
        (UUID | None, "tags", "Annotate it int."),
        (int | None, "tags__in", "Annotate it tuple[int, ...]."),
        (str | None, "reviews__stars__gte", "Annotate it int."),
        (int | None, "suppliers__isnull", "Annotate it bool."),
    ],
    ids=str,
)
def test_filters_through_relations_are_looked_at_too(annotation: Any, lookup: str, problem: str) -> None:
    (message,) = problems_of_repositories([repository_of(Product, Named, annotation, lookup)])
    assert message.msg.endswith(problem)


def test_every_lookup_of_a_filter_is_looked_at() -> None:
    messages = problems_of_repositories([repository_of(Sample, Titled, int | None, ("number", "flag", "code"))])
    assert [message.msg.rpartition(" ")[2] for message in messages] == ["bool.", "UUID."]


@pytest.mark.parametrize(
    ("lookup", "problem"),
    [
        ("number__year", "'year' is neither a field behind nor a lookup of shop.Sample.number"),
        ("day__year__like", "'day__year__like': 'like' is neither a part nor a comparison of year."),
        ("day__gte__year", "'day__gte__year': 'gte' is neither a part nor a comparison of it."),
        ((), "WrongRepository.filters: 'asked' names no lookup. Name one, or several."),
    ],
    ids=str,
)
def test_lookups_that_do_not_exist_are_named(lookup: Any, problem: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        compiled(repository_of(Sample, Titled, Any, lookup))
    (said,) = caught.value.problems
    assert problem in said


def test_what_the_database_works_out_is_left_to_it() -> None:
    class Sized(
        ModelRepository[Product, Named, Nothing, Nothing, create_model("Q", __base__=PageQuery, size=(str, ""))]
    ):  # type: ignore[misc]
        expressions = {"size": Count("tags")}  # noqa: RUF012  as the generator writes it

    compiled(Sized)
