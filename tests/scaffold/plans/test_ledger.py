"""The ledger remembers what was generated, merges well, and says how to mend it."""

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.plans.ledger import (
    FileKind,
    Ledger,
    LedgerFile,
    ledger_changes,
    ledger_path,
    ledger_texts,
    read_ledger,
)
from django_layers.scaffold.plans.plan import Action, Plan
from django_layers.scaffold.writing.apply import apply
from tests.scaffold.trees import build_tree, snapshot

APP = PurePosixPath("apps/recipes")
MODEL = LedgerFile(path=APP / "models/rating.py", kind=FileKind.WHOLE, text="class Rating: ...\n")
SHARED = LedgerFile(path=APP / "dependencies.py", kind=FileKind.SHARED, text="def rating_service(): ...\n")
RATING = Ledger(
    entity="rating",
    generator="0.1.0",
    spec={"name": "Rating", "fields": {"stars": {"type": "int", "min": 1}, "note": {"type": "text"}}, "unique": []},
    files=(MODEL, SHARED),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    _write(tmp_path, RATING)

    read = read_ledger(tmp_path, APP, "rating")

    assert read is not None
    assert (read.spec, read.generator, read.entity) == (RATING.spec, "0.1.0", "rating")
    assert set(read.files) == set(RATING.files)
    assert read.file(MODEL.path) == MODEL
    assert read.file(PurePosixPath("other.py")) is None


def test_the_file_has_one_field_a_line_and_sorted_keys() -> None:
    text = ledger_texts(RATING, APP)[ledger_path(APP, "rating")].decode()

    assert text == dedent(
        f"""\
        {{
          "entity": "rating",
          "files": [
            {{"digest": "{SHARED.digest}", "kind": "shared", "path": "apps/recipes/dependencies.py"}},
            {{"digest": "{MODEL.digest}", "kind": "whole", "path": "apps/recipes/models/rating.py"}}
          ],
          "generator": "0.1.0",
          "spec": {{
            "fields": {{
              "note": {{"type": "text"}},
              "stars": {{"min": 1, "type": "int"}}
            }},
            "name": "Rating",
            "unique": []
          }},
          "version": 1
        }}
        """
    )


def test_fields_in_a_list_have_a_line_each_too() -> None:
    ledger = replace(RATING, spec={"fields": [{"name": "stars"}, {"name": "note"}]})

    text = ledger_texts(ledger, APP)[ledger_path(APP, "rating")].decode()

    assert '\n      {"name": "stars"},\n      {"name": "note"}\n' in text


def test_texts_are_named_after_their_content() -> None:
    texts = ledger_texts(RATING, APP)

    assert texts[APP / ".layers/base" / f"{MODEL.digest}.txt"] == b"class Rating: ...\n"
    assert len(texts) == 3
    assert MODEL.digest != SHARED.digest


def test_a_second_time_everything_is_identical(tmp_path: Path) -> None:
    _write(tmp_path, RATING)

    assert {change.action for change in ledger_changes(tmp_path, APP, RATING)} == {Action.IDENTICAL}


def test_a_text_that_no_ledger_needs_any_more_goes(tmp_path: Path) -> None:
    _write(tmp_path, RATING)
    changed = replace(RATING, files=(replace(MODEL, text="class Rating: pass\n"), SHARED))

    _write(tmp_path, changed)

    names = {path.stem for path in (tmp_path / APP / ".layers/base").iterdir()}
    assert names == {file.digest for file in changed.files}
    assert read_ledger(tmp_path, APP, "rating") is not None


def test_a_text_that_another_entity_needs_stays(tmp_path: Path) -> None:
    _write(tmp_path, RATING)
    other = replace(RATING, entity="recipe", files=(MODEL,))
    _write(tmp_path, other)

    _write(tmp_path, replace(RATING, files=(SHARED,)))

    assert read_ledger(tmp_path, APP, "recipe") == other


def test_planning_a_ledger_writes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, RATING)
    before = snapshot(tmp_path)

    ledger_changes(tmp_path, APP, replace(RATING, files=()), rank=3)

    assert snapshot(tmp_path) == before


def test_the_rank_is_passed_on(tmp_path: Path) -> None:
    assert {change.rank for change in ledger_changes(tmp_path, APP, RATING, rank=3)} == {3}


def test_no_ledger_is_no_error(tmp_path: Path) -> None:
    assert read_ledger(tmp_path, APP, "rating") is None


def test_carriage_returns_that_version_control_adds_on_checkout_do_not_count(tmp_path: Path) -> None:
    _write(tmp_path, RATING)
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
    _write(tmp_path, RATING)
    path = tmp_path / ledger_path(APP, "rating")
    path.write_text(json.dumps({**json.loads(path.read_text()), "files": [entry]}))

    with pytest.raises(LedgerUnreadable):
        read_ledger(tmp_path, APP, "rating")


def test_an_unmerged_ledger_says_how_to_go_on(tmp_path: Path) -> None:
    _write(tmp_path, RATING)
    path = tmp_path / ledger_path(APP, "rating")
    path.write_text(f"<<<<<<< HEAD\n{path.read_text()}=======\n>>>>>>> branch\n")

    with pytest.raises(LedgerUnreadable, match=r"conflict markers.*changeentity Rating"):
        read_ledger(tmp_path, APP, "rating")


def test_a_ledger_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    build_tree(tmp_path, {str(ledger_path(APP, "rating")): '{"version": 2}'})

    with pytest.raises(LedgerUnreadable, match=r"has version 2.*a later one"):
        read_ledger(tmp_path, APP, "rating")


@pytest.mark.parametrize(("content", "said"), [(None, "is missing"), (b"edited", "no longer fits its name")])
def test_a_missing_or_edited_text_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    _write(tmp_path, RATING)
    text = tmp_path / APP / ".layers/base" / f"{MODEL.digest}.txt"
    text.unlink()
    if content is not None:
        text.write_bytes(content)

    with pytest.raises(LedgerUnreadable, match=rf"{text.name} can't be used: .*{said}"):
        read_ledger(tmp_path, APP, "rating")


def test_values_that_would_not_come_back_are_refused() -> None:
    with pytest.raises(ValueError, match="newline character only"):
        replace(MODEL, text="a\r\n")
    with pytest.raises(ValueError, match="names a file twice"):
        replace(RATING, files=(MODEL, MODEL))
    with pytest.raises(ValueError, match="must be an identifier"):
        replace(RATING, entity="../rating")


def _write(root: Path, ledger: Ledger) -> None:
    apply(Plan(root, ledger_changes(root, APP, ledger)))
