"""The command line of the checker, which `python -m django_layers check` and `manage.py checklayers` share."""

import argparse
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django_layers.architecture.baseline.keeping import Kept, keep
from django_layers.architecture.checking import Report, check
from django_layers.architecture.errors import PathNotFound
from django_layers.architecture.spelling import amount

__all__ = ["run"]


class Writes(Protocol):
    """What can be written to: a stream, or Django's wrapper of one."""

    def write(self, text: str, /) -> object:
        """Write a text."""
        ...


def run(options: argparse.Namespace, out: Writes | None = None, talk: Writes | None = None) -> int:
    """Check, and show the report and a summary.

    Args:
        options: what `add_arguments` of the arguments adds.
        out: where the report goes; standard output.
        talk: where the summary goes; standard error.

    Returns:
        0 where there is no error, 1 where there is, 2 where the configuration is wrong.

    Raises:
        CheckError: there is nothing to check, or the request is wrong in another way.
    """
    out, talk = out or sys.stdout, talk or sys.stderr
    folder = Path.cwd()
    if options.explain or options.context:
        out.write(_told(options, folder))
        return 0
    if options.selftest:
        code = _tested(options, out)
        # Without an outcome the configuration is wrong, which the check tells.
        if code is not None:
            return code
    with _uncollected():
        kept = _checked(options)
    report = kept.report
    text = _written(report, folder, options.format or "text")
    if text:
        # Django's streams make a line of nothing, too.
        out.write(text)
    if options.format is None and os.environ.get("GITHUB_ACTIONS") == "true":
        out.write(_written(report, folder, "github"))
    talk.write(_summary(kept))
    return 2 if report.is_refused else 1 if report.errors else 0


# What a run does not need is not imported, since an editor waits for each run.


def _told(options: argparse.Namespace, folder: Path) -> str:
    """Return what a rule is about, or what is to be known of a file."""
    if options.explain:
        from django_layers.architecture.reports.explaining import explanation

        return explanation(options.explain)
    from django_layers.architecture.context import context_of
    from django_layers.architecture.reports.context import context_as_text
    from django_layers.architecture.reports.data import context_as_json

    shows = context_as_json if options.format == "json" else context_as_text
    return shows(context_of(options.context), folder)


def _tested(options: argparse.Namespace, out: Writes) -> int | None:
    """Plant violations and show which are found; return None where none could be planted."""
    from django_layers.architecture.reports.selftest import selftest_as_text
    from django_layers.architecture.selftest.selftest import selftest

    outcomes = selftest(options.paths or [Path.cwd()])
    if not outcomes:
        return None
    out.write(selftest_as_text(outcomes))
    return 0 if all(one.is_found for one in outcomes) else 1


def _written(report: Report, folder: Path, format_: str) -> str:
    match format_:
        case "json":
            from django_layers.architecture.reports.data import as_json as written
        case "sarif":
            from django_layers.architecture.reports.sarif import as_sarif as written
        case "github":
            from django_layers.architecture.reports.github import as_github as written
        case _:
            from django_layers.architecture.reports.text import as_text as written
    return written(report, folder)


def _checked(options: argparse.Namespace) -> Kept:
    texts = {}
    paths = options.paths or [Path.cwd()]
    if options.stdin_filename:
        if options.stdin_filename.is_dir():
            raise PathNotFound(options.stdin_filename)
        paths = [options.stdin_filename]
        texts[Path(os.path.normpath(options.stdin_filename.absolute()))] = sys.stdin.buffer.read()
    kept = keep(check(paths, texts, remember=options.cache), options.baseline)
    if not options.changed:
        return kept
    from django_layers.architecture.changes import changed_files

    changed = changed_files(options.changed, kept.report.root)
    # What belongs to no app is wrong with the check itself, and concerns every change.
    told = tuple(one for one in kept.report.violations if not one.app or one.path.resolve() in changed)
    return kept._replace(report=kept.report._replace(violations=told))


def _summary(kept: Kept) -> str:
    report = kept.report
    if report.is_refused:
        return "Nothing was checked, because the configuration is wrong.\n"
    errors, warnings = report.errors, len(report.violations) - report.errors
    suppressed = f", {report.suppressed} suppressed" if report.suppressed else ""
    counts = f"{amount(errors, 'error')}, {amount(warnings, 'warning')}{suppressed}"
    said = "".join(f"{sentence}\n" for sentence in kept.said)
    return f"{said}{amount(report.files, 'file')}, {amount(len(report.apps), 'layered app')}: {counts}.\n"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Collect no garbage: facts are made by the hundred thousand and stay until the end, so that there is none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
