"""`--baseline create`, `check` and `prune`."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from django_layers.architecture.baseline.comparing import Compared, compare, fixed_violations
from django_layers.architecture.baseline.entries import counted
from django_layers.architecture.baseline.files import Baseline, read_baseline, write_baseline
from django_layers.architecture.checking import CODES, Report
from django_layers.architecture.configuration.configuration import OFF
from django_layers.architecture.errors import BaselineNeedsAll, BaselineRefusedInCI
from django_layers.architecture.spelling import amount
from django_layers.architecture.violations import ERROR, WARNING

__all__ = ["MODES", "Kept", "is_ci", "keep"]

MODES = ("create", "check", "prune")


class Kept(NamedTuple):
    """A report beside a baseline.

    Attributes:
        report: what is left of the report, with what is wrong with the baseline.
        said: what was done, in sentences.
    """

    report: Report
    said: tuple[str, ...] = ()


def is_ci(environment: Mapping[str, str]) -> bool:
    """Tell whether a build server runs this, by the variable that all of them set."""
    return environment.get("CI", "").lower() not in {"", "0", "false", "no"}


def keep(report: Report, mode: str, environment: Mapping[str, str] = os.environ) -> Kept:
    """Take what is known out of a report.

    Args:
        report: what was found.
        mode: "create" to write down what is found for the apps that have no baseline, "prune" to take out of the
            baselines what is fixed, "check" to write nothing.
        environment: the variables of this process.

    Raises:
        CheckError: a baseline is to be created in CI, or written from a part of the project.
    """
    if mode == "create" and is_ci(environment):
        raise BaselineRefusedInCI
    if mode != "check" and not report.is_whole:
        raise BaselineNeedsAll(report.root)
    if report.is_refused:
        return Kept(report)
    baseline = read_baseline(report.root, CODES, report.apps)
    if mode == "create":
        said = _created(report, baseline)
        baseline = read_baseline(report.root, CODES, report.apps)
        return _compared(report, baseline, environment)[0]._replace(said=said)
    kept, compared = _compared(report, baseline, environment)
    if mode == "check" or not compared.fixed:
        return kept
    for app in sorted({entry.app for entry in compared.fixed}):
        write_baseline(report.root, app, compared.remaining(baseline))
    left = tuple(one for one in kept.report.violations if one.code != "L030")
    pruned = sum(compared.fixed.values())
    return Kept(kept.report._replace(violations=left), (*kept.said, f"Taken out of the baseline: {pruned}."))


def _created(report: Report, baseline: Baseline) -> tuple[str, ...]:
    """Write the files of the apps that have none, and return what was done."""
    known = counted(report.violations)
    said = []
    for app in sorted({entry.app for entry in known}):
        if app in baseline.apps:
            said.append(f"{app} has a baseline, which may only shrink; it is left as it is.")
            continue
        path = write_baseline(report.root, app, known)
        count = sum(many for entry, many in known.items() if entry.app == app)
        written = path.relative_to(report.root).as_posix()
        said.append(f"Written: {written}, {amount(count, 'violation')}.")
    return tuple(said) or ("Nothing to do: nothing was found that a baseline could hold.",)


def _compared(report: Report, baseline: Baseline, environment: Mapping[str, str]) -> tuple[Kept, Compared]:
    compared = compare(report.violations, baseline)
    severity = report.configuration.severities.get("L030", ERROR if is_ci(environment) else WARNING)
    # Where only a part of the project was looked at, the rest of what is known may well be there.
    stale = fixed_violations(compared, report.root, severity) if report.is_whole and severity != OFF else ()
    violations = tuple(sorted({*compared.new, *stale, *baseline.problems}))
    kept = report._replace(violations=violations)
    if not baseline.apps:
        return Kept(kept), compared
    new = sum(bool(one.identity) for one in compared.new)
    fixed = f", {sum(compared.fixed.values())} fixed" if report.is_whole else ""
    return Kept(kept, (f"Baseline: {compared.known} known, {new} new{fixed}.",)), compared
