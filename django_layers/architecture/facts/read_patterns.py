"""What the patterns of a `match` bind."""

import ast
from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Constant, Expression, Item, Name
from django_layers.architecture.facts.read_expressions import read_annotation
from django_layers.architecture.facts.statements import Assigned

__all__ = ["captures"]


def captures(pattern: ast.pattern, subject: Expression) -> Iterator[Assigned]:
    """Walk the names that a pattern binds, as assignments of the parts of what is matched.

    Args:
        pattern: the pattern of one case.
        subject: what is matched.
    """
    line, column = pattern.lineno, pattern.col_offset + 1
    match pattern:
        case ast.MatchAs(name=name, pattern=inner):
            if inner is not None:
                yield from captures(inner, subject)
            if name is not None:
                kind = read_annotation(inner.cls) if isinstance(inner, ast.MatchClass) else None
                yield Assigned((Name(name, line, column),), subject, kind, line, column)
        case ast.MatchClass():
            for attribute, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
                yield from captures(inner, Attribute(subject, attribute, line, column))
        case ast.MatchSequence():
            for position, inner in enumerate(pattern.patterns):
                yield from captures(inner, Item(subject, Constant(line, column, position), False, line, column))
        case ast.MatchMapping():
            for inner in pattern.patterns:
                yield from captures(inner, Item(subject, Constant(line, column), False, line, column))
        case ast.MatchStar(name=str(name)):
            yield Assigned((Name(name, line, column),), subject, None, line, column)
        case ast.MatchOr():
            for inner in pattern.patterns:
                yield from captures(inner, subject)
        case _:
            pass
