"""What `--json` prints is what its schema says."""

import copy
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.merging import Conflict
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.plans.report import JSON_VERSION, as_json
from tests.scaffold.plans.json_schema import violations

SCHEMA = json.loads(files("django_layers.scaffold.plans").joinpath("plan.schema.json").read_text())
A, B = b"a\n", b"b\n"


def change(action: Action, *, before: bytes | None = A, after: bytes | None = B, **more: object) -> Change:
    """A change of a file that is called after what happens to it."""
    path = PurePosixPath(f"{action}.py")
    return Change(action=action, path=path, before=before, after=after, **more)  # type: ignore[arg-type]


PLAN = Plan(
    root=Path("/project"),
    changes=(
        change(Action.CREATE, before=None, migration=True),
        change(Action.MERGE),
        change(Action.EDIT),
        change(Action.IDENTICAL, after=A),
        change(Action.DELETE, after=None),
        change(Action.MANUAL, after=None, reason="Because.", paste="a = 1\n"),
        change(
            Action.CONFLICT,
            after=None,
            reason="Because.",
            conflicts=(Conflict("A.f", "because", None, "mine", "theirs"), Conflict("", "because", "base", None, None)),
        ),
    ),
    notices=("A sentence.",),
)


def told(text: str) -> list[str]:
    """What a text breaks of the schema."""
    return [*violations(json.loads(text), SCHEMA, SCHEMA)]


@pytest.mark.parametrize("diff", [False, True])
def test_every_action_is_described(diff: bool) -> None:
    assert {str(each.action) for each in PLAN.changes} == {*Action}
    assert told(as_json(PLAN, diff=diff)) == []
    assert told(as_json(Plan(root=Path("/project")), diff=diff)) == []


def test_the_schema_has_the_version_and_the_words_of_the_code() -> None:
    assert SCHEMA["properties"]["version"]["const"] == JSON_VERSION
    assert SCHEMA["$defs"]["change"]["properties"]["action"]["enum"] == [*Action]


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda data: data.update(version=2), "$.version: 2 is not 1"),
        (lambda data: data.pop("notices"), "$: notices is missing"),
        (lambda data: data.update(more=1), "$: more is unknown"),
        (lambda data: data["changes"][0].update(action="write"), "'write' is none of"),
        (lambda data: data["changes"][6]["conflicts"][0].update(base=1), "$.changes[6].conflicts[0].base: 1 is no"),
        (lambda data: data.update(changed="yes"), "$.changed: 'yes' is no boolean"),
    ],
)
def test_anything_else_breaks_it(damage: Callable[[dict[str, object]], object], problem: str) -> None:
    data = copy.deepcopy(json.loads(as_json(PLAN)))
    damage(data)

    assert problem in "\n".join(told(json.dumps(data)))
