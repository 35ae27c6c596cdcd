"""A report for people."""

from pathlib import Path

from django_layers.architecture.checking import Report, Violation

__all__ = ["as_text"]


def as_text(report: Report, folder: Path) -> str:
    """Return a report as lines for a terminal.

    Args:
        report: the report.
        folder: paths are shown relative to it.
    """
    return "".join(_lines(one, folder) for one in report.violations)


def _lines(one: Violation, folder: Path) -> str:
    path = one.path.relative_to(folder) if one.path.is_relative_to(folder) else one.path
    word = " (warning)" if one.severity == "warning" else ""
    return f"{path}:{one.line}:{one.column} {one.code}{word} {one.message}\n    {one.hint}\n"
