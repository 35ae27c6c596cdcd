"""Writing a plan is all or nothing; see `test_recovery` for what a kill leaves."""

import errno
import os
import py_compile
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.errors import (
    ApplyError,
    InterruptedRunRolledBack,
    Locked,
    PlanConflict,
    RecoveryIncomplete,
    StaleTarget,
    UnsafeTarget,
)
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER, Action, Plan
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.writing.effects import Disk
from django_layers.scaffold.writing.lock import locked
from django_layers.scaffold.writing.recovery import recover
from tests.scaffold.faults import Faulty, raising, survives
from tests.scaffold.plan_changes import FILES, change, plan_below
from tests.scaffold.trees import build_tree, snapshot


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that the system has already taken, so waiting for the disk shows nothing."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    build_tree(project, FILES)
    (project / "manage.py").chmod(0o755)
    (project / "config/settings.py").chmod(0o640)
    return project


def test_a_plan_is_written_as_a_whole(root: Path) -> None:
    plan = plan_below(root)

    apply(plan)

    for written in plan.writes:
        path = root / written.path
        assert (path.read_bytes() if path.exists() else None) == written.after
    assert not (root / JOURNAL_FOLDER).exists()
    assert not [path for path in root.rglob("*") if path.suffix == ".tmp"]


def test_permissions_of_changed_files_are_kept_and_new_files_get_the_usual_ones(root: Path) -> None:
    usual = root.parent / "usual"
    usual.touch()

    apply(plan_below(root))

    modes = {name: mode for name, (mode, _) in snapshot(root).items()}
    assert modes["manage.py"] == 0o755
    assert modes["config/settings.py"] == 0o640
    assert modes["recipes/models/rating.py"] == usual.stat().st_mode & 0o777


def test_a_folder_that_a_deletion_empties_goes_and_one_with_other_files_stays(root: Path) -> None:
    apply(plan_below(root))

    assert not (root / "old").exists()
    assert (root / "recipes/kept.txt").exists()


def test_a_plan_without_writes_leaves_the_disk_alone(root: Path) -> None:
    root.chmod(0o555)
    apply(Plan(root, (change(Action.IDENTICAL, "manage.py", FILES["manage.py"], FILES["manage.py"]),)))
    root.chmod(0o755)

    assert set(FILES) <= set(snapshot(root))


def test_a_plan_with_a_conflict_is_not_written(root: Path) -> None:
    before = snapshot(root)
    conflict = change(Action.CONFLICT, "recipes/kept.txt", "kept\n", "new\n", reason="It is not ours.")
    plan = replace(plan_below(root), changes=(*plan_below(root).changes, conflict))

    with pytest.raises(PlanConflict, match=r"recipes/kept\.txt"):
        apply(plan)

    assert snapshot(root) == before


@pytest.mark.parametrize("name", ["config/settings.py", "recipes/kept.py", "old/thing.py", "recipes/models/rating.py"])
def test_a_file_that_somebody_changed_since_the_plan_stops_it_before_the_first_write(root: Path, name: str) -> None:
    plan = plan_below(root)
    build_tree(root, {name: "somebody = 'else'\n"})
    before = snapshot(root)

    with pytest.raises(StaleTarget, match=name) as caught:
        apply(plan)

    assert caught.value.paths == (PurePosixPath(name),)
    assert snapshot(root) == before


def test_a_file_that_somebody_changes_during_the_writing_keeps_their_text_and_the_rest_is_put_back(root: Path) -> None:
    before = snapshot(root)

    class Meddling(Disk):
        def replace(self, source: Path, target: Path) -> None:
            super().replace(source, target)
            if target.name == "rating.py":
                (root / "config/urls.py").write_text("theirs = 1\n")

    with pytest.raises(StaleTarget, match=r"config/urls\.py"):
        apply(plan_below(root), effects=Meddling())

    after = snapshot(root)
    assert after.pop("config/urls.py")[1] == b"theirs = 1\n"
    del before["config/urls.py"]
    assert after == before


