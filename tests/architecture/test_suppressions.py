"""Comments suppress what they name where they stand, with a reason, and only as long as there is something."""

from pathlib import Path

import pytest

from django_layers.architecture.checking import check
from tests.architecture.trees import APP, codes
from tests.scaffold.trees import build_tree

IMPORT = "from shop.models import Book"


def found(root: Path, text: str) -> list[tuple[str, int]]:
    build_tree(root, {**APP, "shop/services.py": text})
    return [(one.code, one.line) for one in check([root]).violations]


@pytest.mark.parametrize(
    "text",
    [
        f"{IMPORT}  # layers: ignore[L101] moved in March",
        f"{IMPORT}  #layers:ignore[L101]: moved in March",
        f"# layers: ignore[L101] moved in March\n{IMPORT}",
        f"# layers: ignore[L101] moved in March\n\n# More to say.\n{IMPORT}",
        f"{IMPORT}  # layers: ignore[L101] until=2999-12-31 moved in March",
        f"{IMPORT}  # layers: ignore[L101] moved in March until=2999-12-31",
        f"x = 1\n{IMPORT}\n# layers: ignore-file[L101] moved in March\n",
        "from shop.models import (\n    Book,  # layers: ignore[L101] moved in March\n)",
        "from shop.models import (\n    Book,\n)  # layers: ignore[L101] moved in March",
        "from shop.models import (  # layers: ignore[L101] moved in March\n    Book,\n)",
    ],
)
def test_a_comment_with_a_reason_suppresses(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, f"{text}\n") == []
    assert check([tmp_path]).suppressed == 1


def test_several_codes_are_suppressed_at_once(tmp_path: Path) -> None:
    text = f"{IMPORT}\nBook.objects.get().save()  # layers: ignore[L402, L404] a script of one day\n"

    assert found(tmp_path, text) == [("L101", 1)]


@pytest.mark.parametrize(
    ("comment", "codes_and_lines"),
    [
        ("ignore[L101]", [("L020", 1), ("L101", 1)]),
        ("ignore[L101] until=2999-12-31", [("L020", 1), ("L101", 1)]),
        ("ignore[L101] until=2001-01-01 later", [("L023", 1), ("L101", 1)]),
        ("ignore[L101] later until=2001-01-01", [("L023", 1), ("L101", 1)]),
        ("ignore[L101] until=soon later", [("L024", 1), ("L101", 1)]),
        ("ignore[L402] no query here", [("L021", 1), ("L101", 1)]),
        ("ignore[L101, L402] half of it", [("L021", 1)]),
        ("ignore[L100] misspelt", [("L022", 1), ("L101", 1)]),
        ("ignore all of it", [("L024", 1), ("L101", 1)]),
        ("ignore[] all of it", [("L024", 1), ("L101", 1)]),
        ("ingore[L101] misspelt", [("L024", 1), ("L101", 1)]),
    ],
)
def test_a_comment_that_does_not_hold_is_told(
    tmp_path: Path, comment: str, codes_and_lines: list[tuple[str, int]]
) -> None:
    assert sorted(found(tmp_path, f"{IMPORT}  # layers: {comment}\n")) == sorted(codes_and_lines)


def test_a_comment_about_layers_is_not_a_suppression(tmp_path: Path) -> None:
    assert found(tmp_path, "# layers: see the page about them, where each is said to be ignored\n") == []


def test_a_string_is_no_comment(tmp_path: Path) -> None:
    text = f'"""\n# layers: ignore-file[L101] in a text\n"""\n{IMPORT}; x = "# layers: ignore[L101] in a text"\n'

    assert found(tmp_path, text) == [("L101", 4)]


def test_the_statement_after_is_not_suppressed(tmp_path: Path) -> None:
    text = f"x = 1  # layers: ignore[L101] the line after\n{IMPORT}\n"

    assert found(tmp_path, text) == [("L021", 1), ("L101", 2)]


def test_a_whole_file_can_be_said_to_be_in_no_layer(tmp_path: Path) -> None:
    assert codes(tmp_path, {"shop/odds.py": "# layers: ignore-file[L004] vendored\n"}) == []


def test_what_is_wrong_with_a_suppression_cannot_be_suppressed(tmp_path: Path) -> None:
    text = "x = 1  # layers: ignore[L402, L021] nothing\n"

    assert found(tmp_path, text) == [("L021", 1), ("L021", 1)]


def test_suppressions_of_an_app_that_is_off_are_left_alone(tmp_path: Path) -> None:
    build_tree(tmp_path, {"pyproject.toml": '[tool.django_layers]\nlevel = "off"\n'})

    assert found(tmp_path, f"{IMPORT}  # layers: ignore[L999]\n") == []
