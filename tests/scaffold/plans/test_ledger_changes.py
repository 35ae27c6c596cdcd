"""The files of a ledger merge well, and only what somebody needs is kept."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

from django_layers.scaffold.plans.ledger import ledger_path
from django_layers.scaffold.plans.ledger_changes import ledger_changes, ledger_texts
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import Action
from tests.scaffold.plans.ledgers import APP, MODEL, RATING, SHARED, write_ledger
from tests.scaffold.trees import snapshot


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
    write_ledger(tmp_path, RATING)

    assert {change.action for change in ledger_changes(tmp_path, APP, RATING)} == {Action.IDENTICAL}


def test_a_text_that_no_ledger_needs_any_more_goes(tmp_path: Path) -> None:
    write_ledger(tmp_path, RATING)
    changed = replace(RATING, files=(replace(MODEL, text="class Rating: pass\n"), SHARED))

    write_ledger(tmp_path, changed)

    names = {path.stem for path in (tmp_path / APP / ".layers/base").iterdir()}
    assert names == {file.digest for file in changed.files}
    assert read_ledger(tmp_path, APP, "rating") is not None


def test_a_text_that_another_entity_needs_stays(tmp_path: Path) -> None:
    write_ledger(tmp_path, RATING)
    other = replace(RATING, entity="recipe", files=(MODEL,))
    write_ledger(tmp_path, other)

    write_ledger(tmp_path, replace(RATING, files=(SHARED,)))

    assert read_ledger(tmp_path, APP, "recipe") == other


def test_planning_a_ledger_writes_nothing(tmp_path: Path) -> None:
    write_ledger(tmp_path, RATING)
    before = snapshot(tmp_path)

    ledger_changes(tmp_path, APP, replace(RATING, files=()), rank=3)

    assert snapshot(tmp_path) == before


def test_the_rank_is_passed_on(tmp_path: Path) -> None:
    assert {change.rank for change in ledger_changes(tmp_path, APP, RATING, rank=3)} == {3}
