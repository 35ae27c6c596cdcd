"""A report for people."""

from pathlib import Path

from django_layers.architecture.checking import Report, Violation
from django_layers.architecture.reports.paths import shown
from django_layers.architecture.violations import WARNING

__all__ = ["as_text"]


def as_text(report: Report, folder: Path) -> str:
    """Return a report as lines for a terminal, each violation with the option that explains its rule.

    Args:
        report: the report.
        folder: paths are shown relative to it.
    """
    return "".join(_lines(one, folder) for one in report.violations)


def _lines(one: Violation, folder: Path) -> str:
    word = " (warning)" if one.severity == WARNING else ""
    place = f"{_printable(shown(one.path, folder))}:{one.line}:{one.column}"
    return f"{place} {one.code}{word} {_printable(one.message)}\n    {_printable(one.hint)} [--explain {one.code}]\n"


def _printable(text: str) -> str:
    """Replace what would break a line or steer the terminal; names of files can hold it."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
