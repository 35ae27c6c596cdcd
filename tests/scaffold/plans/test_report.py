"""What a plan looks like to people, to `git apply` and to programs."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest

from django_layers.scaffold.merging import Conflict
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.plans.report import as_diff, as_json, as_text
from tests.scaffold.plan_changes import change
from tests.scaffold.trees import build_tree, snapshot

ROOT = Path("/project")


def test_the_text_names_files_then_notices_then_what_is_left_to_do() -> None:
    plan = Plan(
        ROOT,
        (
            change(Action.CREATE, "recipes/models/rating.py", None, ""),
            change(Action.IDENTICAL, "recipes/apps.py", "same", "same"),
            change(
                Action.MANUAL,
                "config/settings.py",
                "x",
                None,
                reason="INSTALLED_APPS is read from the environment.",
                paste='INSTALLED_APPS += [\n    "recipes",\n]\n',
            ),
            change(Action.CONFLICT, "recipes/api/rating.py", "mine", "new", reason="It was not generated."),
        ),
        ("Next: python manage.py migrate",),
    )

    assert as_text(plan) == dedent(
        """\
        create     recipes/models/rating.py
        identical  recipes/apps.py
        manual     config/settings.py
        conflict   recipes/api/rating.py

        Next: python manage.py migrate

        config/settings.py needs a change by hand. INSTALLED_APPS is read from the environment.
        Paste:

            INSTALLED_APPS += [
                "recipes",
            ]

        recipes/api/rating.py is in conflict. It was not generated.
        """
    )


def test_copies_that_a_ledger_keeps_are_shown_only_to_programs() -> None:
    kept = "recipes/.layers/base/21605cd7f2b2a63ce8895bbced9dcd05.txt"
    plan = Plan(
        ROOT,
        (
            change(Action.CREATE, "recipes/.layers/rating.json", None, "{}\n"),
            change(Action.CREATE, kept, None, "a copy\n"),
        ),
    )

    assert as_text(plan) == "create  recipes/.layers/rating.json\n"
    assert "a copy" not in as_diff(plan)
    assert [row["path"] for row in json.loads(as_json(plan))["changes"]] == ["recipes/.layers/rating.json", kept]


def test_an_empty_plan_has_no_text_and_no_diff() -> None:
    assert as_text(Plan(ROOT)) == ""
    assert as_diff(Plan(ROOT)) == ""


def test_the_diff_is_unified_with_the_usual_prefixes() -> None:
    plan = Plan(ROOT, (change(Action.EDIT, "a.py", "x = 1\n", "x = 2"), change(Action.CREATE, "b.py", None, "y\n")))

    assert as_diff(plan) == dedent(
        """\
        diff --git a/a.py b/a.py
        --- a/a.py
        +++ b/a.py
        @@ -1 +1 @@
        -x = 1
        +x = 2
        \\ No newline at end of file
        diff --git a/b.py b/b.py
        new file mode 100644
        --- /dev/null
        +++ b/b.py
        @@ -0,0 +1 @@
        +y
        """
    )


def test_colours_mark_lines_and_a_removed_comment_of_sql_is_no_header() -> None:
    plan = Plan(ROOT, (change(Action.EDIT, "a.sql", "-- old\nsame\n", "-- new\nsame\n"),))

    lines = as_diff(plan, colour=True).splitlines()

    assert lines[0] == "\x1b[1mdiff --git a/a.sql b/a.sql\x1b[0m"
    assert lines[1] == "\x1b[1m--- a/a.sql\x1b[0m"
    assert lines[3].startswith("\x1b[36m@@")
    assert lines[4:] == ["\x1b[31m--- old\x1b[0m", "\x1b[32m+-- new\x1b[0m", " same"]


CONTENTS = [
    (b"one\ntwo\n", b"one\n2\n"),
    (b"one\r\ntwo\r\n", b"one\r\nand\r\ntwo\r\n"),
    (b"no newline", b"no newline\n"),
    (b"newline\n", b"newline"),
    (b"", b"filled\n"),
    (b"emptied\n", b""),
    (None, b""),
    (None, b"new\n"),
    (b"", None),
    (b"gone", None),
    (b"\xef\xbb\xbfx = 1\n", b"\xef\xbb\xbfx = 2\n"),
    ("page\fbreak\u2028same line\ry\n".encode(), "page\fbreak\u2028same line\rz\n".encode()),
    (b"\n".join(b"line %d" % n for n in range(60)), b"\n".join(b"line %d" % n for n in range(60) if n not in (3, 50))),
]


@pytest.mark.parametrize(("before", "after"), CONTENTS)
def test_git_apply_makes_of_the_diff_what_the_plan_says(
    tmp_path: Path, before: bytes | None, after: bytes | None
) -> None:
    if before is not None:
        build_tree(tmp_path, {"pkg/a.py": before})
    action = Action.CREATE if before is None else Action.DELETE if after is None else Action.EDIT
    plan = Plan(tmp_path, (Change(action=action, path=PurePosixPath("pkg/a.py"), before=before, after=after),))

    _git_apply(tmp_path, as_diff(plan).encode())

    contents = [content for _, content in snapshot(tmp_path).values() if content is not None]
    assert contents == ([] if after is None else [after])


def test_a_declared_encoding_is_shown_as_text() -> None:
    before = "# coding: latin-1\nname = 'caf\u00e9'\n".encode("latin-1")
    edit = Change(action=Action.EDIT, path=PurePosixPath("a.py"), before=before, after=before + b"x = 1\n")

    assert " name = 'caf\u00e9'\n+x = 1\n" in as_diff(Plan(ROOT, (edit,)))


@pytest.mark.parametrize(("name", "content"), [("a.py", b"# coding: nonsense\n\xe9\n"), ("a.txt", b"\xe9\n")])
def test_an_encoding_that_cannot_be_told_is_no_error(name: str, content: bytes) -> None:
    edit = Change(action=Action.EDIT, path=PurePosixPath(name), before=content, after=content + b"x\n")

    assert "\n \u00e9\n+x\n" in as_diff(Plan(ROOT, (edit,)))


def test_the_json_has_a_stable_shape() -> None:
    plain = {"migration": False, "reason": "", "paste": "", "conflicts": []}
    manual = change(Action.MANUAL, "urls.py", "x", None, reason="Unclear.", paste="y\n")
    plan = Plan(ROOT, (change(Action.CREATE, "a/b.py", None, "z\n"), manual), ("Next.",))

    assert json.loads(as_json(plan)) == {
        "version": 1,
        "changes": [
            {"action": "create", "path": "a/b.py", **plain},
            {"action": "manual", "path": "urls.py", **plain, "reason": "Unclear.", "paste": "y\n"},
        ],
        "notices": ["Next."],
        "changed": True,
    }


def test_members_in_conflict_are_shown_with_their_three_versions() -> None:
    conflict = Conflict("A.make", "both changed it", "    x = 1", "    x = 2", None)
    change_ = replace(change(Action.CONFLICT, "a.py", "x", None, reason="Both changed it."), conflicts=(conflict,))
    plan = Plan(ROOT, (change_,))

    assert json.loads(as_json(plan))["changes"][0]["conflicts"] == [
        {"member": "A.make", "reason": "both changed it", "base": "    x = 1", "mine": "    x = 2", "theirs": None}
    ]
    assert (
        "A.make: both changed it.\n  generated before:\n        x = 1\n  yours:\n        x = 2\n  generated now: nothing\n"
        in as_text(plan)
    )


def test_the_json_carries_diffs_when_asked() -> None:
    manual = change(Action.MANUAL, "urls.py", "x", None, reason="Unclear.", paste="y\n")
    plan = Plan(ROOT, (change(Action.CREATE, "a/b.py", None, "z\n"), manual))

    created, by_hand = json.loads(as_json(plan, diff=True))["changes"]

    assert created["diff"] == as_diff(plan)
    assert by_hand["diff"] == ""


def _git_apply(folder: Path, diff: bytes) -> None:
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=folder, input=diff, check=True)
