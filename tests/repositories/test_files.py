"""Files of rows."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from pytest_django import Settings

from django_layers.errors import NotFound, Stale
from django_layers.repositories import database_unit_of_work
from django_layers.repositories.files import safe_name
from django_layers.schemas import Upload
from tests.shop.models import Document
from tests.shop.repositories.orm.document import DjangoDocumentRepository
from tests.shop.schemas.document import DocumentInsert, DocumentRead

# Outside of a test's own transaction, so that what happens after the commit happens.
pytestmark = pytest.mark.django_db(transaction=True)


class Files(DjangoDocumentRepository):
    """Documents, with the methods that the generator writes for a file."""

    def set_file(self, document_id: int, upload: Upload, /, *, version: int | None = None) -> DocumentRead:
        return self._store_file(document_id, "file", upload, version=version)

    def remove_file(self, document_id: int, /, *, version: int | None = None) -> DocumentRead:
        return self._remove_file(document_id, "file", version=version)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Have files stored in a folder of the test."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.MEDIA_URL = "/media/"
    return tmp_path


def upload(text: str = "content", name: str = "a.txt") -> Upload:
    content = text.encode()
    return Upload(name=name, content_type="text/plain", content=BytesIO(content), size=len(content))


def stored(media: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in media.rglob("*") if path.is_file()}


def left_by_an_error(*steps: Callable[[], object]) -> None:
    """Take steps in a unit of work that an exception then leaves."""
    with database_unit_of_work()():
        for step in steps:
            step()
        raise ZeroDivisionError


def refuse(storage: FileSystemStorage, name: str) -> None:
    raise OSError("the storage is away")


@pytest.fixture
def document() -> DocumentRead:
    return Files().add(DocumentInsert(title="x"))


def test_a_file_is_stored_and_the_row_says_where(document: DocumentRead, media: Path) -> None:
    assert document.file is None
    changed = Files().set_file(document.id, upload())
    assert changed.file == "/media/shop/document/file/a.txt"
    assert Files().get(document.id) == changed
    assert stored(media) == {"a.txt": "content"}


def test_a_file_counts_as_a_change(document: DocumentRead) -> None:
    assert Files().set_file(document.id, upload()).version == document.version + 1
    assert Files().remove_file(document.id).version == document.version + 2
    assert Files().remove_file(document.id).version == document.version + 2


def test_the_file_of_a_row_with_another_version_stays(document: DocumentRead, media: Path) -> None:
    changed = Files().set_file(document.id, upload("old"), version=document.version)

    with pytest.raises(Stale):
        Files().set_file(document.id, upload("new"), version=document.version)
    with pytest.raises(Stale):
        Files().remove_file(document.id, version=document.version)

    assert Files().get(document.id) == changed
    assert list(stored(media).values()) == ["old"]
    assert Files().remove_file(document.id, version=changed.version).file is None


def test_another_file_takes_the_place_of_the_one_before(document: DocumentRead, media: Path) -> None:
    Files().set_file(document.id, upload("old"))
    Files().set_file(document.id, upload("new"))
    assert list(stored(media).values()) == ["new"]


def test_the_file_before_stays_until_nothing_can_bring_it_back(document: DocumentRead, media: Path) -> None:
    Files().set_file(document.id, upload("old"))
    with transaction.atomic():
        Files().set_file(document.id, upload("new"))
        assert sorted(stored(media).values()) == ["new", "old"]
        transaction.set_rollback(True)
    file = Files().get(document.id).file
    assert file == "/media/shop/document/file/a.txt"
    assert stored(media)["a.txt"] == "old"


def test_a_file_is_removed(document: DocumentRead, media: Path) -> None:
    Files().set_file(document.id, upload())
    assert Files().remove_file(document.id).file is None
    assert stored(media) == {}


def test_a_file_of_a_row_that_cannot_be_stored_is_not_kept(
    document: DocumentRead, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Document, **_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Document, "save", broken)
    with pytest.raises(ZeroDivisionError):
        Files().set_file(document.id, upload())
    assert stored(media) == {}


def test_a_row_that_is_not_there_is_not_found_and_nothing_is_stored(media: Path) -> None:
    with pytest.raises(NotFound):
        Files().set_file(7, upload())
    with pytest.raises(NotFound):
        Files().remove_file(7)
    assert stored(media) == {}


def test_a_deleted_row_takes_its_file_along(document: DocumentRead, media: Path) -> None:
    Files().set_file(document.id, upload())
    Files().delete(document.id)
    assert stored(media) == {}


def test_the_file_of_a_deleted_row_stays_until_nothing_can_bring_the_row_back(
    document: DocumentRead, media: Path
) -> None:
    Files().set_file(document.id, upload())
    with pytest.raises(ZeroDivisionError):
        left_by_an_error(lambda: Files().delete(document.id))
    assert stored(media) == {"a.txt": "content"}

    with database_unit_of_work()():
        Files().delete(document.id)
        assert stored(media) == {"a.txt": "content"}
    assert stored(media) == {}


def test_a_row_that_its_own_delete_keeps_has_its_file_still(
    document: DocumentRead, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Files().set_file(document.id, upload())
    monkeypatch.setattr(Document, "delete", lambda self: None)
    Files().delete(document.id)
    assert stored(media) == {"a.txt": "content"}


def test_a_file_that_another_row_has_too_stays(document: DocumentRead, media: Path) -> None:
    Files().set_file(document.id, upload())
    copy = Document.objects.create(title="copy", file=Document.objects.get(pk=document.id).file.name)
    Files().delete(document.id)
    assert stored(media) == {"a.txt": "content"}
    Files().remove_file(copy.pk)
    assert stored(media) == {}


def test_the_file_that_every_new_row_begins_with_stays(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (media / "blank.txt").write_text("blank")
    monkeypatch.setattr(Document._meta.get_field("file"), "get_default", lambda: "blank.txt")
    for _ in range(2):
        document = Files().add(DocumentInsert(title="x"))
        assert document.file == "/media/blank.txt"
        Files().delete(document.id)
    assert stored(media) == {"blank.txt": "blank"}


def test_a_storage_that_fails_after_the_commit_does_not_undo_the_answer(
    document: DocumentRead, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Files().set_file(document.id, upload())
    monkeypatch.setattr(FileSystemStorage, "delete", refuse)
    Files().delete(document.id)
    assert not Files().exists(document.id)
    assert "the storage is away" in caplog.text


def test_a_new_file_goes_when_an_exception_leaves_the_unit_of_work(document: DocumentRead, media: Path) -> None:
    Files().set_file(document.id, upload("old"))
    during: list[str] = []
    with pytest.raises(ZeroDivisionError):
        left_by_an_error(
            lambda: Files().set_file(document.id, upload("new")),
            lambda: during.extend(stored(media).values()),
        )
    assert sorted(during) == ["new", "old"]
    assert stored(media) == {"a.txt": "old"}
    assert Files().get(document.id).file == "/media/shop/document/file/a.txt"


def test_a_new_file_stays_when_the_unit_of_work_ends_well(document: DocumentRead, media: Path) -> None:
    with database_unit_of_work()():
        Files().set_file(document.id, upload("new"))
    assert stored(media) == {"a.txt": "new"}


def test_a_storage_that_fails_does_not_hide_why_the_row_was_taken_back(
    document: DocumentRead, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(FileSystemStorage, "delete", refuse)
    with pytest.raises(ZeroDivisionError):
        left_by_an_error(lambda: Files().set_file(document.id, upload()))
    assert "the storage is away" in caplog.text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.txt", "a.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a b.txt", "a_b.txt"),
        ("/", "file"),
        ("", "file"),
        ("..", "file"),
        ("a\x00\n;.txt", "a.txt"),
        ("x" * 300 + ".txt", "x" * 300 + ".txt"),
    ],
)
def test_a_name_leads_nowhere_else(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_that_is_too_long_is_cut(document: DocumentRead, media: Path) -> None:
    file = Files().set_file(document.id, upload(name="x" * 300 + ".txt")).file
    assert file is not None
    assert file.endswith(".txt")
    assert default_storage.exists(file.removeprefix("/media/"))