def test_an_error_at_any_step_puts_everything_back(root: Path) -> None:
    before = snapshot(root)
    counting = Faulty()
    finished = _finished(root, counting)
    outcomes = set()

    for at in range(len(counting.steps)):
        with pytest.raises(ApplyError, match="No space left"):
            apply(plan_below(root), effects=Faulty(at=at, fault=_disk_full))
        recover(root)  # The last steps only tidy up after the commit.
        after = snapshot(root)
        outcomes.add("before" if after == before else "finished" if after == finished else counting.steps[at])
        if after == finished:
            _rebuild(root)

    assert outcomes == {"before", "finished"}


def test_an_error_after_the_commit_says_that_everything_was_written(root: Path) -> None:
    counting = Faulty()
    finished = _finished(root, counting)
    after_commit = counting.steps.index("remove journal.json") + 1

    with pytest.raises(ApplyError, match="after every file had been written"):
        apply(plan_below(root), effects=Faulty(at=after_commit, fault=_disk_full))

    recover(root)
    assert snapshot(root) == finished


def test_ctrl_c_at_any_step_up_to_the_commit_puts_everything_back_and_stays_ctrl_c(root: Path) -> None:
    before = snapshot(root)
    counting = Faulty()
    _finished(root, counting)
    commit = counting.steps.index("remove journal.json")

    for at in range(commit + 1):
        with pytest.raises(KeyboardInterrupt):
            apply(plan_below(root), effects=Faulty(at=at, fault=raising(KeyboardInterrupt())))
        recover(root)  # Interrupted before or inside the lock, the empty folder of the journal can be left.
        assert snapshot(root) == before, counting.steps[at]


