"""What is read is what was written; what can't be read says how to mend it."""

import json
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.plans.ledger import ledger_path
from django_layers.scaffold.plans.ledger_reading import read_ledger
from tests.scaffold.plans.ledgers import APP, MODEL, RATING, write_ledger
from tests.scaffold.trees import build_tree


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_ledger(tmp_path, RATING)

    read = read_ledger(tmp_path, APP, "rating")

    assert read is not None
    assert (read.spec, read.generator, read.entity) == (RATING.spec, "0.1.0", "rating")
    assert set(read.files) == set(RATING.files)
    assert read.file(MODEL.path) == MODEL
    assert read.file(PurePosixPath("other.py")) is None


def test_no_ledger_is_no_error(tmp_path: Path) -> None:
    assert read_ledger(tmp_path, APP, "rating") is None


def test_carriage_returns_that_version_control_adds_on_checkout_do_not_count(tmp_path: Path) -> None:
    write_ledger(tmp_path, RATING)
    for path in (tmp_path / APP / ".layers").rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    read = read_ledger(tmp_path, APP, "rating")

    assert read is not None
    assert read.file(MODEL.path) == MODEL


@pytest.mark.parametrize("content", ["", "{", "[]", "1", '{"version": 1}', '{"version": 1, "entity": "rating"}'])
def test_a_damaged_ledger_names_the_way_out(tmp_path: Path, content: str) -> None:
    build_tree(tmp_path, {str(ledger_path(APP, "rating")): content})

    with pytest.raises(LedgerUnreadable, match="Restore it from version control"):
        read_ledger(tmp_path, APP, "rating")


@pytest.mark.parametrize(
    "entry",
    [
        "text",
        {"path": "a.py", "kind": "whole"},
        {"path": "a.py", "kind": "whole", "digest": "../../secret"},
        {"path": "../a.py", "kind": "whole", "digest": MODEL.digest},
        {"path": "a.py", "kind": "half", "digest": MODEL.digest},
    ],
)
def test_a_malformed_file_entry_is_refused(tmp_path: Path, entry: object) -> None:
    write_ledger(tmp_path, RATING)
    path = tmp_path / ledger_path(APP, "rating")
    path.write_text(json.dumps({**json.loads(path.read_text()), "files": [entry]}))

    with pytest.raises(LedgerUnreadable):
        read_ledger(tmp_path, APP, "rating")


def test_an_unmerged_ledger_says_how_to_go_on(tmp_path: Path) -> None:
    write_ledger(tmp_path, RATING)
    path = tmp_path / ledger_path(APP, "rating")
    path.write_text(f"<<<<<<< HEAD\n{path.read_text()}=======\n>>>>>>> branch\n")

    with pytest.raises(LedgerUnreadable, match=r"conflict markers.*changeentity Rating"):
        read_ledger(tmp_path, APP, "rating")


def test_a_ledger_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    build_tree(tmp_path, {str(ledger_path(APP, "rating")): '{"version": 2}'})

    with pytest.raises(LedgerUnreadable, match=r"has version 2.*a later one"):
        read_ledger(tmp_path, APP, "rating")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "is missing"), (b"edited", "no longer fits its name"), (b"\xff", "no UTF-8")]
)
def test_a_missing_or_edited_text_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    write_ledger(tmp_path, RATING)
    text = tmp_path / APP / ".layers/base" / f"{MODEL.digest}.txt"
    text.unlink()
    if content is not None:
        text.write_bytes(content)

    with pytest.raises(LedgerUnreadable, match=rf"{text.name} can't be used: .*{said}"):
        read_ledger(tmp_path, APP, "rating")
