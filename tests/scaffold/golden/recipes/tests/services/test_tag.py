"""The rules of tags, on in-memory repositories."""

import pytest
from django_layers.errors import NotFound
from django_layers.testing import MemoryDatabase

from recipes.schemas.tag import TagCorrect, TagQuery, TagUpdate
from recipes.services.tag import TagService
from recipes.tests.actors import NOBODY
from recipes.tests.factories.tag import requested_tag, stored_tag
from recipes.tests.memory import memory_database, tag_service


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def tags(database: MemoryDatabase) -> TagService:
    return tag_service(database)


def test_a_created_tag_can_be_read(tags: TagService, database: MemoryDatabase) -> None:
    request = requested_tag(database)

    created = tags.create(NOBODY, request)

    assert tags.get(NOBODY, created.id) == created
    assert created.name == request.name


def test_a_list_holds_the_stored_tags(
    tags: TagService, database: MemoryDatabase
) -> None:
    tag = stored_tag(database)

    assert tags.page(NOBODY, TagQuery()).items == (tag,)


def test_a_change_keeps_what_it_leaves_out(
    tags: TagService, database: MemoryDatabase
) -> None:
    tag = stored_tag(database)

    assert tags.update(NOBODY, tag.id, TagUpdate()) == tag


def test_every_field_that_can_be_changed_is(
    tags: TagService, database: MemoryDatabase
) -> None:
    tag = stored_tag(database)
    request = requested_tag(database)

    changed = tags.update(
        NOBODY,
        tag.id,
        TagUpdate(
            name=request.name,
        ),
    )

    assert changed.id == tag.id
    assert changed.name == request.name


def test_a_deleted_tag_is_gone(tags: TagService, database: MemoryDatabase) -> None:
    tag = stored_tag(database)

    tags.delete(NOBODY, tag.id)

    with pytest.raises(NotFound):
        tags.get(NOBODY, tag.id)


def test_only_a_tag_that_is_there_can_be_referred_to(
    tags: TagService, database: MemoryDatabase
) -> None:
    tag = stored_tag(database)

    tags.require(NOBODY, tag.id)
    tags.delete(NOBODY, tag.id)
    with pytest.raises(NotFound):
        tags.require(NOBODY, tag.id)


def correct_request(database: MemoryDatabase) -> TagCorrect:
    """Return a request to correct a tag."""
    request = requested_tag(database)
    return TagCorrect(
        name=request.name,
    )


def test_correct_stores_what_it_is_told(
    tags: TagService, database: MemoryDatabase
) -> None:
    tag = stored_tag(database)
    data = correct_request(database)

    changed = tags.correct(NOBODY, tag.id, data)

    assert changed.id == tag.id
    assert tags.get(NOBODY, tag.id) == changed
    assert changed.name == data.name


def test_correct_of_a_missing_tag_is_refused(
    tags: TagService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        tags.correct(NOBODY, 999_999_999, correct_request(database))


def test_tidy_answers_with_what_is_stored(
    tags: TagService, database: MemoryDatabase
) -> None:
    tag = stored_tag(database)

    (changed,) = tags.tidy(NOBODY)

    assert changed.id == tag.id
    assert tags.get(NOBODY, tag.id) == changed
