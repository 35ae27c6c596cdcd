"""Which modules what changes has a say in: those that import it, directly or through others."""

import ast
import re
from collections.abc import Iterable, Mapping
from types import CodeType

from django_layers.scaffold.planning.reach.importing import Import, may_import
from django_layers.scaffold.planning.reach.modules import Modules
from django_layers.scaffold.planning.reach.packages import Packages

__all__ = ["Reached", "reached"]

Reached = Mapping[str, frozenset[str] | None]
"""The modules that are reached: with the names in them that are, or None where the whole module is.

A module of imports and functions only passes on what it imports, and does nothing with it when it is loaded.
"""


def reached(modules: Modules, changed: Iterable[str]) -> Reached:
    """Return what a change of some modules can make a difference to when it is loaded.

    Args:
        modules: the modules of the project.
        changed: the names of those that change.

    Raises:
        UnknowableError: a module that may import one of them doesn't parse.
    """
    found: dict[str, frozenset[str] | None] = dict.fromkeys(changed)
    packages = Packages(modules)
    pending = [*found]
    while pending:
        module = pending.pop()
        for name in _importers(module, found[module], modules):
            before = found.get(name, frozenset())
            if before is None:
                continue
            after = _names(name, found, modules)
            if after != before:
                found[name] = after
                pending.append(name)
        for name in packages.readers(module):
            if found.get(name, frozenset()) is not None:
                found[name] = None
                pending.append(name)
    return found


def _importers(module: str, names: frozenset[str] | None, modules: Modules) -> list[str]:
    words = None if names is None else re.compile(rb"\b(?:%s)\b" % b"|".join(map(str.encode, sorted(names))))
    # Of most of the thousands of modules of a large project one look at the text says that they do not.
    says = may_import(module)
    absolutely = {name for name in modules.saying(module.rpartition(".")[2]) if says(modules.contents[name])}
    return [
        name
        for name in absolutely | modules.relative
        if name != module
        and (words is None or words.search(modules.contents[name]) or b"import *" in modules.contents[name])
        and any(_is_of(each, module, names, modules) for each in modules.imports(name))
    ]


def _is_of(each: Import, module: str, names: frozenset[str] | None, modules: Modules) -> bool:
    """Tell whether an import is of a module, or of one of its names where only those matter."""
    inner = f"{each.module}.{each.name}"
    if each.name and (inner == module or inner in modules.contents):
        return inner == module
    if not each.name and module.startswith(f"{each.module}."):
        # `import recipes`, and then `recipes.services.Service`: the text says the name of the module, or it is not looked at.
        return True
    if each.module != module:
        return False
    return names is None or each.name in names or each.name in ("", "*")


def _names(name: str, found: Reached, modules: Modules) -> frozenset[str] | None:
    """Return the names of a module that are reached through what it imports; None for all of it."""
    tree = modules.tree(name)
    if not all(map(_passes_on, tree.body)):
        return None
    reached = {
        each.bound
        for each in modules.imports(name)
        if any(_is_of(each, module, names, modules) for module, names in found.items() if module != name)
    }
    if not reached or "*" in reached:
        return None
    functions = _read_by_functions(tree, modules.code(name))
    before = -1
    while len(reached) != before:
        before = len(reached)
        reached |= {function for function, names in functions.items() if reached & names}
    return frozenset(reached)


def _passes_on(statement: ast.stmt) -> bool:
    """Tell whether a statement binds names and does nothing with what was imported."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return not statement.decorator_list and not statement.args.defaults and not any(statement.args.kw_defaults)
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case _:
            return False


def _read_by_functions(tree: ast.Module, code: CodeType) -> Mapping[str, set[str]]:
    """Return the names that each function of a module reads: in what is compiled, which says them all in one place."""
    read: dict[str, set[str]] = {}
    for each in code.co_consts:
        # What binds the type parameters of a function has no name; the function itself is looked at below.
        if isinstance(each, CodeType) and each.co_name.isidentifier():
            read.setdefault(each.co_name, set()).update(_read_in(each))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # The body of one with type parameters is compiled into what binds these.
            looked_at = (node,) if getattr(node, "type_params", None) else (node.args, *filter(None, (node.returns,)))
            names = {each.id for part in looked_at for each in ast.walk(part) if isinstance(each, ast.Name)}
            read.setdefault(node.name, set()).update(names)
    return read


def _read_in(code: CodeType) -> set[str]:
    """Return the names that a compiled function reads which are not its own, those of attributes among them."""
    inner = (each for each in code.co_consts if isinstance(each, CodeType))
    return {*code.co_names}.union(*map(_read_in, inner))
