"""Mutations of Python source: one edit of a syntax tree each, found by rules."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["Edit", "Mutation", "Rule", "Site", "mutations_of"]


@dataclass(frozen=True)
class Site:
    """A node, and where it stands.

    Attributes:
        node: the node.
        scope: the names of the classes and functions around it, outermost first; its own last where it has one.
    """

    node: ast.AST
    scope: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """One way to break a node.

    Attributes:
        label: what is broken.
        apply: breaks the node that it was found at, in place.
    """

    label: str
    apply: Callable[[], None]


Rule = Callable[[Site], Iterator[Edit]]


@dataclass(frozen=True)
class Mutation:
    """A file with one thing broken.

    Attributes:
        name: the file, the place in it, and what is broken.
        path: the file, below the root of the project.
        source: its text.
    """

    name: str
    path: str
    source: str


def mutations_of(path: str, source: str, rule: Rule) -> Iterator[Mutation]:
    """Yield a mutation for each edit that a rule finds in a file.

    The tree is parsed anew for each: an edit works in place, and leaves nothing behind for the next.
    """
    for index, site in enumerate(_sites(ast.parse(source))):
        for number, _ in enumerate(rule(site)):
            tree = ast.parse(source)
            again = next(other for place, other in enumerate(_sites(tree)) if place == index)
            edit = list(rule(again))[number]
            edit.apply()
            name = f"{path}: {'.'.join(again.scope)}: {edit.label}"
            yield Mutation(name, path, ast.unparse(ast.fix_missing_locations(tree)))


def _sites(tree: ast.Module) -> Iterator[Site]:
    waiting = [Site(tree, ())]
    while waiting:
        site = waiting.pop()
        yield site
        for child in reversed(list(ast.iter_child_nodes(site.node))):
            name = (child.name,) if isinstance(child, ast.ClassDef | ast.FunctionDef) else ()
            waiting.append(Site(child, (*site.scope, *name)))
