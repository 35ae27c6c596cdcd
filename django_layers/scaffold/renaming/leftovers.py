"""What a project still says of names that are gone: each place with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.renaming.index import Module
from django_layers.scaffold.renaming.roles import Roles
from django_layers.scaffold.renaming.sites import sites

__all__ = ["Leftover", "leftovers"]

TEMPLATES = frozenset({".html", ".htm", ".txt", ".xml", ".jinja", ".jinja2", ".j2", ".graphql"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """A place that says a name that is gone.

    Attributes:
        path: the file.
        line: the line, counted from 1.
        text: what the line says.
        certain: whether it certainly means the entity.
    """

    path: PurePosixPath
    line: int
    text: str
    certain: bool

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def leftovers(files: Iterable[tuple[PurePosixPath, bytes]], roles: Roles) -> list[Leftover]:
    """Return the places of a project that say names in question, certainly or perhaps, one a line.

    Args:
        files: the modules and templates to look through, each with its content.
        roles: the names.
    """
    mentioned = re.compile(rb"|".join(map(re.escape, sorted(word.encode() for word in _words(roles)))))
    found: dict[tuple[PurePosixPath, int], Leftover] = {}
    for path, content in files:
        if mentioned.search(content) is None:
            continue
        for leftover in (
            _of_module(path, content, roles) if path.suffix == ".py" else _of_template(path, content, roles)
        ):
            place = leftover.path, leftover.line
            if place not in found or leftover.certain:
                found[place] = leftover
    return sorted(found.values(), key=lambda each: (each.path, each.line))


def _words(roles: Roles) -> Iterator[str]:
    yield from roles.subject.words
    yield from (name.rpartition(".")[2] for name in roles.subject.names)
    for members in roles.subject.members.values():
        yield from members


def _of_module(path: PurePosixPath, content: bytes, roles: Roles) -> Iterator[Leftover]:
    try:
        module = Module(roles.index.name_of(path), Document.read(content), path.name == "__init__.py")
    except CannotEdit:
        return
    document = module.document
    within = Roles(roles.subject, roles.index.with_module(module), roles.reverse)
    for site in sites(module, within):
        line = document.utf8[document.line_start(site.start) : document.line_end(site.start)].decode().strip()
        yield Leftover(path, document.line_number(site.start), line, site.certain)


def _of_template(path: PurePosixPath, content: bytes, roles: Roles) -> Iterator[Leftover]:
    words = "|".join(sorted(map(re.escape, roles.subject.words)))
    attribute = re.compile(rf"\.(?:{words})\b")
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        if attribute.search(line):
            yield Leftover(path, number, line.strip(), certain=False)
