"""What a killed run leaves can always be put back, even if putting back is killed too."""

import errno
import os
import shutil
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.errors import ApplyError, JournalUnreadable, RecoveryIncomplete
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER, Action, Plan
from django_layers.scaffold.writing import journal as journals
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.writing.effects import Disk, Owner
from django_layers.scaffold.writing.recovery import REPORT_NAME, Recovery, recover
from tests.scaffold.faults import Faulty, survives
from tests.scaffold.plan_changes import FILES, change, plan_below
from tests.scaffold.trees import Snapshot, build_tree, snapshot


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
    (project / "old").chmod(0o2770)
    return project


def test_killed_at_any_step_and_recovered_the_tree_is_as_before_or_finished(root: Path) -> None:
    before, finished, steps = _ends(root)
    outcomes = []

    for at, step in enumerate(steps):
        work = _copy(root, "work")
        assert not survives(lambda at=at, work=work: apply(plan_below(work), effects=Faulty(at=at))), step
        recover(work)
        after = snapshot(work)
        assert after in (before, finished), step
        outcomes.append(after == finished)

    # The commit is one step: before it everything is put back, after it nothing is.
    assert outcomes == sorted(outcomes)
    assert outcomes.index(True) == steps.index("remove journal.json") + 1


def test_killed_at_any_step_of_the_recovery_too_a_second_recovery_ends_the_same(root: Path) -> None:
    before, finished, steps = _ends(root)
    kills = 0

    for at in _steps_with_different_remains(steps):
        killed = _copy(root, "killed")
        assert not survives(lambda at=at, killed=killed: apply(plan_below(killed), effects=Faulty(at=at)))
        for second in range(100):
            work = _copy(killed, "work")
            if survives(lambda second=second, work=work: recover(work, effects=Faulty(at=second))):
                break
            kills += 1
            recover(work)
            assert snapshot(work) in (before, finished), (steps[at], second)
        else:
            pytest.fail("the recovery never ended")

    assert kills > 200


def test_without_an_interrupted_run_nothing_is_done_and_nothing_touched(root: Path) -> None:
    before = snapshot(root)

    assert recover(root) == Recovery(interrupted=False)

    assert snapshot(root) == before


def test_what_was_restored_is_told(root: Path) -> None:
    _kill(root, "replace urls.py")

    recovery = recover(root)

    assert recovery.interrupted
    assert set(map(str, recovery.restored)) == {
        "recipes/models/rating.py",
        "recipes/deep/er/empty.py",
        "old/thing.py",
        "config/settings.py",
    }


def test_what_was_written_last_is_put_back_first_so_that_the_project_starts_meanwhile(root: Path) -> None:
    _kill(root, "replace urls.py")
    effects = Faulty()

    recover(root, effects=effects)

    names = {"settings.py", "thing.py", "rating.py", "empty.py"}
    done = [step.split()[-1] for step in effects.steps if step.startswith(("replace ", "remove "))]
    assert [name for name in done if name in names] == ["settings.py", "thing.py", "rating.py", "empty.py"]


def test_a_file_that_somebody_changed_meanwhile_is_left_named_and_its_old_text_kept(root: Path) -> None:
    before = snapshot(root)
    _kill(root, "replace urls.py")
    (root / "config/settings.py").write_text("mine = 1\n")

    with pytest.raises(RecoveryIncomplete, match=r"config/settings\.py") as caught:
        recover(root)

    assert caught.value.left == (PurePosixPath("config/settings.py"),)
    report = caught.value.report
    assert report is not None
    kept = [path for path in report.parent.iterdir() if path != report]
    assert b"INSTALLED_APPS = []\n" in [path.read_bytes() for path in kept]
    line = next(line for line in report.read_text().splitlines() if "config/settings.py" in line)
    named = report.parent / line.split()[-1]
    assert named.read_text() == "INSTALLED_APPS = []\n"
    assert (root / "config/settings.py").read_text() == "mine = 1\n"
    after = {name: held for name, held in snapshot(root).items() if not name.startswith(JOURNAL_FOLDER)}
    del before["config/settings.py"], after["config/settings.py"]
    assert after == before


def test_after_an_incomplete_recovery_the_next_run_works_and_the_report_stays(root: Path) -> None:
    _kill(root, "replace urls.py")
    (root / "config/settings.py").write_text("mine = 1\n")
    with pytest.raises(RecoveryIncomplete) as caught:
        recover(root)

    assert recover(root) == Recovery(interrupted=False)
    apply(Plan(root, (change(Action.CREATE, "new.py", None, "new = 1\n"),)))

    assert caught.value.report is not None
    assert caught.value.report.name == REPORT_NAME
    assert caught.value.report.exists()