def test_a_disk_that_stays_full_is_noticed_before_any_file_is_put_in_place(root: Path) -> None:
    before = snapshot(root)
    replaced: list[str] = []

    class Full(Disk):
        room = 0

        def write_new(self, path: Path, content: bytes, **_: object) -> None:
            self.room -= len(content)
            if self.room < 0:
                path.write_bytes(content[: len(content) // 2])
                _disk_full()
            super().write_new(path, content)

        def replace(self, source: Path, target: Path) -> None:
            replaced.append(target.name)
            super().replace(source, target)

    for room in range(0, 3000, 150):
        full = Full()
        full.room = room
        with pytest.raises(ApplyError, match=r"No space left on device.*the project is as it was"):
            apply(plan_below(root, padding=1000), effects=full)
        assert snapshot(root) == before
    assert set(replaced) <= {"journal.json"}


def test_when_putting_back_fails_too_the_journal_stays_and_recovery_completes_it(root: Path) -> None:
    before = snapshot(root)

    class Broken(Disk):
        broken = False

        def replace(self, source: Path, target: Path) -> None:
            if target.name == "urls.py":
                self.broken = True
            self._check()
            super().replace(source, target)

        def remove(self, path: Path) -> None:
            if path.name != "lock":
                self._check()
            super().remove(path)

        def _check(self) -> None:
            if self.broken:
                raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(RecoveryIncomplete, match="django_layers recover"):
        apply(plan_below(root), effects=Broken())
    assert snapshot(root) != before

    assert recover(root).interrupted
    assert snapshot(root) == before


def test_only_one_of_two_writers_writes(root: Path) -> None:
    before = snapshot(root)

    class Waiting(Disk):
        refused: Locked | None = None

        def replace(self, source: Path, target: Path) -> None:
            if target.name == "urls.py":
                with pytest.raises(Locked) as caught:
                    apply(plan_below(root))
                self.refused = caught.value
            super().replace(source, target)

    first = Waiting()
    apply(plan_below(root), effects=first)

    assert first.refused is not None
    assert first.refused.holder == f"process {os.getpid()} on {socket.gethostname()}"
    assert snapshot(root) != before


def test_another_process_that_holds_the_lock_is_named_and_its_death_frees_the_lock(root: Path) -> None:
    code = (
        "import sys, pathlib; from django_layers.scaffold.writing.lock import locked; from django_layers.scaffold.writing.effects "
        "import DISK\nwith locked(pathlib.Path(sys.argv[1]), DISK):\n print('held', flush=True); sys.stdin.read()"
    )
    repository = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(repository)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"process {process.pid} on "):
            apply(plan_below(root))
        with pytest.raises(Locked):
            recover(root)
        process.kill()
        process.wait()

    assert (root / JOURNAL_FOLDER / "lock").exists()
    apply(plan_below(root))
    assert not (root / JOURNAL_FOLDER).exists()


def test_a_lock_file_of_a_dead_run_whose_number_somebody_else_has_today_does_not_count(root: Path) -> None:
    build_tree(root, {f"{JOURNAL_FOLDER}/lock": f'{{"pid": {os.getppid()}, "host": "elsewhere"}}'})

    apply(plan_below(root))

    assert not (root / JOURNAL_FOLDER).exists()


def test_a_run_that_was_interrupted_after_the_plan_is_rolled_back_and_the_plan_refused(root: Path) -> None:
    before = snapshot(root)
    plan = plan_below(root)
    counting = Faulty()
    _finished(root, counting)
    at = counting.steps.index("replace urls.py")
    assert not survives(lambda: apply(plan, effects=Faulty(at=at)))
    assert snapshot(root) != before

    with pytest.raises(InterruptedRunRolledBack):
        apply(plan)

    assert snapshot(root) == before
    apply(plan)


def test_a_link_out_of_the_project_is_refused(root: Path) -> None:
    outside = root.parent / "outside"
    build_tree(outside, {"urls.py": FILES["config/urls.py"]})
    (root / "config/urls.py").unlink()
    (root / "config/urls.py").symlink_to(outside / "urls.py")
    before = snapshot(root)

    with pytest.raises(UnsafeTarget, match=r"config/urls\.py leads out of the project"):
        apply(plan_below(root))

    assert snapshot(root) == before
    assert (outside / "urls.py").read_text() == FILES["config/urls.py"]


def test_a_new_file_below_a_folder_that_is_a_link_out_of_the_project_is_refused(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "recipes/models").symlink_to(outside)

    with pytest.raises(UnsafeTarget, match="leads out of the project"):
        apply(plan_below(root))

    assert not list(outside.iterdir())


def test_a_link_within_the_project_is_written_through(root: Path) -> None:
    (root / "config/urls.py").rename(root / "real_urls.py")
    (root / "config/urls.py").symlink_to("../real_urls.py")

    apply(plan_below(root))

    assert (root / "config/urls.py").is_symlink()
    assert b"api.urls" in (root / "real_urls.py").read_bytes()


def test_the_root_itself_may_be_reached_through_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to(root)

    apply(plan_below(root.parent / "link"))

    assert (root / "recipes/models/rating.py").exists()


def test_two_names_of_one_file_are_refused(root: Path) -> None:
    (root / "config/other.py").symlink_to("urls.py")
    other = change(Action.EDIT, "config/other.py", FILES["config/urls.py"], "other = 1\n")

    with pytest.raises(UnsafeTarget, match="written too"):
        apply(Plan(root, (*plan_below(root).changes, other)))


def test_a_link_is_not_deleted(root: Path) -> None:
    (root / "old/thing.py").rename(root / "old/real.py")
    (root / "old/thing.py").symlink_to("real.py")

    with pytest.raises(UnsafeTarget, match="is a symbolic link"):
        apply(plan_below(root))


def test_a_link_that_leads_in_a_circle_and_a_folder_are_no_targets(root: Path) -> None:
    (root / "circle.py").symlink_to("circle.py")
    (root / "folder.py").mkdir()

    for name in ("circle.py", "folder.py"):
        with pytest.raises(UnsafeTarget, match="is not an ordinary file"):
            apply(Plan(root, (change(Action.CREATE, name, None, "x = 1\n"),)))


def test_a_file_where_a_folder_is_needed_is_named(root: Path) -> None:
    build_tree(root, {"recipes/models": "not a folder"})
    before = snapshot(root)

    with pytest.raises(UnsafeTarget, match="recipes/models, but that is a file"):
        apply(plan_below(root))

    assert snapshot(root) == before


@pytest.mark.parametrize(("name", "mode"), [("config/urls.py", 0o444), ("config", 0o555), ("recipes", 0o555)])
def test_what_is_read_only_is_refused(root: Path, name: str, mode: int) -> None:
    usual = (root / name).stat().st_mode
    before = snapshot(root)
    (root / name).chmod(mode)

    with pytest.raises(UnsafeTarget, match="read-only"):
        apply(plan_below(root))

    (root / name).chmod(usual)
    assert snapshot(root) == before


def test_a_folder_of_the_journal_that_is_a_link_is_refused(root: Path) -> None:
    (root.parent / "elsewhere").mkdir()
    (root / JOURNAL_FOLDER).symlink_to(root.parent / "elsewhere")

    with pytest.raises(UnsafeTarget, match=JOURNAL_FOLDER):
        apply(plan_below(root))


def test_a_root_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ApplyError, match="No such file or directory"):
        apply(Plan(tmp_path / "gone", (change(Action.CREATE, "a.py", None, "a = 1\n"),)))


