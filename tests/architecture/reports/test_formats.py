"""Each format says the same, in the form that its readers expect."""

import json
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from django_layers.__main__ import main
from django_layers.architecture.checking import CODES, Report, check
from django_layers.architecture.errors import UnknownCode
from django_layers.architecture.reports import further
from django_layers.architecture.reports.data import as_json
from django_layers.architecture.reports.explaining import explanation
from django_layers.architecture.reports.github import as_github
from django_layers.architecture.reports.sarif import as_sarif
from django_layers.architecture.reports.text import as_text
from tests.architecture.reports.sarif_schema import problems_of
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture
def report(tmp_path: Path) -> Report:
    build_tree(tmp_path, {**APP, "shop/services.py": "from shop.models import Book\n", "shop/odds.py": ""})
    return check([tmp_path])


def test_sarif_is_as_its_schema_says() -> None:
    found = json.loads(as_sarif(check([CORPUS]), CORPUS))

    assert problems_of(found) == []
    assert len(found["runs"][0]["results"]) > 60


@pytest.mark.parametrize("path", ["version", "runs/0/tool/driver/name", "runs/0/results/0/message/text"])
def test_the_schema_notices_what_is_missing(report: Report, tmp_path: Path, path: str) -> None:
    found = json.loads(as_sarif(report, tmp_path))
    *parents, last = path.split("/")
    inner = found
    for key in parents:
        inner = inner[int(key) if key.isdigit() else key]
    del inner[last]

    assert problems_of(found) != []


def test_sarif_names_rules_places_and_levels(report: Report, tmp_path: Path) -> None:
    [run] = json.loads(as_sarif(report, tmp_path))["runs"]
    unplaced, crossing = run["results"]

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["L004", "L101"]
    assert (unplaced["ruleId"], unplaced["level"], unplaced["ruleIndex"]) == ("L004", "warning", 0)
    [location] = crossing["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "shop/services.py", "uriBaseId": "ROOT"},
        "region": {"startLine": 1, "startColumn": 25},
    }
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_sarif_says_how_a_rule_is_explained(report: Report, tmp_path: Path) -> None:
    rules = json.loads(as_sarif(report, tmp_path))["runs"][0]["tool"]["driver"]["rules"]

    assert "python -m django_layers check --explain L101" in rules[1]["help"]["text"]
    assert "## The way out" in rules[1]["help"]["markdown"]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the package say where its documentation is."""
    found = Message()
    found["Project-URL"] = "Source, https://example.org/source"
    found["Project-URL"] = "Documentation, https://docs.example.org/layers/"
    monkeypatch.setattr(further, "metadata", lambda _: found)
    further._address.cache_clear()
    yield
    further._address.cache_clear()


@pytest.mark.usefixtures("published")
def test_reports_lead_to_the_page_of_a_rule_where_the_documentation_has_an_address(
    report: Report, tmp_path: Path
) -> None:
    log = json.loads(as_sarif(report, tmp_path))

    assert problems_of(log) == []
    assert [rule["helpUri"] for rule in log["runs"][0]["tool"]["driver"]["rules"]] == [
        "https://docs.example.org/layers/checking.html#nothing-passes-in-silence",
        "https://docs.example.org/layers/rules/L101.html",
    ]
    assert as_github(report, tmp_path).splitlines()[1].endswith("More: https://docs.example.org/layers/rules/L101.html")


def test_fingerprints_survive_shifted_lines(report: Report, tmp_path: Path) -> None:
    def fingerprints(one: Report) -> list[str]:
        return [found["partialFingerprints"] for found in json.loads(as_sarif(one, tmp_path))["runs"][0]["results"]]

    before = fingerprints(report)
    build_tree(tmp_path, {"shop/services.py": "\n\nfrom shop.models import Book\n"})

    assert fingerprints(check([tmp_path])) == before
    assert len({str(one) for one in before}) == 2


def test_annotations_are_workflow_commands(report: Report, tmp_path: Path) -> None:
    lines = as_github(report, tmp_path).splitlines()

    assert lines[0].startswith(
        "::warning file=shop/odds.py,line=1,col=1,title=L004 shop.odds::shop.odds is in a layered"
    )
    assert lines[1].startswith("::error file=shop/services.py,line=1,col=25,title=L101 shop.services::services imports")
    assert lines[1].endswith("More: python -m django_layers check --explain L101")


def test_no_name_of_a_file_makes_a_command_or_a_line_of_its_own(report: Report, tmp_path: Path) -> None:
    [_, crossing] = report.violations
    odd = crossing._replace(path=tmp_path / "a\n::error::b\x1b[2J,c:%\udcff.py")
    report = report._replace(violations=(odd,))

    assert len(as_github(report, tmp_path).splitlines()) == 1
    assert len(as_text(report, tmp_path).splitlines()) == 2
    assert problems_of(json.loads(as_sarif(report, tmp_path))) == []
    assert as_json(report, tmp_path).encode()
    assert "\udcff" not in as_github(report, tmp_path) + as_text(report, tmp_path)


@pytest.mark.parametrize("format_", [None, "text", "json", "github"])
def test_annotations_come_by_themselves_in_actions(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(tmp_path)
    main(["check", *(["--format", format_] if format_ else [])])
    out = capsys.readouterr().out

    assert ("::error file" in out) is (format_ in (None, "github"))
    assert ("[--explain L101]" in out) is (format_ in (None, "text"))


@pytest.mark.parametrize("code", sorted({*CODES, "L040", "L041", "L042", "L043", "L044"}))
def test_every_code_is_explained(code: str) -> None:
    text = explanation(code.lower())

    assert text.startswith(f"{code} (")
    assert len(text.splitlines()) > 2


def test_an_unknown_code_is_a_wrong_request(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnknownCode, match="Did you mean"):
        explanation("L10")
    assert main(["check", "--explain", "x"]) == 2
    assert "L044 There is no rule X" in capsys.readouterr().err
