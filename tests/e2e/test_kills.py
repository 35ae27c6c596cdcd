"""A run that is killed anywhere: the project starts after every write, and is put back."""

import errno
import os
import pickle
from dataclasses import dataclass
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
# What stands between commands is done by hand: in a file, a text is replaced by another; None puts it at the end.
BY_HAND = "by hand"
Step = tuple[str | None, ...]

START: Step = ("startlayer", "recipes")
ADD: Step = ("addentity", "Recipe", "title:str=200", "stars:int:min=1", "kind:choice=a,b:default=a", "--migrate")
SERVICE = "recipes/services/recipe.py"
EDIT: Step = (BY_HAND, SERVICE, None, '\n    def best(self) -> int:\n        """Ours."""\n        return 5\n')
PUBLISH: Step = ("addoperation", "recipes.Recipe", "publish", "--input", "stars", "reason:text:optional")
EJECT: Step = ("ejecttemplates", "entity/services.py", "entity/schemas.py")
TEMPLATE: Step = (BY_HAND, ".layers/templates/entity/services.py.jinja", "The rules of", "All the rules of")
MODEL = """
from django.db import models


class Shelf(models.Model):
    name = models.CharField(max_length=20)
"""
ADOPTED: tuple[Step, ...] = (
    START,
    (BY_HAND, "recipes/models/__init__.py", None, MODEL),
    ("addentity", "recipes.Shelf"),
)
COLUMN: Step = (
    BY_HAND,
    "recipes/models/__init__.py",
    "max_length=20)",
    "max_length=30)\n    rows = models.IntegerField(default=1)",
)

# Each command with what comes before it.
COMMANDS: dict[str, tuple[Step, ...]] = {
    "startlayer": (START,),
    "addentity": (START, ADD),
    "changeentity": (
        START,
        ADD,
        EDIT,
        ("changeentity", "Recipe", "--add", "pages:int:default=0", "--remove", "kind", "--migrate"),
    ),
    "addoperation": (START, ADD, EDIT, PUBLISH),
    "removeoperation": (START, ADD, EDIT, PUBLISH, ("removeoperation", "recipes.Recipe", "publish")),
    "synclayers": (*ADOPTED, COLUMN, ("synclayers", "recipes.Shelf")),
    "ejecttemplates": (START, ADD, EDIT, EJECT),
    "upgradelayers": (START, ADD, EDIT, EJECT, TEMPLATE, ("upgradelayers",)),
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


class Stages:
    """Projects after some steps, each made once: the steps of most commands begin alike."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._after: dict[tuple[Step, ...], TestProject] = {}
        self._plans: dict[tuple[Step, ...], tuple[Plan, list[str]]] = {}

    def after(self, steps: tuple[Step, ...]) -> TestProject:
        """Return the project after some steps, which is to be copied and not to be changed."""
        if steps not in self._after:
            before = self.after(steps[:-1]) if steps else None
            root = self._folder / str(len(self._after)) / "project"
            project = before.copy(root) if before is not None else make_project(root)
            if steps:
                _take(project, steps[-1])
            self._after[steps] = project
        return self._after[steps]

    def planned(self, steps: tuple[Step, ...]) -> tuple[Plan, list[str]]:
        """Return what the last of some steps would do after the others, and in which steps that is carried out."""
        if steps not in self._plans:
            project = self.after(steps[:-1])
            folder = self._folder / f"plan-{len(self._plans)}"
            folder.mkdir()
            plan = plan_of(project, folder, *map(str, steps[-1]))
            counting = Faulty()
            apply(Plan(root=project.copy(folder / "rehearsal").root, changes=plan.changes), effects=counting)
            self._plans[steps] = plan, counting.steps
        return self._plans[steps]


def _take(project: TestProject, step: Step) -> None:
    if step[0] != BY_HAND:
        ran = project.manage(*map(str, step))
        assert ran.code == 0, ran.err
        return
    _, name, old, new = step
    file = project.root / str(name)
    text = file.read_text()
    assert old is None or old in text
    file.write_text(f"{text}{new}" if old is None else text.replace(old, str(new)))


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that the system has already taken, so waiting for the disk shows nothing."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(tmp_path_factory.mktemp("stages"))


@dataclass(frozen=True)
class Killed:
    """A project, a command to be killed in it, what the command would do, and the steps in which that is carried out."""

    project: TestProject
    command: tuple[str, ...]
    plan: Plan
    steps: list[str]


@pytest.fixture(params=COMMANDS)
def killed(request: pytest.FixtureRequest, stages: Stages, tmp_path: Path) -> Killed:
    steps = COMMANDS[request.param]
    plan, done = stages.planned(steps)
    project = stages.after(steps[:-1]).copy(tmp_path / "project")
    assert plan.changes_something
    return Killed(project, tuple(map(str, steps[-1])), Plan(root=project.root, changes=plan.changes), done)


def test_the_project_starts_after_every_write_and_is_put_back(killed: Killed) -> None:
    project, plan, steps = killed.project, killed.plan, killed.steps
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


def test_a_run_killed_at_any_step_is_put_back_or_finished(killed: Killed) -> None:
    project, plan, steps = killed.project, killed.plan, killed.steps
    before = snapshot(project.root)

    for step in range(len(steps)):
        killed_here = not survives(lambda step=step: apply(plan, effects=Faulty(at=step)))  # type: ignore[misc]
        recover(project.root)
        if snapshot(project.root) != before:
            break
        assert killed_here
    _is_carried_out(plan)
    assert not (project.root / ".layers-journal").exists()
    # The removal of the journal is the commit: one step later the run is finished.
    assert step == steps.index("remove journal.json") + 1


def test_a_recovery_that_is_killed_at_any_step_is_finished_by_the_next(killed: Killed) -> None:
    project, plan, steps = killed.project, killed.plan, killed.steps
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


def test_a_disk_that_is_full_at_any_step_leaves_everything_as_it_was(killed: Killed) -> None:
    project, plan, steps = killed.project, killed.plan, killed.steps
    before = snapshot(project.root)
    full = raising(OSError(errno.ENOSPC, "No space left on device"))

    for step in range(steps.index("remove journal.json")):
        with pytest.raises(ApplyError):
            apply(plan, effects=Faulty(at=step, fault=full))
        assert snapshot(project.root) == before, steps[step]


def test_the_same_command_puts_a_killed_run_back_and_starts_over(killed: Killed) -> None:
    project, plan, steps = killed.project, killed.plan, killed.steps
    last = max(number for number, step in enumerate(steps) if step.startswith("replace"))
    assert not survives(lambda: apply(plan, effects=Faulty(at=last)))

    ran = project.manage(*killed.command)

    assert ran.code == 0, ran.err
    _is_carried_out(plan)
    assert "An earlier run was interrupted; what it had written has been put back." in ran.err
    assert not (project.root / ".layers-journal").exists()


def _is_carried_out(plan: Plan) -> None:
    for change in plan.writes:
        file = plan.root / change.path
        assert (file.read_bytes() if file.exists() else None) == change.after, change.path
