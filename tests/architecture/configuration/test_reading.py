"""What a configuration says is done, and what it says wrongly is told at its line."""

from pathlib import Path

import pytest

from django_layers.architecture.checking import Report, check
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CROSSING = {**APP, "shop/services.py": "from shop.models import Book\n"}


def checked(root: Path, table: str, files: dict[str, str | bytes] | None = None, path: str = "") -> Report:
    """Check a project with a table of ours."""
    text = f'[project]\nname = "x"\n\n[tool.django_layers]\n{table}'
    build_tree(root, {**(files or CROSSING), "pyproject.toml": text})
    return check([root / path])


def codes(report: Report) -> list[str]:
    return [one.code for one in report.violations]


@pytest.mark.parametrize(
    ("table", "code", "line", "hint"),
    [
        ('levle = "error"\n', "L011", 5, "Did you mean level?"),
        ("\n[tool.django_layers.layers]\nservice = []\n", "L012", 7, "Did you mean services?"),
        ('levels = { shopp = "warn" }\n', "L013", 5, "Did you mean shop?"),
        ('apps = ["shopp"]\n', "L013", 5, "Did you mean shop?"),
        ('severity.L100 = "off"\n', "L014", 5, "Did you mean"),
        ('severity.services = "off"\n', "L014", 5, "There are: L001"),
        ('exclude = [\n  "shop/gone.py",\n]\n', "L015", 6, "Take it out of exclude"),
        ('levels."blog.*" = "warn"\n', "L015", 5, "Take it out of levels"),
        ('roots = ["backend"]\n', "L015", 5, "Name a folder"),
        ('level = "eror"\n', "L010", 5, "one of off, warn, error, strict"),
        ("level = ]\n", "L010", 5, "Mend the file"),
        ("exclude = 3\n", "L010", 5, "a list of texts"),
        ("levels = 3\n", "L010", 5, "a table"),
        ('severity.L101 = "errors"\n', "L010", 5, "one of off, warning, error"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_and_nothing_else_is_checked(
    tmp_path: Path, table: str, code: str, line: int, hint: str
) -> None:
    report = checked(tmp_path, table)
    [one] = report.violations

    assert (one.code, one.line, one.path.name) == (code, line, "pyproject.toml")
    assert hint in one.hint
    assert report.is_refused


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, "one = 1\ntwo = 2\nlevel = 3\n")) == ["L011", "L011", "L010"]


def test_a_pyproject_without_a_table_of_ours_says_nothing(tmp_path: Path) -> None:
    build_tree(tmp_path, {**CROSSING, "pyproject.toml": "[tool.ruff]\nline-length = 100\n"})

    assert codes(check([tmp_path])) == ["L101"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[tool\n", b"[" * 5000, b"tool = 3\n[tool.django_layers]\n"])
def test_a_pyproject_that_cannot_be_read_is_not_passed_over(tmp_path: Path, content: bytes) -> None:
    build_tree(tmp_path, {**CROSSING, "pyproject.toml": content})

    assert codes(check([tmp_path])) == ["L010"]


def test_a_configuration_is_found_from_a_file_upwards(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, 'severity.L101 = "off"\n', path="shop/services.py")) == []


@pytest.mark.parametrize(
    ("level", "severities"),
    [("off", []), ("warn", ["warning"] * 2), ("error", ["warning", "error"]), ("strict", ["error"] * 2)],
)
def test_a_level_says_how_much_counts_in_an_app(tmp_path: Path, level: str, severities: list[str]) -> None:
    files: dict[str, str | bytes] = {**CROSSING, "shop/odds.py": ""}
    report = checked(tmp_path, f'levels.shop = "{level}"\n', files)

    assert [one.severity for one in report.violations] == severities
    assert [one.severity for one in checked(tmp_path, f'level = "{level}"\n').violations] == severities


def test_the_last_level_that_matches_holds(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, 'levels = { "*" = "off", shop = "error" }\n')) == ["L101"]


def test_a_severity_is_changed_by_code(tmp_path: Path) -> None:
    assert [one.severity for one in checked(tmp_path, 'severity.L101 = "warning"\n').violations] == ["warning"]


def test_layers_can_have_other_names(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shop/__init__.py": "",
        "shop/tables.py": APP["shop/models.py"],
        "shop/use_cases/__init__.py": "",
        "shop/use_cases/book.py": "from shop.tables import Book\nfrom shop.adapters.orm import Books\n",
        "shop/adapters/orm.py": "from shop.tables import Book\n\n\nclass Books:\n    pass\n",
    }
    table = 'layers = { models = ["tables"], services = ["use_cases"], "repositories.orm" = ["adapters.orm"] }\n'

    report = checked(tmp_path, table, files)

    assert {one.target for one in report.violations if one.code == "L101"} == {
        "shop.tables.Book",
        "shop.adapters.orm.Books",
    }


def test_an_app_that_is_listed_is_layered_with_one_layer(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **APP,
        "old/__init__.py": "",
        "old/services.py": "from django.db import connection\n",
    }

    assert codes(checked(tmp_path, "", files)) == []
    assert codes(checked(tmp_path, 'apps = ["old"]\n', files)) == ["L401"]


def test_names_start_in_each_root(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "one/shop/__init__.py": "",
        "one/shop/models.py": APP["shop/models.py"],
        "one/shop/services.py": "",
        "two/lib/__init__.py": "",
        "two/lib/helpers.py": "from shop.models import Book\n",
        "one/shop/api.py": "from lib.helpers import Book\n",
    }
    report = checked(tmp_path, 'roots = ["one", "two"]\n', files)

    assert report.apps == ("shop",)
    assert "L102" in codes(report)


def test_a_project_behind_a_link_is_looked_through_once(tmp_path: Path) -> None:
    files = {f"src/{path}": text for path, text in CROSSING.items()}
    there = checked(tmp_path / "real", 'roots = ["src/shop/../../src"]\n', files)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    found = check([tmp_path / "link"])

    assert (found.apps, found.files) == (there.apps, there.files)
    assert [one.path for one in found.violations] == [tmp_path / "link" / "src" / "shop" / "services.py"]


def test_what_is_excluded_is_not_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**APP, "shop/services.py": "def (", "shop/made/one.py": "def ("}

    assert codes(checked(tmp_path, 'exclude = ["shop/made", "*/services.py"]\n', {**files, "shop/api.py": ""})) == []


def test_a_name_that_is_allowed_is_no_violation(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**APP, "shop/services.py": "from django.db import connection, transaction\n"}

    report = checked(tmp_path, 'allowed.services = ["django.db.connection"]\n', files)

    assert [one.target for one in report.violations] == ["django.db.transaction"]


def test_an_allowed_name_that_nothing_needs_is_told(tmp_path: Path) -> None:
    report = checked(tmp_path, 'allowed.services = ["django.db.connection"]\n', {**APP})

    assert codes(report) == ["L015"]
    # A part of the project may not need what the rest does.
    assert codes(check([tmp_path / "shop" / "models.py"])) == []


def test_a_name_that_is_forbidden_is_a_violation(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**APP, "shop/services.py": "import requests.adapters\n"}

    assert codes(checked(tmp_path, 'forbidden.services = ["requests"]\n', files)) == ["L106"]
