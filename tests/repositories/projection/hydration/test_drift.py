"""Rows that are not what their model says: found while developing and testing, and believed in production."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from django.db.models import IntegerField, Value
from django.db.models.functions import Cast
from django.test import override_settings
from pydantic import AfterValidator, BaseModel

from django_layers.repositories import UnreadableRow
from django_layers.repositories.projection import compile_projection, read_rows
from django_layers.repositories.projection.fetching import Fetched
from django_layers.repositories.projection.hydration import hydrate
from django_layers.repositories.projection.plan import Projection
from django_layers.schemas import ResponseSchema
from tests.archive.models import City, Publisher, Specimen
from tests.repositories.projection.reading import production


class CityRead(ResponseSchema):
    name: str
    tenant: int


class PublisherRead(ResponseSchema):
    name: str
    city: CityRead


def drifted(projection: Projection, **values: object) -> Fetched:
    """Return a row as a table would give it that is not what its model says."""
    row = {"name": "p", "city__id": 1, "city__name": "c", "city__tenant": 1, "tenant": 1, **values}
    return Fetched([tuple(row[name] for name in projection.selected)])


def test_a_column_of_another_type_is_found_under_tests() -> None:
    projection = compile_projection(City, CityRead)
    with pytest.raises(UnreadableRow) as caught:
        hydrate(projection, drifted(projection, tenant="12345"))
    assert str(caught.value) == (
        "A stored row of archive.City does not fit CityRead: tenant: Input should be a valid integer. "
        "Make the schema say what the column can hold, or correct the row."
    )


def test_a_joined_row_is_named_by_its_own_model() -> None:
    projection = compile_projection(Publisher, PublisherRead)
    with pytest.raises(
        UnreadableRow, match=r"row of archive\.City does not fit CityRead: name: Input should be a valid"
    ):
        hydrate(projection, drifted(projection, city__name=None))


def test_production_believes_the_database() -> None:
    projection = compile_projection(City, CityRead)
    with production():
        (city,) = hydrate(projection, drifted(projection, tenant="12345"))
    assert city.tenant == "12345"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("validate_rows", "debug", "is_found"),
    [(None, False, True), (True, False, True), (False, False, False), (False, True, False)],
)
def test_the_setting_says_whether_rows_are_validated(validate_rows: bool | None, debug: bool, is_found: bool) -> None:
    projection = compile_projection(City, CityRead)
    with override_settings(DEBUG=debug, DJANGO_LAYERS={"VALIDATE_ROWS": validate_rows}):
        if is_found:
            with pytest.raises(UnreadableRow):
                hydrate(projection, drifted(projection, tenant="1"))
        else:
            assert hydrate(projection, drifted(projection, tenant="1"))


@pytest.mark.parametrize(("debug", "is_found"), [(True, True), (False, False)])
def test_outside_of_pytest_it_is_debug_that_says_so(
    debug: bool, is_found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django_layers.conf._PLUGIN", "no.such.module")
    projection = compile_projection(City, CityRead)
    with override_settings(DEBUG=debug):
        if is_found:
            with pytest.raises(UnreadableRow):
                hydrate(projection, drifted(projection, tenant="1"))
        else:
            assert hydrate(projection, drifted(projection, tenant="1"))


def _refuse(value: object) -> object:
    raise ValueError(f"{value} is not welcome")


class Unwelcoming(BaseModel):
    name: Annotated[str, AfterValidator(_refuse)]


def test_what_a_validator_says_of_a_value_is_not_repeated() -> None:
    projection = compile_projection(City, Unwelcoming)
    for is_production in (True, False):
        with override_settings(DJANGO_LAYERS={"VALIDATE_ROWS": not is_production}):
            with pytest.raises(UnreadableRow) as caught:
                hydrate(projection, drifted(projection, name="secret"))
            assert "name: refused by its validation (value_error)" in str(caught.value)
            assert "secret" not in str(caught.value)
            assert caught.value.__cause__ is None
            assert caught.value.__suppress_context__


class Documents(ResponseSchema):
    data: dict[str, int] | None


@pytest.mark.django_db
def test_the_names_inside_of_a_document_are_stored_values_too() -> None:
    Specimen.objects.create(data={"secret": "x"})
    with pytest.raises(UnreadableRow) as caught:
        read_rows(compile_projection(Specimen, Documents), Specimen.objects.all())
    assert "does not fit Documents: data: Input should be" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.django_db
def test_an_expression_that_gives_another_type_than_it_says_is_found() -> None:
    class Odd(ResponseSchema):
        odd: int

    City.objects.create(name="c")
    said: Any = IntegerField()
    projection = compile_projection(City, Odd, computed={"odd": said})
    rows = City.objects.annotate(odd=Value("7"))
    with pytest.raises(UnreadableRow, match="odd: Input should be a valid integer"):
        read_rows(projection, rows)
    assert read_rows(projection, City.objects.annotate(odd=Cast(Value("7"), said)))[0][0].odd == 7  # type: ignore[attr-defined]
