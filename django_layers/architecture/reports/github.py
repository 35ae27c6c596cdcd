"""A report as annotations of GitHub Actions, which show in the diff of a pull request."""

from pathlib import Path

from django_layers.architecture.checking import Report, Violation
from django_layers.architecture.reports.further import command_for, page_of
from django_layers.architecture.reports.paths import shown

__all__ = ["as_github"]


def as_github(report: Report, folder: Path) -> str:
    """Return a report as workflow commands.

    Args:
        report: the report.
        folder: paths are shown relative to it; the root of the repository in Actions.
    """
    return "".join(_command(one, folder) for one in report.violations)


def _command(one: Violation, folder: Path) -> str:
    properties = {
        "file": shown(one.path, folder),
        "line": str(one.line),
        "col": str(one.column),
        "title": f"{one.code} {one.symbol}",
    }
    said = f"{one.message} {one.hint} More: {page_of(one.code) or command_for(one.code)}"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{one.severity} {listed}::{_text(said)}\n"


def _text(value: str) -> str:
    # A name of a file that is not UTF-8 is half a character in Python, which no stream can write.
    value = value.encode(errors="replace").decode()
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")
