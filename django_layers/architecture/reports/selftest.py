"""The outcome of a self-test for people."""

from collections.abc import Sequence
from itertools import groupby

from django_layers.architecture.selftest.selftest import Outcome

__all__ = ["selftest_as_text"]


def selftest_as_text(outcomes: Sequence[Outcome]) -> str:
    """Return a line for every app, and one for every rule that did not find what was planted."""
    lines = []
    for app, group in groupby(outcomes, lambda one: one.app):
        of_app = list(group)
        missed = [one for one in of_app if not one.is_found]
        lines.append(f"{app}: {len(of_app) - len(missed)} of {len(of_app)} planted violations are found.")
        lines += [f"    {one.code} is not: {_where(one)}" for one in missed]
    return "".join(f"{line}\n" for line in lines)


def _where(one: Outcome) -> str:
    folders = sorted({str(path.parent) for path in one.files})
    return f"the files that were planted are in {', '.join(folders)}."
