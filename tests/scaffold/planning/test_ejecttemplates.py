"""Copies of templates in a project."""

from pathlib import Path

import pytest

from django_layers.scaffold.errors import LedgerUnreadable
from django_layers.scaffold.merging import Choice
from django_layers.scaffold.planning import ejecttemplates
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.ejecttemplates import plan_ejecttemplates, template_notices
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.rendering.environment import Templates, shipped_templates
from django_layers.scaffold.writing.apply import apply

SHIPPED = {"entity/a.py": "1\n2\n3\n", "entity/_b": "b\n", "project/c.py": "c\n"}
COPY = ".layers/templates/entity/a.py.jinja"
NEWER = {**SHIPPED, "entity/a.py": "1\n2\nthree\n"}


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Ship three templates."""
    ship(monkeypatch, SHIPPED)
    return monkeypatch


def ship(patch: pytest.MonkeyPatch, templates: dict[str, str]) -> None:
    """Ship other templates from now on."""
    patch.setattr(ejecttemplates, "shipped_templates", lambda: templates)


def planned(root: Path, *names: str, **choices: Choice) -> Plan:
    """The plan, with a choice about the copy if one is given."""
    decided = {path: {"": choice} for path, choice in zip([Path(COPY)], choices.values(), strict=False)}
    return plan_ejecttemplates(root, names, decisions=Decisions(choices=decided))  # type: ignore[arg-type]


def actions(plan: Plan) -> dict[str, str]:
    """What happens to the copies."""
    return {str(change.path): str(change.action) for change in plan.changes if change.path.suffix == ".jinja"}


def copied(root: Path, text: str | None = None) -> Path:
    """A project with a copy of one template, which is edited to a text."""
    apply(planned(root, "entity/a.py"))
    if text is not None:
        (root / COPY).write_text(text)
    return root


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ["entity/_b", "entity/a.py", "project/c.py"]),
        (["entity"], ["entity/_b", "entity/a.py"]),
        (["entity/a.py.jinja", "project/c.py"], ["entity/a.py", "project/c.py"]),
    ],
)
def test_templates_are_named_alone_by_folder_or_not_at_all(
    tmp_path: Path, names: list[str], expected: list[str]
) -> None:
    plan = planned(tmp_path, *names)

    assert sorted(actions(plan)) == [f".layers/templates/{name}.jinja" for name in expected]


def test_a_template_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"entity/b\.py: there is no such template\. Did you mean entity/a\.py\?"):
        planned(tmp_path, "entity/b.py")


def test_a_copy_wins_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    copied(tmp_path, "mine {{ word }}\n")

    assert Templates(tmp_path).render("entity/a.py", word="text") == "mine text\n"
    assert not planned(tmp_path, "entity/a.py").changes_something
    assert template_notices(tmp_path) == ()


def test_a_changed_template_is_told_of_and_followed(tmp_path: Path, shipped: pytest.MonkeyPatch) -> None:
    copied(tmp_path)
    ship(shipped, NEWER)

    (notice,) = template_notices(tmp_path)
    apply(planned(tmp_path, "entity/a.py"))

    assert notice.startswith(f"{COPY} was copied from a template that has changed since: manage.py ejecttemplates")
    assert (tmp_path / COPY).read_text() == NEWER["entity/a.py"]
    assert template_notices(tmp_path) == ()


def test_a_changed_template_is_merged_into_an_edited_copy(tmp_path: Path, shipped: pytest.MonkeyPatch) -> None:
    copied(tmp_path, "one\n2\n3\n")
    ship(shipped, NEWER)

    apply(planned(tmp_path, "entity/a.py"))

    assert (tmp_path / COPY).read_text() == "one\n2\nthree\n"


def test_what_both_changed_is_decided_once(tmp_path: Path, shipped: pytest.MonkeyPatch) -> None:
    copied(tmp_path, "1\n2\ntrois\n")
    ship(shipped, NEWER)

    assert actions(planned(tmp_path, "entity/a.py")) == {COPY: "conflict"}
    assert actions(planned(tmp_path, "entity/a.py", choice=Choice.THEIRS)) == {COPY: "merge"}
    apply(planned(tmp_path, "entity/a.py", choice=Choice.OURS))
    assert (tmp_path / COPY).read_text() == "1\n2\ntrois\n"
    assert not planned(tmp_path, "entity/a.py").changes_something
    assert template_notices(tmp_path) == ()


def test_a_template_of_the_project_that_was_not_copied_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / COPY).parent.mkdir(parents=True)
    (tmp_path / COPY).write_text("mine\n")

    assert actions(planned(tmp_path, "entity/a.py")) == {COPY: "conflict"}
    assert template_notices(tmp_path) == ()


@pytest.mark.parametrize(
    "damage", ["{", "[]", '{"version": 2, "templates": {}}', '{"version": 1, "templates": {"a": "b"}}']
)
def test_a_damaged_record_is_an_error_with_the_way_out(tmp_path: Path, damage: str) -> None:
    copied(tmp_path)
    (tmp_path / ".layers/templates.json").write_text(damage)

    with pytest.raises(LedgerUnreadable, match="Restore it from version control"):
        template_notices(tmp_path)


def test_a_damaged_text_of_a_record_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    copied(tmp_path)
    [text] = (tmp_path / ".layers/base").iterdir()
    text.write_bytes(b"\xff")

    with pytest.raises(LedgerUnreadable, match="Restore it from version control"):
        template_notices(tmp_path)


def test_all_templates_are_shipped() -> None:
    names = shipped_templates().keys()

    assert {"entity/services.py", "entity/_access", "project/mypy.ini", "app/tests/memory.py"} <= names
