"""`manage.py addoperation`, run as a user runs it."""

from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject

SERVICE = "recipes/services/rating.py"
HIDE = ("addoperation", "recipes.Rating", "hide", "--input", "stars", "reason:text:optional")


@pytest.fixture(scope="module")
def _rated_once(layered_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = layered_once.copy(tmp_path_factory.mktemp("operations") / "project")
    ran = project.manage("addentity", "Rating", "stars:int:min=1:max=5", "user:owner")
    assert ran.code == 0, ran.err
    return project


@pytest.fixture
def rated(_rated_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with the layered app `recipes` and the entity `Rating`, whose service was edited."""
    project = _rated_once.copy(tmp_path / "rated")
    service = project.root / SERVICE
    text = service.read_text()
    text = text.replace("self._ratings.delete(rating_id)", "self._ratings.delete(rating_id)  # for good")
    service.write_text(f'{text}\n    def best(self) -> int:\n        """Ours."""\n        return 5\n')
    return project


def test_an_operation_goes_into_edited_files_and_a_second_run_changes_nothing(rated: TestProject) -> None:
    checked = rated.manage(*HIDE, "--check")
    first = rated.manage(*HIDE)
    tree = rated.tree()
    second = rated.manage(*HIDE)

    assert (checked.code, first.code, second.code) == (1, 0, 0), first.err + second.err
    assert {line.split()[1] for line in first.out.splitlines() if line.startswith("merge")} == {
        "recipes/api/rating.py",
        "recipes/repositories/rating.py",
        "recipes/schemas/rating.py",
        SERVICE,
        "recipes/tests/api/test_rating.py",
        "recipes/tests/services/test_rating.py",
    }
    service = tree[SERVICE].decode()
    assert "self._ratings.delete(rating_id)  # for good" in service
    assert service.index("def hide(") < service.index("def _hide_changes(")
    assert '        """Ours."""\n        return 5\n' in service
    assert {line.split()[0] for line in second.out.splitlines()} == {"identical"}
    assert rated.tree() == tree


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("best",), f"{SERVICE} has RatingService.best already, which is not from django-layers."),
        (("hide", "--input", "star"), "--input star: Rating has no field star. Did you mean stars?"),
        (
            ("hide", "--input", "reason:txt"),
            "reason: 'txt' is no type. Did you mean text?\n    reason:txt\n           ^\n",
        ),
    ],
)
def test_what_can_not_be_is_refused(rated: TestProject, arguments: tuple[str, ...], message: str) -> None:
    before = rated.tree()

    ran = rated.manage("addoperation", "recipes.Rating", *arguments)

    assert ran.code == 2
    assert message in ran.err
    assert rated.tree() == before


def test_an_operation_is_taken_out_to_the_byte_and_its_edited_rule_is_asked_about(rated: TestProject) -> None:
    before = rated.tree()
    rated.manage(*HIDE)
    service = rated.root / SERVICE
    generated = service.read_text()
    service.write_text(
        generated.replace("        return RatingChanges(\n", "        print(rating)\n        return RatingChanges(\n")
    )
    edited = rated.tree()

    stopped = rated.manage("removeoperation", "recipes.Rating", "hide")
    kept = rated.tree()
    service.write_text(generated)
    removed = rated.manage("removeoperation", "recipes.Rating", "hide")
    unknown = rated.manage("removeoperation", "recipes.Rating", "hide")

    assert "print(rating)" in edited[SERVICE].decode()
    assert (stopped.code, removed.code, unknown.code) == (1, 0, 2), removed.err
    assert f"--ours {SERVICE}::RatingService._hide_changes" in stopped.out
    assert kept == edited
    assert rated.tree() == before
    assert "Rating has no operation hide. It has none." in unknown.err
