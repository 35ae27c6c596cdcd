"""A plan is data that can't contradict itself."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.errors import InvalidPlan
from django_layers.scaffold.plans.plan import Action, Plan
from tests.scaffold.plan_changes import change

ROOT = Path("/project")


def test_the_words_are_those_that_commands_print() -> None:
    assert [action.value for action in Action] == [
        "create",
        "merge",
        "edit",
        "identical",
        "conflict",
        "delete",
        "manual",
    ]


@pytest.mark.parametrize("path", ["../x.py", "a/../../x.py", "/etc/passwd", ".", ".layers-journal/lock", "a\n.py"])
def test_a_path_that_is_no_file_below_the_root_is_refused(path: str) -> None:
    with pytest.raises(InvalidPlan):
        change(Action.CREATE, path, None, "")


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        (Action.CREATE, "old", "new"),
        (Action.CREATE, None, None),
        (Action.EDIT, None, "new"),
        (Action.EDIT, "old", None),
        (Action.EDIT, "same", "same"),
        (Action.MERGE, "same", "same"),
        (Action.IDENTICAL, "old", "new"),
        (Action.IDENTICAL, None, None),
        (Action.DELETE, None, None),
        (Action.DELETE, "old", "new"),
        (Action.CONFLICT, "old", "new"),
        (Action.MANUAL, "old", None),
    ],
)
def test_an_action_that_does_not_fit_its_contents_is_refused(
    action: Action, before: str | None, after: str | None
) -> None:
    with pytest.raises(InvalidPlan, match=rf"{action} a\.py: it needs"):
        change(action, "a.py", before, after)


def test_a_manual_change_needs_something_to_paste() -> None:
    with pytest.raises(InvalidPlan):
        change(Action.MANUAL, "a.py", "old", None, reason="It is computed.")


def test_two_changes_of_one_file_are_refused() -> None:
    with pytest.raises(InvalidPlan, match=r"Two changes of one file: a\.py"):
        Plan(ROOT, (change(Action.CREATE, "a.py", None, ""), change(Action.DELETE, "a.py", "old", None)))


def test_what_is_left_by_hand_may_stand_beside_an_edit_of_the_file() -> None:
    edit = change(Action.EDIT, "a.py", "old", "new")
    manual = change(Action.MANUAL, "a.py", "old", None, reason="It is computed.", paste="x")

    plan = Plan(ROOT, (edit, manual, manual))

    assert plan.writes == (edit,)
    assert plan.manual == (manual, manual)


def test_a_file_that_is_also_a_folder_is_refused() -> None:
    with pytest.raises(InvalidPlan, match="both a file and the folder"):
        Plan(ROOT, (change(Action.CREATE, "a", None, ""), change(Action.CREATE, "a/b/c.py", None, "")))


def test_a_relative_root_is_refused() -> None:
    with pytest.raises(InvalidPlan, match="absolute"):
        Plan(Path("project"))


def test_writes_are_ordered_by_rank_then_deletions_last_then_path() -> None:
    changes = (
        change(Action.EDIT, "urls.py", "old", "new", rank=9),
        change(Action.DELETE, "a.py", "old", None),
        change(Action.CREATE, "c.py", None, ""),
        change(Action.IDENTICAL, "same.py", "same", "same"),
        change(Action.MERGE, "b.py", "old", "new"),
        change(Action.CREATE, "early.py", None, "", rank=-1),
    )

    for order in (changes, changes[::-1]):
        names = [str(written.path) for written in Plan(ROOT, order).writes]
        assert names == ["early.py", "b.py", "c.py", "a.py", "urls.py"]


def test_a_plan_changes_something_only_if_it_writes() -> None:
    conflict = change(Action.CONFLICT, "a.py", "old", "new", reason="It is not ours.")
    plan = Plan(ROOT, (conflict, change(Action.IDENTICAL, "same.py", "same", "same")))

    assert not plan.changes_something
    assert plan.conflicts == (conflict,)
    assert Plan(ROOT, (change(Action.CREATE, "c.py", None, ""),)).changes_something


def test_changes_are_values() -> None:
    first = change(Action.CREATE, "c.py", None, "")

    assert replace(first, path=PurePosixPath("c.py")) == first
    assert first in {first}
