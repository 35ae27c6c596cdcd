"""What `manage.py check` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.checks import Error, registry
from django.test import override_settings

from django_layers.checks import (
    REPOSITORY,
    SETTINGS,
    check_repositories,
    check_settings,
    problems_of_repositories,
)
from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.shop.models import Tag
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.tag import TagChanges

if TYPE_CHECKING:
    from django_layers.checks import AnyRepository


@pytest.fixture
def wrong_repository() -> AnyRepository:
    """Return a repository that is wrong in every part."""

    class ColourRead(ResponseSchema):
        nam: str
        colour: str

    class ColourInsert(InternalSchema):
        colour: str

    class ColourQuery(PageQuery):
        shade: str | None = None
        order_by: str = "-tint"

    class ColourRepository(ModelRepository[Tag, ColourRead, ColourInsert, TagChanges, ColourQuery]):
        owner = "user"

    return ColourRepository


def test_the_shop_has_no_problems() -> None:
    assert DjangoProductRepository in ModelRepository.__subclasses__()
    assert check_settings(None) == []
    # Other tests make classes with problems, which live until they are collected.
    ours = [message for message in check_repositories(None) if message.obj.__module__.startswith("tests.shop.")]
    assert ours == []


def test_both_checks_are_run_by_django() -> None:
    assert {check_settings, check_repositories} <= registry.registry.registered_checks


@override_settings(DJANGO_LAYERS={"USER_FACTOR": "x"})
def test_a_wrong_setting_is_an_error() -> None:
    expected = Error("DJANGO_LAYERS has no key 'USER_FACTOR'. Did you mean 'USER_FACTORY'?", id=SETTINGS)
    assert check_settings(None) == [expected]


def test_every_part_of_a_repository_is_checked_and_every_problem_named(wrong_repository: AnyRepository) -> None:
    messages = problems_of_repositories([wrong_repository])
    assert {message.id for message in messages} == {REPOSITORY}
    assert {message.obj for message in messages} == {wrong_repository}
    text = [str(message.msg) for message in messages]
    for start in [
        "ColourRead.nam (shop.Tag): shop.Tag has no field 'nam'. Did you mean 'name'?",
        "ColourRead.colour (shop.Tag): shop.Tag has no field 'colour'.",
        "ColourInsert.colour (shop.Tag): shop.Tag has no column 'colour'.",
        "ColourQuery.shade: 'shade' is not a field of shop.Tag.",
        "ColourQuery.order_by: '-tint': 'tint' is not a field of shop.Tag.",
        "ColourRepository.owner is 'user', which is not a reference of shop.Tag.",
    ]:
        assert any(message.startswith(start) for message in text), (start, text)
    assert len(text) == 6


def test_a_repository_that_was_imported_is_found(wrong_repository: AnyRepository) -> None:
    assert wrong_repository in [message.obj for message in check_repositories(None)]


@override_settings(ROOT_URLCONF="tests.no_such_module")
def test_the_urls_are_imported_so_that_what_they_use_is_checked() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        check_repositories(None)
