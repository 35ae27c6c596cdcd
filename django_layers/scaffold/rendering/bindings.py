"""The imports of a module, worked out from the names that it reads: none is missing, none is unused."""

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator, Mapping

from django_layers.scaffold.language.expressions import Import

__all__ = ["UnboundName", "with_imports"]

_ALWAYS_BOUND = frozenset(dir(builtins)) | {"__file__", "__name__"}


class UnboundName(ValueError):
    """A module reads names that nothing binds: a mistake in its template."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(f"nothing binds {', '.join(self.names)}; define it in the template or write its import there")


def with_imports(source: str, known: Mapping[str, Import], *, siblings: frozenset[str] = frozenset()) -> str:
    """Return a module with the imports that it needs, one a line, below its docstring.

    Args:
        source: the module, without them; imports that it writes itself are kept.
        known: what a name stands for where the module reads it without binding it.
        siblings: names that are bound where the module goes to.

    Raises:
        UnboundName: a name is neither bound by the module nor known.
    """
    module = symtable.symtable(source, "<rendered>", "exec")
    bound = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    unbound = set(_globals_read(module)) - bound - siblings - _ALWAYS_BOUND
    if unknown := unbound - known.keys():
        raise UnboundName(unknown)
    if not unbound:
        return source
    lines = source.splitlines(keepends=True)
    end = _docstring_end(source)
    head, body = "".join(lines[:end]), "".join(lines[end:]).lstrip("\n")
    imports = "".join(f"{known[name]}\n" for name in sorted(unbound, key=lambda name: known[name]))
    return "\n".join(part for part in (head, imports, body) if part)


def _globals_read(scope: symtable.SymbolTable) -> Iterator[str]:
    for symbol in scope.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or scope.get_type() == "module"):
            yield symbol.get_name()
    for child in scope.get_children():
        yield from _globals_read(child)


def _docstring_end(source: str) -> int:
    tree = ast.parse(source)
    if ast.get_docstring(tree, clean=False) is None:
        return 0
    return tree.body[0].end_lineno or 0
