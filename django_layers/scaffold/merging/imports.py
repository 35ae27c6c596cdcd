"""The imports of a merged file: worked out from what it reads, and from what changed between the generated texts."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from django_layers.scaffold.edits.import_order import ImportStyle, module_of
from django_layers.scaffold.edits.imports import ImportRequest, with_import
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.merging.edits import Clash, Splices
from django_layers.scaffold.merging.members import IMPORTS
from django_layers.scaffold.merging.names import unbound, used
from django_layers.scaffold.merging.source import Source

Imports = Mapping[str, ImportRequest]


def with_merged_imports(merged: Source, base: Source, theirs: Source, style: ImportStyle) -> Source:
    """Return a file with the imports that its members need, and without those that only the generated ones needed.

    Args:
        merged: The user's file with all members merged and its own imports.
        base: The text that was generated before.
        theirs: The new one.
        style: How imports are written.

    Raises:
        Clash: a name that the file needs stands for something else in it.
    """
    before, after = imports(base), imports(theirs)
    text = merged.document.utf8.decode()
    there = imports(merged)
    read, missing = used(text), unbound(text)
    new_uses = used(theirs.document.utf8.decode())
    dropped = {
        name
        for name, request in before.items()
        if there.get(name) == request
        and (name not in after or after[name] != request)
        and (name in after or name not in read)
    }
    wanted = [name for name in sorted(missing) if name in after or name in before]
    wanted += [
        name
        for name, request in after.items()
        if before.get(name) != request
        and name not in wanted
        and (name in dropped or (name not in there and name not in new_uses))
    ]
    document = _without(merged, dropped, style).document
    try:
        for name in wanted:
            document = with_import(document, after.get(name) or before[name], style)
    except CannotEdit as error:
        raise Clash(error.reason) from error
    return Source(document)


def imports(source: Source) -> Imports:
    """Return what a file imports at its top level, by the name that it binds."""
    found: dict[str, ImportRequest] = {}
    for statement in source.document.tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                found[alias.asname or alias.name.partition(".")[0]] = ImportRequest(alias.name, alias=alias.asname)
        elif isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                request = ImportRequest(module_of(statement), (alias.name,), alias.asname)
                found[alias.asname or alias.name] = request
    return found


def _without(source: Source, names: set[str], style: ImportStyle) -> Source:
    """Return a file without the imports that bind some names."""
    splices = Splices()
    document = source.document
    for statement in document.tree.body:
        if not isinstance(statement, IMPORTS):
            continue
        kept = [each for each in statement.names if (each.asname or each.name.partition(".")[0]) not in names]
        if len(kept) == len(statement.names):
            continue
        start, end = document.start(statement), document.end(statement)
        if not kept:
            _take_out(source, statement, splices)
        elif source.tokens.comments(start, end):
            _take_names(source, statement, names, splices)
        else:
            splices.replace(start, end, _written(statement, kept, style if document.has_newline(start, end) else None))
    return source.changed(splices)


def _take_out(source: Source, statement: ast.stmt, splices: Splices) -> None:
    """Take an import out with its line, and with the blank lines above where it was alone in its section."""
    document = source.document
    start, end = document.line_start(document.start(statement)), document.next_line(document.end(statement))
    blank_above = start > 0 and not document.utf8[document.line_start(start - 1) : start].strip()
    blank_below = not document.utf8[end : document.line_end(end)].strip()
    if blank_below and blank_above:
        # It was alone in its section: the blank lines above it go too.
        start = len(document.utf8[:start].rstrip()) + len(document.newline)
    elif blank_below and start == 0:
        end += len(document.utf8[end:]) - len(document.utf8[end:].lstrip(b"\r\n"))
    splices.replace(start, end, "")


def _take_names(source: Source, statement: ast.ImportFrom | ast.Import, names: set[str], splices: Splices) -> None:
    document = source.document
    for alias in statement.names:
        if (alias.asname or alias.name) not in names:
            continue
        start, end = document.line_start(document.start(alias)), document.next_line(document.end(alias))
        line = document.utf8[start:end].strip().removesuffix(b",").strip()
        if line != document.utf8[document.start(alias) : document.end(alias)]:
            raise Clash(f"line {alias.lineno} imports {alias.name}, which is no longer used, beside a comment")
        splices.replace(start, end, "")


def _written(statement: ast.Import | ast.ImportFrom, kept: list[ast.alias], style: ImportStyle | None) -> str:
    """Write an import of some names: with a style on one line or as it says, without one on one line."""
    names = [each.name + (f" as {each.asname}" if each.asname else "") for each in kept]
    if isinstance(statement, ast.Import):
        return f"import {', '.join(names)}"
    one_line = f"from {module_of(statement)} import {', '.join(names)}"
    if style is None or len(one_line) <= style.line_length:
        return one_line
    return f"from {module_of(statement)} import (\n" + "".join(f"    {name},\n" for name in names) + ")"