def test_a_recovery_of_a_changed_file_that_is_killed_anywhere_still_keeps_its_old_text(root: Path) -> None:
    _kill(root, "replace urls.py")
    (root / "config/settings.py").write_text("mine = 1\n")

    for second in range(100):
        work = _copy(root, "work")
        try:
            ended = survives(lambda second=second, work=work: _recover_incompletely(work, Faulty(at=second)))
            if ended:
                break
            _recover_incompletely(work, Faulty())
        finally:
            assert (work / "config/settings.py").read_text() == "mine = 1\n"
        texts = [path.read_text() for path in (work / JOURNAL_FOLDER).rglob("*-settings.py")]
        assert texts == ["INSTALLED_APPS = []\n"]
        assert len(list((work / JOURNAL_FOLDER).rglob(REPORT_NAME))) == 1
    else:
        pytest.fail("the recovery never ended")


def test_a_created_file_that_somebody_edited_meanwhile_stays_with_its_folder(root: Path) -> None:
    _kill(root, "replace urls.py")
    (root / "recipes/models/rating.py").write_text("mine = 1\n")

    with pytest.raises(RecoveryIncomplete) as caught:
        recover(root)

    assert (root / "recipes/models/rating.py").read_text() == "mine = 1\n"
    assert not (root / "recipes/deep").exists()
    assert caught.value.report is not None
    assert "there was no such file" in caught.value.report.read_text()


def test_a_created_folder_with_compiled_modules_of_ours_goes_and_one_with_other_files_stays(root: Path) -> None:
    _kill(root, "replace urls.py")
    build_tree(
        root, {"recipes/models/__pycache__/rating.cpython-311.pyc": "", "recipes/deep/er/notes.txt": "somebody's\n"}
    )

    recover(root)

    assert not (root / "recipes/models").exists()
    assert [path.name for path in (root / "recipes/deep/er").iterdir()] == ["notes.txt"]


def test_a_folder_that_has_become_a_link_since_is_not_followed(root: Path) -> None:
    _kill(root, "replace urls.py")
    outside = root.parent / "outside"
    shutil.copytree(root / "config", outside)
    shutil.rmtree(root / "config")
    (root / "config").symlink_to(outside)
    theirs = snapshot(outside)

    with pytest.raises(RecoveryIncomplete):
        recover(root)

    assert snapshot(outside) == theirs


def test_a_project_that_was_moved_after_the_kill_is_recovered_where_it_is(root: Path) -> None:
    before = snapshot(root)
    _kill(root, "replace urls.py")
    moved = root.rename(root.parent / "moved")

    recover(moved)

    assert snapshot(moved) == before


def test_a_damaged_old_text_stops_the_recovery_before_it_changes_anything(root: Path) -> None:
    _kill(root, "replace urls.py")
    next((root / JOURNAL_FOLDER).rglob("*-settings.py")).write_text("damaged")
    before = snapshot(root)

    with pytest.raises(JournalUnreadable, match=r"old content of config/settings\.py"):
        recover(root)

    after = snapshot(root)
    assert after.pop(f"{JOURNAL_FOLDER}/lock", None) is None
    before.pop(f"{JOURNAL_FOLDER}/lock", None)
    assert after == before


def test_a_missing_old_text_stops_the_recovery_too(root: Path) -> None:
    _kill(root, "replace urls.py")
    next((root / JOURNAL_FOLDER).rglob("*-settings.py")).unlink()

    with pytest.raises(JournalUnreadable, match="missing or damaged"):
        recover(root)


def test_a_disk_that_refuses_a_step_of_the_recovery_is_said_so_and_a_second_try_completes_it(root: Path) -> None:
    before = snapshot(root)
    _kill(root, "replace urls.py")

    class Full(Disk):
        def write_new(self, path: Path, content: bytes, *, mode: int | None = None, owner: Owner | None = None) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ApplyError, match=r"No space left.*Mend the cause and run .*recover"):
        recover(root, effects=Full())

    recover(root)
    assert snapshot(root) == before


def _recover_incompletely(root: Path, effects: Faulty) -> None:
    # A second recovery finds nothing to do when the first was killed after its own commit.
    try:
        recover(root, effects=effects)
    except RecoveryIncomplete:
        return
    assert not journals.journal_file(root / JOURNAL_FOLDER).exists()


def _ends(root: Path) -> tuple[Snapshot, Snapshot, list[str]]:
    """Return the tree before and after the plan, and the steps between; the root stays as it is."""
    work = _copy(root, "work")
    counting = Faulty()
    apply(plan_below(work), effects=counting)
    return snapshot(root), snapshot(work), counting.steps


def _steps_with_different_remains(steps: list[str]) -> list[int]:
    # A wait for the disk changes no file: what a kill there leaves is what a kill at the next step leaves.
    return [at for at, step in enumerate(steps) if not step.startswith("sync ")]


def _copy(root: Path, name: str) -> Path:
    work = root.parent / name
    if work.exists():
        shutil.rmtree(work)
    return shutil.copytree(root, work, symlinks=True)


def _kill(root: Path, step: str) -> None:
    """Kill a run of the plan right before a step."""
    at = _ends(root)[2].index(step)
    assert not survives(lambda: apply(plan_below(root), effects=Faulty(at=at)))
