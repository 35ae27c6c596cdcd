"""One writer at a time, whatever happens between two steps of taking or leaving the lock."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from django_layers.scaffold.errors import Locked, UnsafeTarget
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER
from django_layers.scaffold.writing.effects import DISK, Disk
from django_layers.scaffold.writing.lock import LOCK_NAME, locked


def test_the_folder_is_there_while_the_lock_is_held_and_goes_after(tmp_path: Path) -> None:
    with locked(tmp_path, DISK) as folder:
        assert folder == tmp_path / JOURNAL_FOLDER
        assert (folder / LOCK_NAME).is_file()
        assert folder.stat().st_mode & 0o777 == 0o700

    assert not list(tmp_path.iterdir())


def test_what_others_put_into_the_folder_keeps_it(tmp_path: Path) -> None:
    with locked(tmp_path, DISK) as folder:
        (folder / "report").touch()

    assert [path.name for path in folder.iterdir()] == ["report"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_FOLDER).touch()

    with pytest.raises(UnsafeTarget, match="is not a folder"), locked(tmp_path, DISK):
        pytest.fail("entered")


def test_two_that_make_the_folder_at_once_get_on(tmp_path: Path) -> None:
    class Late(Disk):
        def make_folder(self, path: Path, *, mode: int | None = None) -> None:
            path.mkdir()
            super().make_folder(path, mode=mode)

    with locked(tmp_path, Late()) as folder:
        assert (folder / LOCK_NAME).is_file()


def test_a_folder_that_its_last_user_removes_at_that_moment_is_made_again(tmp_path: Path) -> None:
    class Vanishing(Disk):
        made = 0

        def make_folder(self, path: Path, *, mode: int | None = None) -> None:
            super().make_folder(path, mode=mode)
            self.made += 1
            if self.made == 1:
                path.rmdir()

    effects = Vanishing()
    with locked(tmp_path, effects) as folder:
        assert (folder / LOCK_NAME).is_file()
    assert effects.made == 2


def test_a_lock_file_that_its_last_holder_removes_at_that_moment_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock, calls = fcntl.flock, []

    def removed_before(descriptor: int, operation: int) -> None:
        if not calls:
            (tmp_path / JOURNAL_FOLDER / LOCK_NAME).unlink()
        calls.append(descriptor)
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", removed_before)

    with locked(tmp_path, DISK) as folder:
        assert len(calls) == 2
        with pytest.raises(Locked), locked(tmp_path, DISK):
            pytest.fail("two hold it")
        assert (folder / LOCK_NAME).is_file()


def test_a_holder_that_has_not_yet_written_its_name_is_another_process(tmp_path: Path) -> None:
    with locked(tmp_path, DISK) as folder:
        os.truncate(folder / LOCK_NAME, 0)
        with pytest.raises(Locked, match="another process is writing"), locked(tmp_path, DISK):
            pytest.fail("two hold it")


def test_a_file_system_without_locks_is_an_error_and_not_a_missing_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unsupported)

    with pytest.raises(OSError, match="No locks available"), locked(tmp_path, DISK):
        pytest.fail("entered")


def test_leaving_after_the_next_one_has_come_and_gone_is_no_error(tmp_path: Path) -> None:
    class Late(Disk):
        def remove_folder(self, path: Path) -> None:
            super().remove_folder(path)
            super().remove_folder(path)

    with locked(tmp_path, Late()):
        pass

    assert not list(tmp_path.iterdir())


def test_leaving_reports_what_else_goes_wrong(tmp_path: Path) -> None:
    class Broken(Disk):
        def remove_folder(self, path: Path) -> None:
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"), locked(tmp_path, Broken()):
        pass


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    # The system gives out the lowest free number: it is the same again unless one in between stayed open.
    lowest = os.dup(0)
    os.close(lowest)

    for _ in range(3):
        with locked(tmp_path, DISK), pytest.raises(Locked), locked(tmp_path, DISK):
            pytest.fail("two hold it")

    again = os.dup(0)
    os.close(again)
    assert again == lowest
