"""What runs the pages notices when a page is wrong."""

from pathlib import Path

import pytest

from tests.docs.documents import Block, Step, apply_diff, blocks_of, run_session, says, steps_of
from tests.scaffold.projects import TestProject


def test_blocks_are_found_with_their_language_also_inside_a_list(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\nx = 1\n```\n\n1. Run it:\n\n   ```console\n   $ python x.py\n   ```\n")

    assert blocks_of(page) == [Block("python", "x = 1\n"), Block("console", "$ python x.py\n")]


def test_a_console_block_is_taken_apart_into_commands_and_outputs() -> None:
    block = Block("console", "$ python a.py \\\n    --long\none\n$ python b.py\n")

    assert list(steps_of(block)) == [Step("python a.py --long", "one\n"), Step("python b.py", "")]


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("one\n", "one\n", True),
        ("one\n", "two\n", False),
        ("one\n...\nfour\n", "one\ntwo\nthree\nfour\n", True),
        ("one\n...\nfour\n", "one\ntwo\n", False),
        ("", "one\n", False),
        ("2 passed in 0.10s\n", "3 passed in 7.77s\n", True),
        ("2 passed in 0.10s\n", "1 failed, 1 passed in 0.10s\n", False),
    ],
)
def test_an_output_is_compared_line_by_line(expected: str, actual: str, same: bool) -> None:
    assert says(expected, actual) is same


def test_a_diff_replaces_what_is_there_once(tmp_path: Path) -> None:
    project = TestProject(tmp_path)
    project.write({"a.py": "one\ntwo\nthree\n"})

    apply_diff(project, Block("diff", "--- a.py\n one\n-two\n+2\n"))

    assert (tmp_path / "a.py").read_text() == "one\n2\nthree\n"
    with pytest.raises(AssertionError):
        apply_diff(project, Block("diff", "--- a.py\n-two\n+2\n"))


@pytest.mark.parametrize("wrong", [">>> 1 + 1\n3\n", "nothing to run\n"])
def test_a_session_that_is_wrong_or_empty_fails(tmp_path: Path, wrong: str) -> None:
    project = TestProject(tmp_path / "project", {"DJANGO_SETTINGS_MODULE": "django.conf.global_settings"})
    project.root.mkdir()

    with pytest.raises(AssertionError):
        run_session(project, wrong)
