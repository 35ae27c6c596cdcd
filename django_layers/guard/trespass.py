"""A query that something else than a repository asks, and where that is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FrameType
from typing import Final, TypeAlias

from django.db import connections

from django_layers.guard.places import Standing, is_project_file, nearest, standing_of_module

__all__ = ["LayerViolation", "Site", "Trespass", "asked_at", "awaited_by", "trespass_at", "verdict_at"]

Verdict: TypeAlias = "Trespass | bool"
"""What is wrong with a query; else whether whoever asks may, and False where nobody is known."""

awaited_by: Final[ContextVar[Verdict]] = ContextVar("awaited_by", default=False)
"""What there is to say of the queries of a thread that is awaited, where nothing in it is the project's."""

THREAD_BEGINS: Final = "thread_handler"
"""The function of asgiref below which a thread that is awaited does what it is there for."""

LONGEST_STATEMENT: Final = 200
"""How many characters of a statement a message shows."""


class LayerViolation(Exception):
    """The database was asked from outside of a repository.

    Attributes:
        trespasses: each of the queries, with where it was asked.
    """

    def __init__(self, *trespasses: Trespass) -> None:
        super().__init__("\n".join(str(each) for each in trespasses))
        self.trespasses = trespasses


@dataclass(frozen=True)
class Site:
    """A place in the code.

    Attributes:
        file: the path of the file.
        line: the number of the line.
        function: the name of the function, with that of its class.
    """

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        path = Path(self.file)
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        return f"{shown}:{self.line} in {self.function}"


@dataclass(frozen=True)
class Trespass:
    """A query that something else than a repository asks.

    Attributes:
        statement: its SQL, with placeholders in the place of values; or what else is asked of the database.
        asked: the project's own code that is nearest to it.
        through: what that called, of which the query came.
        caller: the project's own code that called that; None where there is none.
    """

    statement: str
    asked: Site
    through: Site
    caller: Site | None

    def __str__(self) -> str:
        statement = " ".join(self.statement.split())
        if len(statement) > LONGEST_STATEMENT:
            statement = f"{statement[:LONGEST_STATEMENT]}..."
        called = f", called from {self.caller}" if self.caller else ""
        return (
            f"{self.asked} asks the database, which is for repositories{called}: {statement}\n"
            f"    by way of {self.through}"
        )


def trespass_at(frame: FrameType | None, statement: str) -> Trespass | None:
    """Return what is wrong with a query; None where a repository asks it, or something that may, or nobody is known.

    Args:
        frame: where the query is run.
        statement: its SQL.
    """
    found = verdict_at(frame, statement)
    return found if isinstance(found, Trespass) else None


def verdict_at(frame: FrameType | None, statement: str) -> Verdict:
    """Return what is wrong with a query, or whether it is known that nothing is.

    Args:
        frame: where the query is run.
        statement: its SQL.
    """
    for found, inner, standing in nearest(frame):
        if standing is Standing.ALLOWED:
            return True
        if standing is Standing.REFUSED:
            return _trespass(found, inner, statement) or True
        if standing is Standing.AWAITED:
            awaiting = awaited_by.get() if found.f_code.co_name == THREAD_BEGINS else False
            if awaiting:
                return replace(awaiting, statement=statement) if isinstance(awaiting, Trespass) else True
            continue
        decorated = _decorated(found)
        if decorated is not None:
            return _trespass_of_decorated(decorated, found, statement) or True
    return False


def asked_at(frame: FrameType | None) -> Site | None:
    """Return the project's own code that is nearest to a query; None where there is none.

    Args:
        frame: where the query is run.
    """
    while frame is not None and not is_project_file(frame.f_code.co_filename):
        frame = frame.f_back
    return _site(frame) if frame is not None else None


def _trespass(frame: FrameType, inner: FrameType, statement: str) -> Trespass | None:
    if _is_migrating(frame):
        return None
    return Trespass(statement, _site(frame), _site(inner), _caller_of(frame))


def _trespass_of_decorated(code: CodeType, frame: FrameType, statement: str) -> Trespass | None:
    if _is_migrating(frame):
        return None
    asked = Site(code.co_filename, code.co_firstlineno, code.co_qualname)
    return Trespass(statement, asked, _site(frame), _caller_of(frame))


def _caller_of(frame: FrameType) -> Site | None:
    return next((_site(each) for each in _outer(frame) if is_project_file(each.f_code.co_filename)), None)


def _decorated(frame: FrameType) -> CodeType | None:
    """Return the function of the project that a frame is a decorator of, where that may not ask: `@atomic`."""
    if frame.f_code.co_name != "inner" or _is_of_request(frame):
        return None
    function = inspect.unwrap(frame.f_locals["func"])
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return None
    standing = standing_of_module(str(function.__module__), code.co_filename)
    return code if standing is Standing.REFUSED else None


def _is_of_request(decorator: FrameType) -> bool:
    """Return whether a decorator of a view is Django's own: a request is a transaction where `ATOMIC_REQUESTS` says so."""
    caller = decorator.f_back
    if caller is None or not str(caller.f_globals.get("__name__", "")).startswith("django.core.handlers"):
        return False
    return any(each["ATOMIC_REQUESTS"] for each in connections.settings.values())


def _is_migrating(frame: FrameType) -> bool:
    """Return whether all of it is part of a migration, as what waits for its signals is."""
    modules = (str(each.f_globals.get("__name__", "")) for each in _outer(frame))
    return any(name.startswith(("django.db.migrations", "django.core.management.sql")) for name in modules)


def _outer(frame: FrameType) -> Iterator[FrameType]:
    outer = frame.f_back
    while outer is not None:
        yield outer
        outer = outer.f_back


def _site(frame: FrameType) -> Site:
    return Site(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_qualname)
