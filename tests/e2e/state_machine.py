"""Run inside a generated project: whatever is asked of an entity, edited and undone, in random order, the laws hold.

After every step no edit is lost, every change has landed or is listed, no name is read that nothing binds, and the
project loads; its own tests pass now and then, since they take longer.
"""

import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import django_layers.scaffold.planning.addoperation as adding
import django_layers.scaffold.planning.removeoperation as dropping
import django_layers.scaffold.planning.undo.removeentity as removing
from django_layers.scaffold.planning.addentity import plan_addentities
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.verify import unbound_names
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.request.entity_request import EntityArguments, entity_request
from django_layers.scaffold.request.operation_request import OperationArguments
from django_layers.scaffold.writing.apply import apply
from tests.e2e.evolving import Evolving
from tests.scaffold.merging.hand_edits import HAND_EDITS

__all__ = ["run_at_random"]

# What can be done to a file any number of times, and leaves code that does what it did.
EDITS = (
    *("a new method", "a comment", "a comment on a line", "a changed body", "an extra import", "a docstring"),
    *("another layout", "another layout"),
)
TYPES = ("int:default=0", "text:optional", "date:optional:filter", "choice=low,high:default=low", "bool:default=true")
INPUTS = ((), ("--",), ("note:text:optional",), ("level:choice=low,high", "--"))
"""What operations ask for; `--` stands for a field of the entity."""
STEPS = 3 * ("edit",) + 2 * ("add", "rename", "operate") + ("change", "remove", "stop operating", "come and go", "undo")
TESTED_EVERY = 50


