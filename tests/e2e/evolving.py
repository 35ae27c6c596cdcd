"""Run inside a generated project: an entity that is edited by hand and evolved, again and again, in one process."""

import errno
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from django_layers.scaffold.errors import ApplyError
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning import changeentity
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER, Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project, discover_project
from django_layers.scaffold.request.entity_change import ChangeArguments
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.writing.recovery import recover
from tests.scaffold.faults import Faulty, raising, survives
from tests.scaffold.merging.hand_edits import HAND_EDITS

__all__ = ["Evolving", "add_and_remove_after_each_edit", "stop_at_every_write"]

FIELDS = ("helpful:int:default=0:filter:sort", "level:choice=low,high:default=low", "visited:date:optional")
_NOT_THE_PROJECTS = {"__pycache__", JOURNAL_FOLDER}


class Evolving:
    """An entity in a project, whose files are changed behind the back of the process."""

    def __init__(self, root: Path, label: str) -> None:
        self._project: Project = discover_project()
        self.root, self.label = root, label
        name = label.partition(".")[2].lower()
        self.files = sorted(path for path in root.rglob(f"*{name}.py") if "migrations" not in path.parts)

    def plan(self, decisions: Decisions | None = None, **change: Sequence[str]) -> Plan:
        """Plan a change without loading the project, which takes a second each time."""
        changeentity.loadable = lambda plan, *_, **__: plan  # type: ignore[assignment]
        return changeentity.plan_changeentity(
            self._project,
            self.label,
            ChangeArguments(**change),  # type: ignore[arg-type]
            app_label=None,
            decisions=decisions or Decisions(),
            leave_references=True,
        )

    def fields(self) -> list[str]:
        """The names of the fields as the ledger has them."""
        return [field.name for field in self.spec().fields]

    def spec(self) -> EntitySpec:
        """The entity as the ledger has it."""
        app = self._project.app(self.label.partition(".")[0])
        assert app is not None
        ledger = read_ledger(self.root, app.path, self.label.partition(".")[2].lower())
        assert ledger is not None
        return from_data(ledger.spec)

    def tree(self) -> Mapping[str, bytes]:
        """The code and the ledgers."""
        kinds = {".py", ".json", ".txt"}
        paths = (path for path in sorted(self.root.rglob("*")) if path.suffix in kinds and path.is_file())
        return {str(path): path.read_bytes() for path in paths if not _NOT_THE_PROJECTS & {*path.parts}}

    def put_back(self, tree: Mapping[str, bytes]) -> None:
        """Make the code and the ledgers what they were."""
        for path in self.tree().keys() - tree.keys():
            Path(path).unlink()
        for path, content in tree.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(content)

    def edits(self) -> Mapping[Path, int]:
        """How often each file says that something was done by hand."""
        return {file: len(re.findall(r"by_hand|by hand", file.read_text())) for file in self.files}

    def edit(self, file: Path, edit: Callable[[str], str | None]) -> None:
        """Edit a file as a person would, where it has something to edit so."""
        text = edit(file.read_text())
        if text is not None:
            file.write_text(text)


def add_and_remove_after_each_edit(root: Path, label: str) -> None:
    """After every hand edit of all files: fields are added and removed again, and every byte is as before."""
    evolving = Evolving(root, label)
    start = evolving.tree()
    for name, edit in HAND_EDITS.items():
        for file in evolving.files:
            evolving.edit(file, edit)
        before = evolving.tree()
        for change in ({"add": FIELDS}, {"remove": [field.partition(":")[0] for field in FIELDS]}):
            plan = evolving.plan(**change)
            assert not plan.conflicts, (name, change, [(each.path, each.reason) for each in plan.conflicts])
            apply(plan)
        after = evolving.tree()
        assert after.keys() == before.keys(), name
        different = [path for path in before if before[path] != after[path]]
        # Another layout is no edit: the file is generated anew.
        assert not different or name == "another layout", (name, different)
        evolving.put_back(start)


def stop_at_every_write(root: Path, label: str) -> None:
    """Stopped by a full disk or killed at any step of writing, a change is made as a whole or not at all."""
    os.fsync = lambda _: None  # A killed process loses nothing that the system has already taken.
    evolving, counting = Evolving(root, label), Faulty()
    before = evolving.tree()
    plan = evolving.plan(add=FIELDS, remove=["summary"])
    apply(plan, effects=counting)
    finished = evolving.tree()
    assert before.keys() ^ finished.keys()
    for at, step in enumerate(counting.steps):
        evolving.put_back(before)
        full = raising(OSError(errno.ENOSPC, "no space left on device"))
        with suppress(ApplyError):
            apply(plan, effects=Faulty(at=at, fault=full))
        assert evolving.tree() in (before, finished), step
        evolving.put_back(before)
        # The last steps are not reached where an earlier run has left the folder of the journal.
        survives(lambda at=at: apply(plan, effects=Faulty(at=at)))
        recover(root)
        assert evolving.tree() in (before, finished), step
