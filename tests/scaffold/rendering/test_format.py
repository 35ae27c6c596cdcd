"""The project's own formatter over rendered text."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.rendering import format as formatting
from django_layers.scaffold.rendering.format import FormatterFailed, FormatterMissing, Pipe, format_rendered, pipe_of
from django_layers.scaffold.rendering.render import Rendered
from tests.scaffold.assembly import project_layout

LONG = "total = " + " + ".join(f"number_{index}" for index in range(12)) + "\n"


def rendered(text: str, path: str = "recipes/models/recipe.py") -> Rendered:
    return Rendered(path=PurePosixPath(path), text=text, kind="whole", layer="models", rank=1)


def formatted(root: Path, text: str) -> str:
    (file,) = format_rendered([rendered(text)], project_layout(root))
    return file.text


def test_imports_are_sorted_and_code_is_laid_out(tmp_path: Path) -> None:
    assert (
        formatted(tmp_path, "import sys\nimport os\nprint( sys,os )\n") == "import os\nimport sys\n\nprint(sys, os)\n"
    )


def test_ninety_characters_are_too_many_without_configuration(tmp_path: Path) -> None:
    assert formatted(tmp_path, LONG).count("\n") > 1


def test_the_line_length_of_the_project_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 200\n")

    assert formatted(tmp_path, LONG) == LONG


def test_the_quotes_of_the_project_count(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text('[format]\nquote-style = "single"\n')

    assert formatted(tmp_path, 'name = "x"\n') == "name = 'x'\n"


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "ruff.toml").write_text("line-length = 200\n")

    assert formatted(tmp_path, LONG) == LONG


def test_configuration_above_the_project_counts_within_its_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "ruff.toml").write_text("line-length = 200\n")
    (tmp_path / "backend").mkdir()

    assert formatted(tmp_path / "backend", LONG) == LONG


def test_configuration_above_the_repository_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 200\n")
    (tmp_path / "backend" / ".git").mkdir(parents=True)

    assert formatted(tmp_path / "backend", LONG) != LONG


def test_the_packages_of_the_project_are_sorted_below_those_of_others(tmp_path: Path) -> None:
    (tmp_path / "mealgenie").mkdir()
    (tmp_path / "mealgenie" / "actors.py").touch()
    text = "from mealgenie.actors import Actor\nfrom pydantic import Field\n\nprint(Actor, Field)\n"

    assert formatted(tmp_path, text).startswith("from pydantic import Field\n\nfrom mealgenie.actors import Actor\n")


def test_fragments_for_one_path_keep_their_texts_apart(tmp_path: Path) -> None:
    files = [rendered("first = 1\n"), rendered("second  =  2\n"), rendered("")]

    assert [file.text for file in format_rendered(files, project_layout(tmp_path))] == [
        "first = 1\n",
        "second = 2\n",
        "",
    ]


def test_what_is_no_python_stays_as_it_is(tmp_path: Path) -> None:
    ini = replace(rendered("[mypy]\nstrict=True\n"), path=PurePosixPath("mypy.ini"))

    assert format_rendered([ini], project_layout(tmp_path)) == (ini,)


def test_nothing_is_written_into_the_project(tmp_path: Path) -> None:
    formatted(tmp_path, "a=1\n")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "text", "pipe"),
    [
        ("pyproject.toml", "[tool.black]\n", Pipe(sorter="ruff", formatter="black")),
        ("pyproject.toml", "[tool.black]\n[tool.isort]\n", Pipe(sorter="isort", formatter="black")),
        ("pyproject.toml", "[tool.ruff]\n", Pipe()),
        ("setup.cfg", "[isort]\nprofile = black\n", Pipe(sorter="isort", formatter="ruff")),
        (".isort.cfg", "[settings]\n", Pipe(sorter="isort", formatter="ruff")),
        ("pyproject.toml", "not toml", Pipe()),
    ],
)
def test_the_tools_are_those_that_the_project_configures(tmp_path: Path, name: str, text: str, pipe: Pipe) -> None:
    (tmp_path / name).write_text(text)

    assert pipe_of(tmp_path) == pipe


def test_a_missing_formatter_is_named_with_the_way_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formatting.shutil, "which", lambda tool, path=None: None)

    with pytest.raises(FormatterMissing, match="pip install ruff"):
        formatted(tmp_path, "a=1\n")


def test_broken_configuration_of_the_formatter_is_said(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 'long'\n")

    with pytest.raises(FormatterFailed, match="line-length"):
        formatted(tmp_path, "a=1\n")
