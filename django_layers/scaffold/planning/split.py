"""Turning a module into a package of the same name: its imports are one level further from home."""

import ast
from pathlib import PurePosixPath

from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.planning.draft import Draft

__all__ = ["deepened", "split_module"]

_NAMES_OF_PLACE = frozenset({"__file__", "__package__", "__path__"})


def split_module(draft: Draft, module: PurePosixPath, target: PurePosixPath, *, rank: int) -> None:
    """Move a module to a file one folder deeper, with its relative imports adjusted.

    Args:
        draft: what takes the move.
        module: the module, "recipes/models.py".
        target: where it goes, "recipes/models/__init__.py".
        rank: the place of the move in the order of writing.
    """
    content = draft.read(module)
    if content is None:
        return
    try:
        moved = deepened(content)
    except CannotEdit as error:
        draft.conflict(module, f"It can't be turned into a package: {error.reason}. Move it by hand.")
        return
    draft.write(target, moved, rank=rank)
    # The package hides the module from the moment on that it is there, so the module goes right after.
    draft.delete(module, rank=rank)


def deepened(source: bytes) -> bytes:
    """Return a module as it has to read one package deeper: relative imports get one dot more.

    Raises:
        CannotEdit: it doesn't parse, or says itself where it is (`__file__`, `__package__`).
    """
    document = Document.read(source)
    fresh = document.fresh()
    insertions = []
    for node, twin in zip(ast.walk(document.tree), ast.walk(fresh), strict=True):
        if isinstance(node, ast.Name) and node.id in _NAMES_OF_PLACE:
            raise CannotEdit(f"line {node.lineno} reads {node.id}, which would change")
        if isinstance(node, ast.ImportFrom) and isinstance(twin, ast.ImportFrom) and node.level:
            twin.level = node.level + 1
            insertions.append(Insertion(document.utf8.index(b".", document.start(node)), "."))
    return document.insert(insertions, fresh).source
