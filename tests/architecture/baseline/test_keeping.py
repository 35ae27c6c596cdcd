"""A baseline knows what was there, whatever lines and files are called, and may only shrink."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from django_layers.architecture.baseline.keeping import Kept, keep
from django_layers.architecture.checking import check
from django_layers.architecture.errors import BaselineNeedsAll, BaselineRefusedInCI
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree, snapshot

HERE: dict[str, str] = {}
CI = {"CI": "true"}
SERVICE = "from shop.models import Book\n\n\ndef count():\n    return Book.objects.count()\n"
FILE = Path(".layers/baseline/shop.json")


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A project with two violations, both in its baseline."""
    build_tree(tmp_path, {**APP, "manage.py": "", "shop/services/__init__.py": "", "shop/services/book.py": SERVICE})
    (tmp_path / "shop" / "services.py").unlink()
    keep(check([tmp_path]), "create", HERE)
    return tmp_path


def kept(root: Path, mode: str = "check", environment: dict[str, str] = HERE, path: str = "") -> Kept:
    return keep(check([root / path]), mode, environment)


def codes(one: Kept) -> list[tuple[str, str]]:
    return [(violation.code, violation.severity) for violation in one.report.violations]


def test_what_was_there_is_known(known: Path) -> None:
    assert codes(kept(known)) == []
    assert kept(known).said == ("Baseline: 2 known, 0 new, 0 fixed.",)


def test_the_file_holds_one_violation_a_line_and_no_line_number(known: Path) -> None:
    text = (known / FILE).read_text()

    assert [json.loads(line.strip().rstrip(",")) for line in text.splitlines() if '"code"' in line] == [
        {"code": "L101", "symbol": "services:", "target": "shop:models:Book", "count": 1},
        {"code": "L402", "symbol": "services:count", "target": "shop:models:Book", "count": 1},
    ]
    assert json.loads(text)["app"] == "shop"


def test_shifted_lines_are_the_same(known: Path) -> None:
    build_tree(known, {"shop/services/book.py": f'"""Long."""\n\n\n\nx = 1\n{SERVICE}'})

    assert codes(kept(known)) == []


def test_renamed_files_are_the_same(known: Path) -> None:
    (known / "shop/services/book.py").rename(known / "shop/services/novel.py")
    (known / "shop/models.py").rename(known / "shop/books.py")
    build_tree(
        known, {"shop/models/__init__.py": "", "shop/services/novel.py": SERVICE.replace("models", "models.book")}
    )
    (known / "shop/books.py").rename(known / "shop/models/book.py")

    assert codes(kept(known)) == []


def test_one_more_of_a_kind_is_new_and_the_growth_is_told(known: Path) -> None:
    build_tree(known, {"shop/services/book.py": f"{SERVICE}    Book.objects.all()\n"})
    [one] = kept(known).report.violations

    assert (one.code, one.line) == ("L402", 6)
    assert "Known are 1 of these, now there are 2." in one.message


def test_the_same_in_another_function_is_new(known: Path) -> None:
    build_tree(known, {"shop/services/book.py": SERVICE.replace("count()", "total()", 1)})

    assert codes(kept(known)) == [("L030", "warning"), ("L402", "error")]


def test_what_is_fixed_is_told_and_fails_in_ci(known: Path) -> None:
    build_tree(known, {"shop/services/book.py": ""})

    assert codes(kept(known)) == [("L030", "warning")] * 2
    assert codes(kept(known, environment=CI)) == [("L030", "error")] * 2
    assert {one.line for one in kept(known).report.violations} == {5, 6}
    # What is not looked at is not known to be fixed.
    assert codes(kept(known, path="shop/models.py", environment=CI)) == []


def test_prune_takes_out_what_is_fixed_and_nothing_else(known: Path) -> None:
    build_tree(known, {"shop/services/book.py": f"{SERVICE.replace('count', 'total')}"})
    pruned = kept(known, "prune")

    assert codes(pruned) == [("L402", "error")]
    assert pruned.said[-1] == "Taken out of the baseline: 1."
    assert [row["code"] for row in json.loads((known / FILE).read_text())["violations"]] == ["L101"]
    build_tree(known, {"shop/services/book.py": ""})
    kept(known, "prune")
    assert not (known / FILE).exists()


