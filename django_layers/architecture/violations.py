"""What a check finds."""

from pathlib import Path
from typing import NamedTuple

__all__ = ["ERROR", "WARNING", "Violation"]

ERROR = "error"
WARNING = "warning"


class Violation(NamedTuple):
    """One place where a boundary is crossed.

    Attributes:
        path: the file.
        line: where, counted from 1.
        column: where, counted from 1 in characters.
        code: the rule.
        symbol: the function or class that it stands in; the dotted module for what is in neither.
        target: what it is about: the dotted name of a model, a module, a method.
        message: what is wrong, in one sentence.
        hint: the way out.
        severity: "error" or "warning".
        app: the dotted package of the layered app that the file is part of; empty outside of one.
        part: the part of the app that the file is.
        identity: the symbol and the target without the names of files, so that they stay the same when a file is renamed;
            empty for what no baseline can hold.
        context: how it is imported, where it is an import: "module", "function", "type-checking" or "dynamic".
    """

    path: Path
    line: int
    column: int
    code: str
    symbol: str
    target: str
    message: str
    hint: str
    severity: str
    app: str = ""
    part: str = ""
    identity: tuple[str, ...] = ()
    context: str = ""
