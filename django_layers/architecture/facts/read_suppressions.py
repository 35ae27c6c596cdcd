"""The comments of a file that suppress violations: `# layers: ignore[L402] reason`."""

import re
import tokenize
from datetime import date
from io import StringIO

from django_layers.architecture.facts.suppression import Suppression

__all__ = ["read_suppressions"]

_COMMENT = re.compile(r"#\s*layers\s*:\s*(?P<rest>.*)$", re.IGNORECASE)
_FORM = re.compile(r"(?P<word>ignore-file|ignore)\s*\[(?P<codes>[^\]]*)\]\s*:?\s*(?P<reason>.*)$")
_MEANT = re.compile(r"ignore\b|[\w-]+\s*\[")
_UNTIL = re.compile(r"(?:^|\s)until=(?P<day>\S*)")
_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER})


def read_suppressions(text: str) -> tuple[Suppression, ...]:
    """Return the suppressions of a file that parses.

    A comment in a statement is about all lines of it, and one on lines of its own about the next statement. Strings
    that look like one don't count.

    Args:
        text: the file.
    """
    if "layers" not in text or not any(_COMMENT.search(line) for line in text.splitlines()):
        return ()
    found: list[Suppression] = []
    waiting: list[Suppression] = []
    first = 0
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            comment = _COMMENT.match(token.string)
            if comment and _MEANT.match(comment["rest"]):
                waiting.append(_read(comment["rest"], token.start[0], token.start[1] + 1))
        elif token.type == tokenize.NEWLINE:
            found += [one if one.whole_file else one._replace(first=first, last=token.end[0]) for one in waiting]
            waiting, first = [], 0
        elif token.type not in _NO_CODE and not first:
            first = token.start[0]
    return (*found, *waiting)


def _read(rest: str, line: int, column: int) -> Suppression:
    form = _FORM.match(rest)
    if form is None:
        return Suppression((), "", None, False, line, column, line, line, problem="it has no form that is known")
    codes = tuple(code.strip() for code in form["codes"].split(",") if code.strip())
    # Whoever writes it behind the reason means it as well.
    until = _UNTIL.search(form["reason"])
    reason = _UNTIL.sub("", form["reason"], count=1).strip()
    problem = "" if codes else "it names no rule"
    day = None
    if until:
        try:
            day = date.fromisoformat(until["day"])
        except ValueError:
            problem = f"{until['day'] or 'nothing'} is no day such as 2027-01-31"
    return Suppression(codes, reason, day, form["word"] == "ignore-file", line, column, line, line, problem)
