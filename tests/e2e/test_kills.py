"""A run that is killed anywhere: the project starts after every write, and is put back."""

import errno
import pickle
import shutil
from pathlib import Path

import pytest

from django_layers.scaffold.errors import ApplyError
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.writing.recovery import recover
from tests.scaffold.faults import Faulty, raising, survives
from tests.scaffold.projects import TestProject, make_project
from tests.scaffold.trees import snapshot

pytestmark = pytest.mark.slow

PLAN = """
import importlib, pickle
from django_layers.scaffold.planning.decisions import Decisions
command = importlib.import_module(f"django_layers.management.commands.{sys.argv[2]}").Command()
options = vars(command.create_parser("manage.py", sys.argv[2]).parse_args(sys.argv[3:]))
with open(sys.argv[1], "wb") as file:
    pickle.dump(command.make_plan(options, Decisions()), file)
"""
START = ("startlayer", "recipes")
ADD = ("addentity", "Recipe", "title:str=200", "stars:int:min=1", "kind:choice=a,b:default=a", "--migrate")

# Each command with those that come before it.
COMMANDS = {
    "startlayer": (START,),
    "addentity": (START, ADD),
    "removeentity": (START, ADD, ("removeentity", "Recipe", "--migrate")),
    "removelayer": (START, ("removelayer", "recipes")),
}


def plan_of(project: TestProject, folder: Path, *command: str) -> Plan:
    """Return what a command would do; a plan holds data only, so it is carried out in another process."""
    file = folder / "plan.pickle"
    ran = project.django(PLAN, str(file), *command)
    assert ran.code == 0, ran.err
    plan = pickle.loads(file.read_bytes())
    assert isinstance(plan, Plan)
    return plan


@pytest.fixture(params=COMMANDS)
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[TestProject, Plan, list[str]]:
    """A project, a plan for it, and the steps in which the plan is carried out."""
    project = make_project(tmp_path / "project")
    *before, command = COMMANDS[request.param]
    for each in before:
        ran = project.manage(*each)
        assert ran.code == 0, ran.err
    plan = plan_of(project, tmp_path, *command)
    rehearsal = tmp_path / "rehearsal"
    shutil.copytree(project.root, rehearsal)
    counting = Faulty()
    apply(Plan(root=rehearsal, changes=plan.changes), effects=counting)
    return project, plan, counting.steps


def test_the_project_starts_after_every_write_and_is_put_back(killed: tuple[TestProject, Plan, list[str]]) -> None:
    project, plan, steps = killed
    before = snapshot(project.root)
    targets = {f"{verb} {change.path.name}" for change in plan.writes for verb in ("replace", "remove")}
    after_a_write = [number + 1 for number, step in enumerate(steps) if step in targets]
    assert len(after_a_write) >= len(plan.writes)

    for step in after_a_write:
        assert not survives(lambda step=step: apply(plan, effects=Faulty(at=step)))  # type: ignore[misc]  # bound now
        started = project.manage("help", "--commands")
        assert (started.code, "addentity" in started.out) == (0, True), (steps[step - 1], started.err)
        recover(project.root)
        assert snapshot(project.root) == before, steps[step - 1]


def test_a_run_killed_at_any_step_is_put_back_or_finished(killed: tuple[TestProject, Plan, list[str]]) -> None:
    project, plan, steps = killed
    before = snapshot(project.root)

    for step in range(len(steps)):
        killed_here = not survives(lambda step=step: apply(plan, effects=Faulty(at=step)))  # type: ignore[misc]
        recover(project.root)
        if snapshot(project.root) != before:
            break
        assert killed_here
    finished = {change.path: change.after for change in plan.writes}
    for path, content in finished.items():
        file = project.root / path
        assert (file.read_bytes() if file.exists() else None) == content
    assert not (project.root / ".layers-journal").exists()
    # The removal of the journal is the commit: one step later the run is finished.
    assert step == steps.index("remove journal.json") + 1


def test_a_recovery_that_is_killed_at_any_step_is_finished_by_the_next(
    killed: tuple[TestProject, Plan, list[str]],
) -> None:
    project, plan, steps = killed
    before = snapshot(project.root)
    last = steps.index("remove journal.json")

    for step in range(10 * len(steps)):
        assert not survives(lambda: apply(plan, effects=Faulty(at=last)))
        survived = survives(lambda step=step: recover(project.root, effects=Faulty(at=step)))  # type: ignore[misc]
        recover(project.root)
        assert snapshot(project.root) == before, step
        if survived:
            break
    assert step > len(plan.writes)


def test_a_disk_that_is_full_at_any_step_leaves_everything_as_it_was(
    killed: tuple[TestProject, Plan, list[str]],
) -> None:
    project, plan, steps = killed
    before = snapshot(project.root)
    full = raising(OSError(errno.ENOSPC, "No space left on device"))

    for step in range(steps.index("remove journal.json")):
        with pytest.raises(ApplyError):
            apply(plan, effects=Faulty(at=step, fault=full))
        assert snapshot(project.root) == before, steps[step]


def test_the_same_command_puts_a_killed_run_back_and_starts_over(killed: tuple[TestProject, Plan, list[str]]) -> None:
    project, plan, steps = killed
    last = max(number for number, step in enumerate(steps) if step.startswith("replace"))
    assert not survives(lambda: apply(plan, effects=Faulty(at=last)))

    ran = project.manage(*START)

    assert ran.code == 0, ran.err
    assert "An earlier run was interrupted; what it had written has been put back." in ran.err
    assert not (project.root / ".layers-journal").exists()
