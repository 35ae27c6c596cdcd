"""A plan in words, as a unified diff, and as JSON; every function returns a string and prints nothing."""

import difflib
import io
import json
import tokenize
from collections.abc import Iterator
from textwrap import indent
from typing import TypedDict

from django_layers.scaffold.merging import Conflict
from django_layers.scaffold.plans.ledger import is_kept_text
from django_layers.scaffold.plans.plan import Change, Plan

__all__ = ["JSON_VERSION", "as_diff", "as_json", "as_text"]

JSON_VERSION = 1
"""Version of what `as_json` returns; it grows when a key changes its meaning or goes."""

_NO_NEWLINE = "\\ No newline at end of file"
_BOLD, _RESET = "\x1b[1m", "\x1b[0m"
_COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}


class _ConflictData(TypedDict):
    member: str
    reason: str
    base: str | None
    mine: str | None
    theirs: str | None


class _ChangeData(TypedDict, total=False):
    action: str
    path: str
    migration: bool
    reason: str
    paste: str
    conflicts: list[_ConflictData]
    diff: str


class _PlanData(TypedDict):
    version: int
    changes: list[_ChangeData]
    notices: list[str]
    changed: bool


def as_text(plan: Plan) -> str:
    """Say what a plan does: a line for each file, the notices, what to paste by hand, and what is in conflict.

    The texts that a ledger keeps are left out: each is a copy of a file that has its line.
    """
    shown = [change for change in plan.changes if not is_kept_text(change.path)]
    width = max((len(change.action) for change in shown), default=0)
    lines = [f"{change.action:<{width}}  {change.path}" for change in shown]
    blocks = ["\n".join(lines), "\n".join(plan.notices)]
    blocks += [
        f"{change.path} needs a change by hand. {change.reason}\nPaste:\n\n{indent(change.paste.rstrip(), '    ')}"
        for change in plan.manual
    ]
    for change in plan.conflicts:
        blocks += [*map(_conflict_text, change.conflicts), f"{change.path} is in conflict. {change.reason}"]
    text = "\n\n".join(filter(None, blocks))
    return f"{text}\n" if text else ""


def as_diff(plan: Plan, *, colour: bool = False) -> str:
    """Return what a plan writes as a unified diff that `git apply` and `patch -p1` understand.

    The texts that a ledger keeps are left out: each is a copy of a file that is shown.

    Args:
        plan: the plan to show.
        colour: whether to mark lines with ANSI colours for a terminal.
    """
    diffs = (_diff_lines(change) for change in plan.changes if change.writes and not is_kept_text(change.path))
    return "".join(f"{line}\n" for diff in diffs for line in (_coloured(diff) if colour else diff))


def as_json(plan: Plan, *, diff: bool = False) -> str:
    """Return a plan as JSON for programs.

    The object holds `version` (1), `changes`, `notices` (a list of sentences) and `changed` (whether anything is, or
    would be, written). A change holds `action`, `path` (relative to the root, with slashes), `migration`, `reason`
    and `paste` (both empty where there is nothing to say), `conflicts` (each with `member`, `reason`, and the three
    versions `base`, `mine` and `theirs`, null where there is none), and `diff` where diffs are asked for (empty for a change
    that writes nothing).

    Args:
        plan: the plan to show.
        diff: whether each change carries its unified diff.
    """
    data: _PlanData = {
        "version": JSON_VERSION,
        "changes": [_change_data(change, diff=diff) for change in plan.changes],
        "notices": list(plan.notices),
        "changed": plan.changes_something,
    }
    return json.dumps(data, indent=2) + "\n"


def _conflict_text(conflict: Conflict) -> str:
    versions = {"generated before": conflict.base, "yours": conflict.mine, "generated now": conflict.theirs}
    lines = [f"{conflict.path or 'The module'}: {conflict.reason}."]
    for name, text in versions.items():
        lines += [f"  {name}:", indent(text.rstrip(), "    ")] if text is not None else [f"  {name}: nothing"]
    return "\n".join(lines)


def _change_data(change: Change, *, diff: bool) -> _ChangeData:
    data: _ChangeData = {
        "action": change.action.value,
        "path": change.path.as_posix(),
        "migration": change.migration,
        "reason": change.reason,
        "paste": change.paste,
        "conflicts": [
            {
                "member": conflict.path,
                "reason": conflict.reason,
                "base": conflict.base,
                "mine": conflict.mine,
                "theirs": conflict.theirs,
            }
            for conflict in change.conflicts
        ],
    }
    if diff:
        data["diff"] = "".join(f"{line}\n" for line in _diff_lines(change)) if change.writes else ""
    return data


def _diff_lines(change: Change) -> Iterator[str]:
    """Yield the lines of the diff without their newline; a carriage return is part of the line."""
    old, new = _lines(change, change.before), _lines(change, change.after)
    yield f"diff --git a/{change.path} b/{change.path}"
    # An empty file has no hunks: only these headers make its creation or removal visible to `git apply`.
    if change.before is None:
        yield "new file mode 100644"
    if change.after is None:
        yield "deleted file mode 100644"
    before = "/dev/null" if change.before is None else f"a/{change.path}"
    after = "/dev/null" if change.after is None else f"b/{change.path}"
    for line in difflib.unified_diff(old, new, before, after, lineterm="\n"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield _NO_NEWLINE


def _lines(change: Change, content: bytes | None) -> list[str]:
    # Not `splitlines`: a form feed or a Unicode line separator ends no line of a diff.
    return list(io.StringIO(_decoded(change, content or b""), newline="\n"))


def _decoded(change: Change, content: bytes) -> str:
    encoding = "utf-8"
    if change.path.suffix == ".py":
        try:
            encoding = tokenize.detect_encoding(io.BytesIO(content).readline)[0]
        except SyntaxError:
            encoding = "latin-1"
    try:
        # A byte order mark is content: a diff without it would not apply.
        return content.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _coloured(diff: Iterator[str]) -> Iterator[str]:
    # Before the first hunk every line is a header, after it none: "--- x" there is a removed line of SQL, say.
    in_hunk = False
    for line in diff:
        in_hunk = in_hunk or line.startswith("@@")
        code = _COLOURS.get(line[:1], "") if in_hunk else _BOLD
        yield f"{code}{line}{_RESET}" if code else line
