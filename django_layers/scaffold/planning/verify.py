"""The last look at a plan: every planned module compiles, and reads no name that nothing binds."""

import builtins
import re
import symtable
from collections.abc import Iterator
from importlib.util import decode_source

from django_layers.scaffold.plans.plan import Change, Plan
from django_layers.scaffold.refusals import UnboundNames

__all__ = ["unbound_names", "verify"]

_MODULE_NAMES = frozenset(
    {"__annotations__", "__builtins__", "__doc__", "__file__", "__name__", "__package__", "__path__", "__spec__"}
)
_STAR_IMPORT = re.compile(rb"^\s*from\s+\S+\s+import\s*\*", re.MULTILINE)
_KNOWN = frozenset(dir(builtins)) | _MODULE_NAMES | {"__class__", "__module__", "__qualname__"}


def verify(plan: Plan) -> None:
    """Check every Python file that a plan writes, but for those that conflict markers are written into.

    Raises:
        UnboundNames: a file is no Python, or reads a name that nothing binds and that it did not read before.
    """
    problems = [problem for change in plan.writes if _is_code(change) for problem in _problems(change)]
    if problems:
        raise UnboundNames(problems)


def unbound_names(source: bytes, name: str) -> frozenset[str]:
    """Return the global names that a module reads, but neither binds nor gets from Python itself.

    Args:
        source: the module's source. Where it has a star import, anything may be bound, and nothing is returned.
        name: what the source is called in a `SyntaxError`.

    Raises:
        SyntaxError: it is no Python.
    """
    compile(source, name, "exec", dont_inherit=True)
    if _STAR_IMPORT.search(source):
        return frozenset()
    module = symtable.symtable(decode_source(source), name, "exec")
    scopes = list(_scopes(module))
    binding = scopes if b"global" in source else [module]
    bound = {
        symbol.get_name()
        for scope in binding
        for symbol in scope.get_symbols()
        if (scope is module or symbol.is_declared_global()) and (symbol.is_assigned() or symbol.is_imported())
    }
    return frozenset(
        name
        for scope in scopes
        # Of most names it is known without a look at the symbol, of which a large module has thousands.
        for name in {*(scope.get_globals() if isinstance(scope, symtable.Function) else scope.get_identifiers())}
        if name not in bound and name not in _KNOWN and _is_read(scope.lookup(name), in_module=scope is module)
    )


def _is_read(symbol: symtable.Symbol, *, in_module: bool) -> bool:
    return symbol.is_referenced() and (in_module or symbol.is_global())


def _is_code(change: Change) -> bool:
    return change.path.suffix == ".py" and not change.conflicts


def _problems(change: Change) -> Iterator[str]:
    if change.after is None:
        return
    name = str(change.path)
    try:
        unbound = unbound_names(change.after, name)
    except (SyntaxError, ValueError) as error:
        yield f"{name}: {error}"
        return
    if unbound and change.before is not None:
        # What a user's own file reads from who knows where is the user's business.
        unbound -= _unbound_before(change.before, name)
    yield from (f"{name}: reads {unknown}, which nothing binds" for unknown in sorted(unbound))


def _unbound_before(source: bytes, name: str) -> frozenset[str]:
    try:
        return unbound_names(source, name)
    except (SyntaxError, ValueError):  # A broken file that the run mends had no names to speak of.
        return frozenset()


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _scopes(child)
