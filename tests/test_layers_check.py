"""`manage.py check --tag layers` does what `checklayers` does, and no other start pays for it."""

import sys
from pathlib import Path

import pytest
from django.core.checks import Error, run_checks

from django_layers.checks import TAG, check_layers
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with a violation, in the current folder."""
    build_tree(tmp_path, {**APP, "shop/services.py": "from shop.models import Book\n"})
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("words", [["--tag", TAG], [f"--tag={TAG}"], ["-t", TAG], [f"-t{TAG}", "--deploy"]])
def test_violations_are_messages_where_the_tag_is_named(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["manage.py", "check", *words])

    [message] = run_checks(tags=[TAG])
    assert isinstance(message, Error)
    assert message.id == "django_layers.L101"
    assert str(message.obj).endswith("shop/services.py:1:25")


@pytest.mark.parametrize("words", [[], ["--tag", "models"], ["layers"], ["--database", TAG]])
def test_other_checks_do_not_read_the_project(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["manage.py", "check", *words])

    assert check_layers(None) == []


def test_nothing_to_check_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr(sys, "argv", ["manage.py", "check", "--tag", TAG])

    assert [message.id for message in check_layers(None)] == ["django_layers.L041"]
