"""Generated projects that are edited by hand and evolved: no edit is lost, and what comes out works."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.e2e import gates
from tests.e2e.state_machine import STEPS
from tests.scaffold.merging.hand_edits import HAND_EDITS
from tests.scaffold.projects import TestProject, make_project

COMMANDS = (
    ("startlayer", "recipes"),
    ("addentity", "Recipe", "title:str=200:filter:sort"),
    (
        *("addentity", "Rating", "recipe:fk=recipes.Recipe", "user:owner=shared", "stars:int:min=1:max=5:filter:sort"),
        *("comment:text:optional", "summary:str=100:optional", "--unique", "recipe,user"),
    ),
)
# After these the code does what it did before, and has the types that it had.
HARMLESS = (
    *("a new method", "a changed body", "a renamed local", "an extra import"),
    *("a docstring", "a comment", "a comment on a line"),
)


@pytest.fixture
def project(tmp_path: Path) -> TestProject:
    made = make_project(tmp_path / "project")
    for command in COMMANDS:
        ran = made.manage(*command)
        assert ran.code == 0, ran.err
    return made


@pytest.mark.slow
def test_what_was_edited_and_evolved_is_typed_and_passes_its_tests(project: TestProject) -> None:
    assert project.manage("makemigrations").code == 0
    # The same edits in tests and factories would change what they ask for.
    files = [path for path in project.root.rglob("*rating.py") if not {"migrations", "tests"} & {*path.parts}]
    for file in files:
        for name in HARMLESS:
            file.write_text(HAND_EDITS[name](file.read_text()) or file.read_text())
    by_hand = {file: file.read_text().count("by_hand") for file in files}

    ran = project.manage(
        *("changeentity", "Rating", "--add", "helpful:int:default=0:filter:sort", "level:choice=low,high:default=low"),
        *("--remove", "summary", "--change", "stars:int:min=1:max=10:filter:sort", "--migrate"),
    )

    assert ran.code == 0, ran.out + ran.err
    assert {file: file.read_text().count("by_hand") for file in files} == by_hand
    gates.passes_checks(project)
    gates.has_its_migrations(project)
    gates.is_typed(project)
    gates.passes_its_tests(project)


@pytest.mark.slow
def test_after_every_edit_of_every_file_fields_come_and_go_without_a_trace(project: TestProject) -> None:
    ran = project.django(
        """
        from pathlib import Path
        from tests.e2e.evolving import add_and_remove_after_each_edit

        add_and_remove_after_each_edit(Path.cwd(), "recipes.Rating")
        """
    )

    assert ran.code == 0, ran.err


@pytest.mark.slow
def test_a_change_that_is_stopped_at_any_write_is_made_as_a_whole_or_not_at_all(project: TestProject) -> None:
    ran = project.django(
        """
        from pathlib import Path
        from tests.e2e.evolving import stop_at_every_write

        stop_at_every_write(Path.cwd(), "recipes.Rating")
        """
    )

    assert ran.code == 0, ran.err


def at_random(project: TestProject, steps: int, seed: int) -> Mapping[str, int]:
    """Take steps in random order, and return how often each kind of step was taken."""
    ran = project.django(
        """
        import json
        from pathlib import Path
        from tests.e2e.state_machine import run_at_random

        steps, seed = map(int, sys.argv[1:])
        print(json.dumps(run_at_random(Path.cwd(), "recipes.Rating", steps=steps, seed=seed)))
        """,
        str(steps),
        str(seed),
    )
    assert ran.code == 0, ran.err
    taken: Mapping[str, int] = json.loads(ran.out)
    return taken


@pytest.mark.slow
def test_whatever_comes_after_whatever_no_edit_is_lost_and_all_works(project: TestProject) -> None:
    taken = at_random(project, steps=14, seed=8)

    assert sum(taken.values()) == 14
    assert len({step for step in STEPS if taken.get(f"{step}: done")}) >= 6


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_in_two_hundred_steps_of_every_kind_no_edit_is_lost_and_all_works(project: TestProject, seed: int) -> None:
    taken = at_random(project, steps=200, seed=seed)

    assert {step for step in STEPS if taken.get(f"{step}: done")} == set(STEPS)
