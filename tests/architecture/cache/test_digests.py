"""What a digest is of: the bytes of a file, on every system."""

import os
from pathlib import Path

import pytest

from django_layers.architecture.cache.digests import digest, digest_of_file


def test_a_file_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_bytes(b"x = 1\r\n\x1a\xff")

    assert digest_of_file(str(path)) == digest(path.read_bytes())


def test_nothing_is_needed_that_only_unix_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_CLOEXEC", raising=False)
    path = tmp_path / "module.py"
    path.write_bytes(b"x = 1\n")

    assert digest_of_file(str(path)) == digest(b"x = 1\n")


def test_a_file_that_is_not_there_has_the_digest_of_the_error(tmp_path: Path) -> None:
    assert digest_of_file(str(tmp_path / "gone.py")).startswith("errno")
