"""A report for programs; docs/formats.md describes it."""

import json
from pathlib import Path

from django_layers.architecture.checking import Report, Violation
from django_layers.architecture.context import Context
from django_layers.architecture.reports.paths import shown

__all__ = ["VERSION", "as_json", "context_as_json"]

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
        "suppressed": report.suppressed,
        "violations": [_data(one, folder) for one in report.violations],
    }
    return _spelled(data)


def context_as_json(context: Context, folder: Path) -> str:
    """Return what is to be known of a file as one JSON object.

    Args:
        context: what is to be known.
        folder: paths are shown relative to it.
    """
    return _spelled(
        {
            "version": VERSION,
            "path": shown(context.path, folder),
            "app": context.place.app,
            "part": context.place.part,
            "layer": context.place.layer,
            "may_import": context.may_import,
            "may_import_of_other_apps": context.of_other_apps,
            "homes": [
                {"layer": one.layer, "holds": one.holds, "path": shown(one.path, folder)} for one in context.homes
            ],
            "apps": context.apps,
        }
    )


def _data(one: Violation, folder: Path) -> dict[str, str | int]:
    return {
        "code": one.code,
        "path": shown(one.path, folder),
        "line": one.line,
        "column": one.column,
        "symbol": one.symbol,
        "target": one.target,
        "message": one.message,
        "severity": one.severity,
        "hint": one.hint,
        "app": one.app,
        "part": one.part,
    }


def _spelled(data: dict[str, object]) -> str:
    text = json.dumps(data, indent=2, ensure_ascii=False)
    # A name of a file that is not UTF-8 is half a character in Python, which no stream can write.
    return text.encode(errors="replace").decode() + "\n"
