"""A plan while it is being made."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done
from django_layers.scaffold.errors import ScaffoldError
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.plan import Action

FILE = PurePosixPath("config/api.py")


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A draft for a project with one file."""
    (tmp_path / "config").mkdir()
    (tmp_path / FILE).write_bytes(b"a\n")
    return Draft(tmp_path)


def test_several_edits_of_one_file_are_one_change_in_the_latest_place(draft: Draft) -> None:
    draft.edit(FILE, Done(b"a\nb\n"), rank=10)
    draft.edit(FILE, Done((draft.read(FILE) or b"") + b"c\n"), rank=5)

    (change,) = draft.plan().changes

    assert (change.action, change.before, change.after, change.rank) == (Action.EDIT, b"a\n", b"a\nb\nc\n", 10)


def test_a_new_file_that_is_edited_is_still_created(draft: Draft) -> None:
    new = PurePosixPath("config/new.py")
    draft.write(new, b"x\n", rank=1)
    draft.edit(new, Done(b"x\ny\n"), rank=2)

    (change,) = draft.plan().changes

    assert (change.action, change.before, change.after) == (Action.CREATE, None, b"x\ny\n")


def test_an_edit_that_is_taken_back_leaves_the_file_identical(draft: Draft) -> None:
    draft.write(FILE, b"b\n", rank=1)
    draft.write(FILE, b"a\n", rank=1)

    assert [change.action for change in draft.plan().changes] == [Action.IDENTICAL]


def test_what_needs_hands_is_shown_last_and_not_called_identical(draft: Draft) -> None:
    draft.edit(FILE, AlreadyThere(), rank=1)
    draft.edit(FILE, Cannot("line 1 is odd", "b\n"), rank=1)
    draft.write(PurePosixPath("z.py"), b"z\n", rank=9)

    assert [(change.action, change.paste) for change in draft.plan().changes] == [
        (Action.CREATE, ""),
        (Action.MANUAL, "b\n"),
    ]


def test_a_part_that_was_done_stays_beside_one_that_needs_hands(draft: Draft) -> None:
    draft.edit(FILE, Done(b"a\nb\n"), rank=1)
    draft.edit(FILE, Cannot("line 1 is odd", "c\n"), rank=1)

    assert [change.action for change in draft.plan().changes] == [Action.EDIT, Action.MANUAL]


def test_asking_whether_a_file_is_missing_does_not_mention_it(draft: Draft) -> None:
    assert not draft.lacks(FILE)
    assert draft.lacks(PurePosixPath("config/other.py"))
    assert draft.plan().changes == ()


def test_a_file_that_goes_is_a_deletion_and_then_missing(draft: Draft) -> None:
    draft.delete(FILE, rank=1)

    assert draft.lacks(FILE)
    assert [change.action for change in draft.plan().changes] == [Action.DELETE]


def test_changes_are_shown_in_the_order_of_writing(draft: Draft) -> None:
    for name, rank in (("b.py", 1), ("a.py", 2), ("c.py", 0)):
        draft.write(PurePosixPath(name), b"", rank=rank)

    assert [change.path.name for change in draft.plan().changes] == ["c.py", "b.py", "a.py"]


def test_a_folder_of_the_name_of_a_file_is_refused(draft: Draft) -> None:
    with pytest.raises(ScaffoldError, match="is a folder"):
        draft.read(PurePosixPath("config"))


def test_a_file_in_conflict_stays_so_whatever_would_be_added_to_it(draft: Draft) -> None:
    draft.conflict(FILE, "It is something else.")
    draft.edit(FILE, Done(b"a\nb\n"), rank=1)
    draft.edit(FILE, Cannot("no place", "b"), rank=1)

    (change,) = draft.plan().changes

    assert (change.action, change.after) == (Action.CONFLICT, None)
