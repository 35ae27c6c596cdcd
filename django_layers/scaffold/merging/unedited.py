"""Whether code is what was generated, whatever formatters and linters have made of it since.

Linters may also move imports that only types need below `TYPE_CHECKING`, and quote annotations. A merge keeps that as it
keeps an edit, since code may rely on it; but nothing is lost with it when the code goes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from django_layers.scaffold.merging.members import IMPORTS, Member
from django_layers.scaffold.merging.result import Unmergeable
from django_layers.scaffold.merging.source import Source, without_layout

__all__ = ["is_unedited", "is_unedited_member"]

_FOR_LINTERS = frozenset({("__future__", "annotations"), ("typing", "TYPE_CHECKING")})


def is_unedited(content: bytes, generated: bytes) -> bool:
    """Return whether a file is what was generated; what is no Python must be equal but for newlines.

    Args:
        content: the file.
        generated: what was generated.
    """
    try:
        own, old = Source.read(content), Source.read(generated)
    except Unmergeable:
        return content.replace(b"\r\n", b"\n") == generated.replace(b"\r\n", b"\n")
    return own.whole_key == old.whole_key or _whole_key(own) == _whole_key(old)


def is_unedited_member(member: Member, generated: Member) -> bool:
    """Return whether a member of a file is what was generated, with its comments."""
    return member.key == generated.key or _member_key(member) == _member_key(generated)


def _whole_key(source: Source) -> tuple[list[tuple[str, str, str | None]], str, tuple[str, ...]]:
    statements = [*_unguarded(source.document.tree.body)]
    imported = [found for each in statements if isinstance(each, IMPORTS) for found in _imported(each)]
    rest = [each for each in statements if not isinstance(each, IMPORTS)]
    comments = source.tokens.comments(0, len(source.document.utf8))
    wanted = {found for found in imported if found[:2] not in _FOR_LINTERS}
    return sorted(wanted, key=str), _said(ast.Module(rest, [])), comments


def _member_key(member: Member) -> tuple[str, tuple[str, ...]]:
    return _said(member.node), member.source.tokens.comments(member.start, member.end)


def _unguarded(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Give the statements of a module, what is imported for types as if it were imported for all."""
    for statement in body:
        if _is_guard(statement):
            yield from statement.body  # type: ignore[attr-defined]  # a guard is an `if`
        else:
            yield statement


def _is_guard(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.If)
        and ast.unparse(statement.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        and not statement.orelse
        and all(isinstance(each, IMPORTS) for each in statement.body)
    )


def _imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str, str | None]]:
    """Give what is imported: the module, the name in it, and what it is called here."""
    module = "." * statement.level + (statement.module or "") if isinstance(statement, ast.ImportFrom) else ""
    yield from ((module, each.name, each.asname) for each in statement.names)


def _said(node: ast.AST) -> str:
    """Return what a node says, its annotations without quotes."""
    return ast.dump(_Unquoted().visit(ast.parse(ast.unparse(without_layout(node)))))


class _Unquoted(ast.NodeTransformer):
    """Takes the quotes of annotations away."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = _unquoted(node.annotation)
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = node.annotation and _unquoted(node.annotation)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._returning(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._returning(node)

    def _returning(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.returns = node.returns and _unquoted(node.returns)
        return self.generic_visit(node)


def _unquoted(annotation: ast.expr) -> ast.expr:
    """Return an annotation with what is quoted in it read; what a `Literal` holds is read alike in both versions."""
    return _Read().visit(annotation)  # type: ignore[no-any-return]  # an expression stays one


class _Read(ast.NodeTransformer):
    """Puts what strings say in their place, where they hold an expression."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        try:
            return ast.parse(node.value, mode="eval").body if isinstance(node.value, str) else node
        except SyntaxError:
            return node
