"""A module with new names where it certainly means the entity."""

from __future__ import annotations

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.renaming.index import Module
from django_layers.scaffold.renaming.roles import Roles
from django_layers.scaffold.renaming.sites import sites

__all__ = ["renamed"]


def renamed(source: bytes, name: str, roles: Roles, *, is_package: bool = False) -> bytes:
    """Return a module with the names in question replaced where they certainly are the entity's.

    Everything else stays to the byte. What can't be read is left as it is.

    Args:
        source: the module.
        name: its dotted name.
        roles: the names; its index gives the project as it was before the rename.
        is_package: whether it is the `__init__` of a package.
    """
    try:
        module = Module(name, Document.read(source), is_package)
    except CannotEdit:
        return source
    within = Roles(roles.subject, roles.index.with_module(module), roles.reverse)
    document, pieces, position = module.document, list[bytes](), 0
    for site in sites(module, within):
        # Before Python 3.12 a name inside an f-string doesn't know its place.
        is_there = document.utf8[site.start : site.end] == site.old.encode()
        if site.certain and site.new and is_there and site.start >= position:
            pieces += [document.utf8[position : site.start], site.new.encode()]
            position = site.end
    if not pieces:
        return source
    text = b"".join([*pieces, document.utf8[position:]]).decode()
    try:
        return Document.read(document.bom + text.encode(document.encoding)).source
    except (CannotEdit, UnicodeEncodeError):
        return source