class Machine:
    """An entity in a project, and what has been asked of it so far.

    Attributes:
        evolving: the entity.
        chance: decides what comes next.
        own: the fields that the entity began with, which stay.
        operations: the operations that it has.
        said: what each kind of step came to, for the reader of a failure.
    """

    def __init__(self, root: Path, label: str, seed: int) -> None:
        self.evolving, self.chance = Evolving(root, label), random.Random(seed)
        self.root, self.label = root, label
        self.own = self.evolving.fields()
        self.operations: list[str] = []
        self.said: Counter[str] = Counter()
        # Loading the project for every plan takes longer than all the rest; every step ends with it.
        adding.loadable = dropping.loadable = lambda plan, *_, **__: plan  # type: ignore[assignment]
        removing.check_loads = lambda *_: None  # type: ignore[assignment]
        removing.referrers = lambda *_: []  # type: ignore[assignment]

    @property
    def added(self) -> list[str]:
        return [name for name in self.evolving.fields() if name not in self.own]

    def step(self, number: int) -> str:
        """Take a step, and return what it was."""
        kind = self.chance.choice(STEPS)
        steps: Mapping[str, Callable[[int], str]] = {
            "edit": self.edit,
            "add": self.add,
            "rename": self.rename,
            "change": self.change,
            "remove": self.remove,
            "operate": self.operate,
            "stop operating": self.stop_operating,
            "come and go": self.come_and_go,
            "undo": self.undo,
        }
        outcome = steps[kind](number)
        self.said[f"{kind}: {outcome.partition(' ')[0]}"] += 1
        return f"{kind}: {outcome}"

    def edit(self, number: int) -> str:
        operation = self._one(self.operations)
        if operation is not None and self.chance.random() < 0.2:
            return self._fill_rule(operation)
        file, name = self.chance.choice(self.evolving.files), self.chance.choice(EDITS)
        if name == "a new method" and file.parent.name == "factories":
            return "none"  # It would be a field of what the factory makes.
        self.evolving.edit(file, HAND_EDITS[name])
        return f"done {name} in {file.name}"

    def _fill_rule(self, operation: str) -> str:
        """Say something in the method that holds the rule of an operation, where it has one."""
        service = next(
            file for file in self.evolving.files if file.parent.name == "services" and "tests" not in file.parts
        )
        rule = re.compile(rf"(def _{operation}_changes\(.*?\n)( +)(return )", re.DOTALL)
        text = service.read_text()
        service.write_text(rule.sub(r"\1\2checked_by_hand = True\n\2\3", text, count=1))
        return f"done the rule of {operation}" if service.read_text() != text else "none"

    def add(self, number: int) -> str:
        if len(self.added) >= 8:
            return "full"
        field = f"field_{number}:{self.chance.choice(TYPES)}"
        return self._change(add=[field])

    def rename(self, number: int) -> str:
        name = self._one(self.added)
        return "none" if name is None else self._change(rename=[f"{name}:renamed_{number}"])

    def change(self, number: int) -> str:
        name = self._one(self.added)
        return "none" if name is None else self._change(change=[f"{name}:int:default={number}:max={number + 9}"])

    def remove(self, number: int) -> str:
        name = self._one([name for name in self.added if name not in self._asked()])
        return "none" if name is None else self._change(remove=[name])

    def operate(self, number: int) -> str:
        if len(self.operations) >= 5:
            return "full"
        fields = iter([self.chance.choice([*self.added, "comment"])])
        arguments = OperationArguments(
            operation=f"operate_{number}",
            on=self.chance.choice(("one", "all")),
            input=[next(fields) if each == "--" else each for each in self.chance.choice(INPUTS)],
            returns=self.chance.choice((None, "none", "read")),
        )
        plan = adding.plan_addoperation(
            discover_project(), self.label, arguments, app_label=None, decisions=Decisions()
        )
        assert not plan.conflicts, _reasons(plan)
        apply(plan)
        self.operations.append(arguments.operation)
        return f"done {arguments}"

    def stop_operating(self, number: int) -> str:
        operation = self._one(self.operations)
        if operation is None:
            return "none"
        plan = dropping.plan_removeoperation(
            discover_project(), self.label, operation, app_label=None, decisions=Decisions()
        )
        if plan.conflicts:
            # Somebody's rule is in it: it stays, and that is said.
            assert any(f"_{operation}_changes" in reason for _, reason in _reasons(plan))
            return f"refused {_reasons(plan)}"
        apply(plan)
        self.operations.remove(operation)
        assert not self._mentions(operation)
        return f"done {operation}"

    def come_and_go(self, number: int) -> str:
        """Another entity shares files with this one for a while, and leaves no byte behind."""
        before = self.evolving.tree()
        fields, label = ["text:text", "kind:choice=one,two", "user:owner"], self.label.partition(".")[0]
        arguments = EntityArguments(name=f"Other{number}", app=label, fields=fields)
        project = discover_project()
        plan = plan_addentities(project, [entity_request(arguments, project)], decisions=Decisions())
        assert not plan.conflicts, _reasons(plan)
        apply(plan)
        self.holds()
        gone = removing.plan_removeentity(discover_project(), arguments.name, app_label=label)
        assert not gone.conflicts, _reasons(gone)
        apply(gone)
        assert _different(before, self.evolving.tree()) == []
        return "done"

    def undo(self, number: int) -> str:
        """Undone, nothing of the entity is left, but only when what was edited is named; then all is put back."""
        before = self.evolving.tree()
        project, label = discover_project(), self.label.partition(".")[0]
        asked = removing.plan_removeentity(project, self.label, app_label=label)
        edited = {path for path, count in self.evolving.edits().items() if count}
        assert edited <= {self.root / each.path for each in asked.conflicts}
        assert self.evolving.tree() == before
        named = frozenset(PurePosixPath(each.path) for each in asked.conflicts)
        plan = removing.plan_removeentity(project, self.label, app_label=label, force=named)
        assert not plan.conflicts, _reasons(plan)
        apply(plan)
        assert not self._mentions(self.label.partition(".")[2])
        self.holds()
        self.evolving.put_back(before)
        return f"done {len(named)} edited"

    def holds(self) -> None:
        """Fail where a file reads a name that nothing binds, or the project does not load."""
        for path, content in self.evolving.tree().items():
            if path.endswith(".py"):
                unbound = unbound_names(content, path) - {"by_hand"}
                assert not unbound, (path, sorted(unbound))
        self._passes("manage.py", "check", "--fail-level", "WARNING")

    def passes_its_tests(self) -> None:
        """Fail where a test of the generated project does, on tables as they are to be now."""
        before = self.evolving.tree()
        self._passes("manage.py", "makemigrations", "--no-input", "--verbosity=0")
        self._passes("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
        self.evolving.put_back(before)

    def _passes(self, *command: str) -> None:
        ran = subprocess.run([sys.executable, *command], cwd=self.root, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def _change(self, **change: Sequence[str]) -> str:
        plan = self.evolving.plan(**change)
        assert not plan.conflicts, (change, _reasons(plan))
        apply(plan)
        listed = " ".join(plan.notices)
        for text in (*change.get("add", ()), *(each.partition(":")[2] for each in change.get("rename", ()))):
            name = text.partition(":")[0]
            assert name in self.evolving.fields()
            lacking = [file for file in self._layers() if not re.search(rf"\b{name}\b", file.read_text())]
            assert not [file for file in lacking if file.name not in listed], (change, lacking)
        for text in (*change.get("remove", ()), *(each.partition(":")[0] for each in change.get("rename", ()))):
            assert text not in self.evolving.fields()
            assert not self._mentions(text) or text in listed, (change, self._mentions(text))
        return f"done {change}"

    def _layers(self) -> list[Path]:
        """The files that say every field."""
        return [file for file in self.evolving.files if file.parent.name in {"models", "schemas", "factories"}]

    def _mentions(self, name: str) -> list[str]:
        word = re.compile(rf"\b{name}\b".encode())
        found = [
            path for path, content in self.evolving.tree().items() if path.endswith(".py") and word.search(content)
        ]
        return [path for path in found if "migrations" not in path]

    def _asked(self) -> set[str]:
        """The fields that operations ask for, which nobody can take away."""
        return {name for operation in self.evolving.spec().operations for name in operation.fields}

    def _one(self, names: Sequence[str]) -> str | None:
        return self.chance.choice(names) if names else None


def run_at_random(root: Path, label: str, *, steps: int, seed: int) -> Counter[str]:
    """Take steps in random order, and fail where a law is broken.

    Args:
        root: the root of the project.
        label: the entity.
        steps: how many.
        seed: what decides about the order.

    Returns:
        How often each kind of step came to what.
    """
    machine = Machine(root, label, seed)
    history: list[str] = []
    for number in range(steps):
        edits = machine.evolving.edits()
        try:
            history.append(machine.step(number))
            lost = {path: count for path, count in edits.items() if machine.evolving.edits()[path] < count}
            assert not lost
            assert not machine.evolving.plan().changes_something
            machine.holds()
            if number % TESTED_EVERY == TESTED_EVERY - 1 or number == steps - 1:
                machine.passes_its_tests()
        except Exception as error:
            error.add_note("\n  ".join([f"in step {number} after", *history[-6:]]))
            raise
    return machine.said


def _reasons(plan: Plan) -> list[tuple[str, str]]:
    return [(str(each.path), each.reason) for each in plan.conflicts]


def _different(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