def test_prune_lowers_counts(known: Path) -> None:
    (known / FILE).unlink()
    build_tree(known, {"shop/services/book.py": f"{SERVICE}    Book.objects.all()\n"})
    kept(known, "create")
    build_tree(known, {"shop/services/book.py": SERVICE})
    kept(known, "prune")

    assert [row["count"] for row in json.loads((known / FILE).read_text())["violations"]] == [1, 1]


@pytest.mark.parametrize("mode", ["create", "check", "prune"])
def test_a_baseline_is_utf_8_whatever_the_system_prefers(tmp_path: Path, mode: str) -> None:
    service = SERVICE.replace("count", "zähle")
    build_tree(tmp_path, {**APP, "manage.py": "", "shop/services.py": service})
    if mode != "create":
        keep(check([tmp_path]), "create", HERE)
        build_tree(tmp_path, {"shop/services.py": ""})
    options = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]

    ran = subprocess.run(
        [sys.executable, *options, "-m", "django_layers", "check", "--baseline", mode],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "CI": ""},
        capture_output=True,
        check=False,
    )

    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False), ran.stderr.decode()


def test_create_leaves_a_baseline_as_it_is(known: Path) -> None:
    build_tree(known, {"shop/services/book.py": f"{SERVICE}    Book.objects.all()\n"})
    before = snapshot(known)
    again = kept(known, "create")

    assert snapshot(known) == before
    assert codes(again) == [("L402", "error")]
    assert again.said == ("shop has a baseline, which may only shrink; it is left as it is.",)


def test_each_app_has_a_file_of_its_own(known: Path) -> None:
    blog = {name.replace("shop", "blog"): text for name, text in APP.items()}
    build_tree(known, {**blog, "blog/services.py": SERVICE.replace("shop", "blog")})
    kept(known, "create")

    assert sorted(path.name for path in (known / FILE).parent.iterdir()) == ["blog.json", "shop.json"]
    assert codes(kept(known)) == []


def test_create_is_refused_in_ci(known: Path) -> None:
    before = snapshot(known)

    with pytest.raises(BaselineRefusedInCI, match="L042"):
        kept(known, "create", CI)
    assert snapshot(known) == before


@pytest.mark.parametrize("mode", ["create", "prune"])
def test_a_part_of_the_project_writes_nothing(known: Path, mode: str) -> None:
    with pytest.raises(BaselineNeedsAll, match="L042"):
        kept(known, mode, path="shop/models.py")


def test_what_cannot_be_read_cannot_be_known(known: Path) -> None:
    (known / FILE).unlink()
    build_tree(known, {"shop/services/book.py": "def ("})

    assert codes(kept(known, "create")) == [("L001", "error")]
    assert not (known / FILE).exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"version": 2}',
        '{"version": 1, "app": "blog", "violations": []}',
        '{"version": 1, "app": "shop"}',
        '{"version": 1, "app": "shop", "violations": [3]}',
        '{"version": 1, "app": "shop", "violations": [{"code": "L101", "symbol": "", "target": "", "count": 0}]}',
        '{"version": 1, "app": "shop", "violations": [{"code": "L101", "symbol": "", "target": "", "count": true}]}',
        '{"version": 1, "app": "shop", "violations": [{"code": "L101", "symbol": 1, "target": "", "count": 1}]}',
        "\udcff",
    ],
)
def test_a_baseline_that_cannot_be_read_is_not_believed(known: Path, text: str) -> None:
    (known / FILE).write_bytes(text.encode(errors="surrogateescape"))

    assert sorted(codes(kept(known))) == [("L031", "error"), ("L101", "error"), ("L402", "error")]


def test_an_unknown_rule_and_an_unknown_app_are_told(known: Path) -> None:
    file = known / FILE
    file.write_text(file.read_text().replace("L101", "L199"))
    file.with_name("gone.json").write_text("{}")

    assert sorted(codes(kept(known))) == [("L031", "error"), ("L031", "error"), ("L101", "error")]


def test_a_report_of_a_wrong_configuration_is_left_as_it_is(known: Path) -> None:
    refused = check([known])._replace(is_refused=True)

    assert keep(refused, "check", HERE).report is refused
