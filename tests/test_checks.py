"""What `manage.py check` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.checks import Error, Warning, registry
from django.db.models import Count, Sum
from django.test import override_settings

from django_layers.checks import (
    MEDIA_ROOT,
    REPOSITORY,
    SETTINGS,
    check_files,
    check_repositories,
    check_settings,
    problems_of_repositories,
)
from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.shop.models import Document, Tag
from tests.shop.repositories.orm.document import DjangoDocumentRepository
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


def test_the_checks_are_run_by_django() -> None:
    ordinary: set[object] = {*registry.registry.get_checks()}
    assert ordinary & {check_settings, check_repositories, check_files} == {check_settings, check_repositories}
    deployment: set[object] = {*registry.registry.get_checks(include_deployment_checks=True)}
    assert check_files in deployment


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


def test_a_wrong_expression_hides_no_wrong_field() -> None:
    class CountedRead(ResponseSchema):
        id: str
        size: int
        sum: int

    class CountedRepository(ModelRepository[Tag, CountedRead, TagChanges, TagChanges, PageQuery]):
        expressions = {"size": Count("product"), "sum": Sum("prices")}  # noqa: RUF012  as the generator writes it

    text = [str(message.msg) for message in problems_of_repositories([CountedRepository])]
    for start in [
        "expressions['size'] cannot be worked out of shop.Tag: Cannot resolve keyword 'product'",
        "expressions['sum'] cannot be worked out of shop.Tag: Cannot resolve keyword 'prices'",
        "CountedRead.id (shop.Tag) is annotated str, and what is stored is int.",
    ]:
        assert any(message.startswith(start) for message in text), (start, text)


@override_settings(MEDIA_ROOT="")
def test_files_that_would_land_beside_the_source_code_are_warned_of() -> None:
    assert DjangoDocumentRepository in ModelRepository.__subclasses__()
    file = Document._meta.get_field("file")
    # Other tests make repositories of other tables, which live until they are collected.
    assert [message for message in check_files(None) if message.obj is file] == [
        Warning(
            "Uploaded files are stored in the folder that the server is started in: MEDIA_ROOT is empty.",
            hint='Add to the settings: MEDIA_ROOT = BASE_DIR / "media" and MEDIA_URL = "media/".',
            obj=file,
            id=MEDIA_ROOT,
        )
    ]


@pytest.mark.parametrize(
    "storage",
    [
        {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": "/srv/media"}},
        {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    ],
)
def test_files_that_are_stored_elsewhere_need_no_media_root(storage: dict[str, object]) -> None:
    with override_settings(MEDIA_ROOT="", STORAGES={"default": storage}):
        assert check_files(None) == []


def test_a_repository_that_was_imported_is_found(wrong_repository: AnyRepository) -> None:
    assert wrong_repository in [message.obj for message in check_repositories(None)]


@override_settings(ROOT_URLCONF="tests.no_such_module")
def test_the_urls_are_imported_so_that_what_they_use_is_checked() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        check_repositories(None)
