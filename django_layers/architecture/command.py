"""The command line of the checker, which `python -m django_layers check` and `manage.py checklayers` share."""

import argparse
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django_layers.architecture.checking import Report, check
from django_layers.architecture.reports.data import as_json
from django_layers.architecture.reports.text import as_text

__all__ = ["FORMATS", "run"]

FORMATS: dict[str, Callable[[Report, Path], str]] = {"text": as_text, "json": as_json}


class Writes(Protocol):
    """What can be written to: a stream, or Django's wrapper of one."""

    def write(self, text: str, /) -> object:
        """Write a text."""
        ...


def run(options: argparse.Namespace, out: Writes | None = None, talk: Writes | None = None) -> int:
    """Check, and show the report and a summary.

    Args:
        options: `paths` and `format`.
        out: where the report goes; standard output.
        talk: where the summary goes; standard error.

    Returns:
        0 where there is no error, 1 where there is.

    Raises:
        CheckError: there is nothing to check.
    """
    # Facts are made by the hundred thousand and stay until the end, so that looking for garbage finds none.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        report = check(options.paths or [Path.cwd()])
    finally:
        if was_enabled:
            gc.enable()
    (out or sys.stdout).write(FORMATS[options.format](report, Path.cwd()))
    warnings = len(report.violations) - report.errors
    (talk or sys.stderr).write(
        f"{report.files} files, {len(report.apps)} layered apps: {report.errors} errors, {warnings} warnings.\n"
    )
    return 1 if report.errors else 0
