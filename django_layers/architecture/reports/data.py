"""A report for programs."""

import json
from pathlib import Path

from django_layers.architecture.checking import Report, Violation

__all__ = ["VERSION", "as_json"]

VERSION = 1
"""The version of the shape; it grows when a key changes its meaning or goes away."""


def as_json(report: Report, folder: Path) -> str:
    """Return a report as one JSON object.

    Args:
        report: the report.
        folder: paths are shown relative to it.
    """
    data = {
        "version": VERSION,
        "apps": report.apps,
        "files": report.files,
        "violations": [_data(one, folder) for one in report.violations],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _data(one: Violation, folder: Path) -> dict[str, str | int]:
    path = one.path.relative_to(folder) if one.path.is_relative_to(folder) else one.path
    return {
        "code": one.code,
        "path": path.as_posix(),
        "line": one.line,
        "column": one.column,
        "symbol": one.symbol,
        "target": one.target,
        "message": one.message,
        "severity": one.severity,
        "hint": one.hint,
    }