def test_the_compiled_module_of_the_old_text_is_not_run_again(tmp_path: Path) -> None:
    source = tmp_path / "answer.py"
    source.write_text("answer = 1\n")
    py_compile.compile(str(source))
    compiled = next((tmp_path / "__pycache__").iterdir())
    second = int(time.time())

    class SameSecond(Disk):
        def replace(self, staged: Path, target: Path) -> None:
            # Two runs within one second, without waiting for the clock to allow it.
            os.utime(staged, (second, second))
            super().replace(staged, target)

    os.utime(source, (second, second))
    py_compile.compile(str(source))
    apply(
        Plan(tmp_path, (change(Action.EDIT, "answer.py", "answer = 1\n", "answer = 2\n"),)),
        effects=SameSecond(),
    )

    assert not compiled.exists()
    program = "import answer; print(answer.answer)"
    shown = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True, text=True)
    assert shown.stdout == "2\n"


def test_only_the_compiled_modules_of_the_written_file_go(tmp_path: Path) -> None:
    others = {"__pycache__/answers.cpython-311.pyc": "", "__pycache__/answer.txt": "", "answer.pyc": ""}
    build_tree(tmp_path, {"answer.py": "answer = 1\n", "__pycache__/answer.cpython-313.opt-1.pyc": "", **others})

    apply(Plan(tmp_path, (change(Action.EDIT, "answer.py", "answer = 1\n", "answer = 2\n"),)))

    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")} == {"answer.py", *others}


def test_writes_happen_in_the_order_of_the_plan(root: Path) -> None:
    plan = plan_below(root)
    effects = Faulty()

    apply(plan, effects=effects)

    names = {written.path.name for written in plan.writes}
    done = [step.split()[-1] for step in effects.steps if step.startswith(("replace ", "remove "))]
    assert [name for name in done if name in names] == [written.path.name for written in plan.writes]


def test_the_lock_is_released_when_the_work_fails(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(root, Disk()):
        _ = 1 // 0

    apply(plan_below(root))


def _disk_full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _finished(root: Path, effects: Disk) -> dict[str, tuple[int, bytes | str | None]]:
    apply(plan_below(root), effects=effects)
    finished = snapshot(root)
    _rebuild(root)
    return finished


def _rebuild(root: Path) -> None:
    """Make the root again what the fixture made it."""
    for written in plan_below(root).writes:
        if written.before is None:
            (root / written.path).unlink()
        else:
            build_tree(root, {str(written.path): written.before})
    for folder in ("recipes/models", "recipes/deep/er", "recipes/deep"):
        (root / folder).rmdir()
