"""The journal survives being written and read, and refuses what a run can't have written."""

import json
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.errors import JournalUnreadable
from django_layers.scaffold.writing import journal as journals
from django_layers.scaffold.writing.effects import DISK
from django_layers.scaffold.writing.journal import NOT_A_FILE, Entry, Folder, Journal, digest_of

DIGEST = "0" * 64
JOURNAL = Journal(
    run="0123456789abcdef",
    entries=(
        Entry(path=PurePosixPath("a/new.py"), before=None, after=DIGEST, mode=None, owner=None),
        Entry(path=PurePosixPath("b.py"), before=DIGEST, after=None, mode=0o640, owner=(0, 0)),
    ),
    created=(PurePosixPath("a"),),
    emptied=(Folder(PurePosixPath("c"), 0o755),),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    journals.write(JOURNAL, tmp_path, DISK)

    assert journals.read(tmp_path) == JOURNAL
    assert [path.name for path in tmp_path.iterdir()] == [journals.JOURNAL_NAME]


def test_no_journal_is_no_error(tmp_path: Path) -> None:
    assert journals.read(tmp_path) is None


def test_temporary_files_are_in_the_folder_of_their_target() -> None:
    assert JOURNAL.temporary(0) == PurePosixPath("a/.layers-0123456789abcdef-0000.tmp")


def test_the_longest_possible_name_still_has_temporary_and_old_content() -> None:
    entry = Entry(path=PurePosixPath("x" * 252 + ".py"), before=DIGEST, after=None, mode=0o644, owner=None)
    journal = Journal(run=JOURNAL.run, entries=(entry,))

    assert len(journal.temporary(0).name) < 255
    assert len(journal.image_name(0).encode()) < 255


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2),
        ("run", "../../etc"),
        ("run", None),
        ("entries", {}),
        ("entries", ["a.py"]),
        ("created", ["../outside"]),
        ("created", ["/etc"]),
        ("created", [1]),
        ("emptied", [{"path": "c", "mode": "755"}]),
        ("emptied", [{"path": ".", "mode": 493}]),
    ],
)
def test_what_no_run_writes_is_refused(tmp_path: Path, key: str, value: object) -> None:
    _write(tmp_path, key, value)

    with pytest.raises(JournalUnreadable, match=r"journal\.json can't be used"):
        journals.read(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", "a/../../outside.py"),
        ("path", "a\0.py"),
        ("before", "short"),
        ("after", 7),
        ("mode", -1),
        ("mode", True),
        ("owner", [1]),
        ("owner", "root"),
    ],
)
def test_a_malformed_entry_is_refused(tmp_path: Path, key: str, value: object) -> None:
    entry = {"path": "b.py", "before": DIGEST, "after": None, "mode": 420, "owner": [0, 0]}
    _write(tmp_path, "entries", [{**entry, key: value}])

    with pytest.raises(JournalUnreadable):
        journals.read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_damaged_files_are_refused(tmp_path: Path, content: bytes) -> None:
    journals.journal_file(tmp_path).write_bytes(content)

    with pytest.raises(JournalUnreadable):
        journals.read(tmp_path)


def test_a_digest_tells_files_nothing_and_everything_else_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")

    assert digest_of(tmp_path / "file") == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert digest_of(tmp_path / "missing") is None
    assert digest_of(tmp_path / "file" / "below") is None
    assert digest_of(tmp_path / "link") == NOT_A_FILE
    assert digest_of(tmp_path) == NOT_A_FILE


def _write(folder: Path, key: str, value: object) -> None:
    journals.write(JOURNAL, folder, DISK)
    path = journals.journal_file(folder)
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
