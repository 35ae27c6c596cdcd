"""The order of imports that isort and ruff agree on by default."""

import ast
import re
import sys
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TypeAlias

_NaturalKey: TypeAlias = tuple[tuple[int, int], ...]
MemberKey: TypeAlias = tuple[int, _NaturalKey, _NaturalKey]
StatementKey: TypeAlias = tuple[int, int, int, _NaturalKey, _NaturalKey, MemberKey, str]


class Section(IntEnum):
    """The sections of an import block, in their order."""

    FUTURE = 0
    STANDARD_LIBRARY = 1
    THIRD_PARTY = 2
    FIRST_PARTY = 3
    LOCAL_FOLDER = 4


@dataclass(frozen=True, slots=True)
class ImportStyle:
    """What decides how an import, and the line that needs it, is written.

    Attributes:
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import is written with one name a line.
        quote: The quote of strings in a file that holds none yet.
    """

    first_party: frozenset[str] = frozenset()
    line_length: int = 88
    quote: str = '"'


def module_of(statement: ast.ImportFrom) -> str:
    """The module that names are imported from, with leading dots where it is relative."""
    return "." * statement.level + (statement.module or "")


def section_of(statement: ast.Import | ast.ImportFrom, style: ImportStyle) -> Section:
    """The section that an import belongs to."""
    if isinstance(statement, ast.ImportFrom) and statement.level:
        return Section.LOCAL_FOLDER
    module = statement.module or "" if isinstance(statement, ast.ImportFrom) else statement.names[0].name
    package = module.partition(".")[0]
    if package == "__future__":
        return Section.FUTURE
    if package in style.first_party:
        return Section.FIRST_PARTY
    return Section.STANDARD_LIBRARY if package in sys.stdlib_module_names else Section.THIRD_PARTY


def statement_key(statement: ast.Import | ast.ImportFrom, style: ImportStyle) -> StatementKey:
    """The key by which imports are sorted: sections, then `import`, then `from`, parents before siblings."""
    section = int(section_of(statement, style))
    if isinstance(statement, ast.Import):
        first = statement.names[0]
        name = first.name
        return (section, 0, 0, natural(name.lower()), natural(name), member_key(""), first.asname or "")
    first = min(statement.names, key=lambda alias: member_key(alias.name))
    module = statement.module or ""
    member = member_key(first.name)
    key = (natural(module.lower()), natural(module))
    return (section, 1, -statement.level, *key, member, first.asname or "")


def member_key(name: str) -> MemberKey:
    """The key by which imported names are sorted: constants, then classes, then the rest."""
    return (_kind(name), natural(name.lower()), natural(name))


def export_key(name: str) -> tuple[int, _NaturalKey]:
    """The key by which the entries of `__all__` are sorted (ruff's RUF022)."""
    return (_kind(name), natural(name))


@cache
def natural(text: str) -> _NaturalKey:
    """The key of natural order, in which 9 comes before 10."""
    return tuple(
        (ord("0"), int(run)) if run[0].isdigit() else (ord(run), 0) for run in re.findall(r"[0-9]+|[^0-9]", text)
    )


def _kind(name: str) -> int:
    if len(name) > 1 and name.isupper():
        return 0
    return 1 if name[:1].isupper() else 2
