"""The log of what was written."""

import logging

import pytest
from django.db import transaction

from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.tag import TagChanges, TagInsert

# Outside of a test's own transaction, since nothing is logged before the commit.
pytestmark = pytest.mark.django_db(transaction=True)

LOGGER = "django_layers.writes"


def test_every_write_is_logged_with_what_was_done_to_which_row(caplog: pytest.LogCaptureFixture) -> None:
    repository = DjangoTagRepository()
    with caplog.at_level(logging.INFO, logger=LOGGER):
        tag = repository.add(TagInsert(name="secret"))
        repository.update(tag.id, TagChanges(name="more secret"))
        repository.update(tag.id, TagChanges())
        (other,) = repository.add_many([TagInsert(name="other")])
        repository.delete(tag.id)
    assert [record.getMessage() for record in caplog.records] == [
        f"add shop.Tag {tag.id}",
        f"update shop.Tag {tag.id}",
        f"add shop.Tag {other.id}",
        f"delete shop.Tag {tag.id}",
    ]
    first = vars(caplog.records[0])
    assert (first["action"], first["entity"], first["key"]) == ("add", "shop.Tag", str(tag.id))
    assert "secret" not in str([vars(record) for record in caplog.records])


def test_a_write_is_logged_after_the_commit(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=LOGGER):
        with transaction.atomic():
            DjangoTagRepository().add(TagInsert(name="a"))
            assert caplog.records == []
        assert len(caplog.records) == 1


def test_a_write_that_is_undone_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=LOGGER), transaction.atomic():
        DjangoTagRepository().add(TagInsert(name="a"))
        transaction.set_rollback(True)
    assert caplog.records == []


def test_nothing_is_kept_for_a_log_that_nobody_reads(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger=LOGGER), transaction.atomic():
        DjangoTagRepository().add(TagInsert(name="a"))
        assert transaction.get_connection().run_on_commit == []
