"""The steps on the real disk."""

import errno
import os
from pathlib import Path

import pytest

from django_layers.scaffold.writing.effects import DISK


def test_a_file_that_exists_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    with pytest.raises(FileExistsError):
        DISK.write_new(tmp_path / "a", b"new")

    assert (tmp_path / "a").read_text() == "old"


def test_permissions_are_exactly_those_asked_for(tmp_path: Path) -> None:
    DISK.write_new(tmp_path / "a", b"", mode=0o666)
    DISK.make_folder(tmp_path / "b", mode=0o2777)

    assert (tmp_path / "a").stat().st_mode & 0o7777 == 0o666
    assert (tmp_path / "b").stat().st_mode & 0o7777 == 0o2777


def test_a_private_file_is_private_before_its_content_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []

    def watch(path: Path, mode: int) -> None:
        modes.append(path.stat().st_mode & 0o777)
        os.chmod(path, mode)  # noqa: PTH101 - Path.chmod is what is being replaced

    monkeypatch.setattr(Path, "chmod", watch)
    DISK.write_new(tmp_path / "secret", b"x", mode=0o600)

    assert modes == [0o600]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
def test_the_superuser_keeps_the_owner(tmp_path: Path) -> None:
    DISK.write_new(tmp_path / "a", b"x", owner=(1234, 1235))

    status = (tmp_path / "a").stat()
    assert (status.st_uid, status.st_gid) == (1234, 1235)


def test_a_content_is_on_the_disk_before_the_file_counts_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda _: synced.append((tmp_path / "a").read_bytes()))

    DISK.write_new(tmp_path / "a", b"content")

    assert synced == [b"content"]


def test_a_file_system_that_cannot_sync_folders_is_put_up_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: _fail(errno.EINVAL))

    DISK.sync_folder(tmp_path)


def test_another_error_of_syncing_a_folder_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: _fail(errno.EIO))

    with pytest.raises(OSError, match="no"):
        DISK.sync_folder(tmp_path)


def _fail(number: int) -> None:
    raise OSError(number, "no")
