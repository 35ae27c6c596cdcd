"""From the nodes of a syntax tree to statements, definitions and imports."""

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from django_layers.architecture.facts.expressions import Argument, Either, Expression, Name, Several
from django_layers.architecture.facts.read_dynamic_imports import DynamicImports
from django_layers.architecture.facts.read_expressions import read_annotation, read_expression
from django_layers.architecture.facts.read_patterns import captures
from django_layers.architecture.facts.statements import (
    Assigned,
    Branched,
    Broken,
    ClassFacts,
    Evaluated,
    FunctionFacts,
    Import,
    Looped,
    Managed,
    Parameter,
    Returned,
    Statement,
)

__all__ = ["StatementReader"]

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class StatementReader:
    """Reads the statements of one file; `imports` holds every import that has been met.

    Args:
        text: the file.
    """

    def __init__(self, text: str) -> None:
        self._dynamic = DynamicImports(text)
        self._value = self._loading if self._dynamic.is_possible else read_expression
        self.imports: list[Import] = []
        self._scope: tuple[str, ...] = ()
        self._functions = 0
        self._type_checking = 0

    def read(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """Return what statements say.

        Raises:
            RecursionError: they are nested too deeply.
        """
        found: list[Statement] = []
        for node in nodes:
            reader = _READERS.get(type(node))
            if reader is not None:
                reader(self, node, found)
        return tuple(found)

    def _evaluated(self, node: ast.Expr, found: list[Statement]) -> None:
        if not isinstance(node.value, ast.Constant):
            found.append(Evaluated(self._value(node.value)))

    def _assigned(self, node: ast.Assign, found: list[Statement]) -> None:
        targets = tuple([self._value(target) for target in node.targets])
        self._dynamic.note_value(node.targets, node.value)
        found.append(Assigned(targets, self._value(node.value), None, node.lineno, node.col_offset + 1))

    def _annotated(self, node: ast.AnnAssign, found: list[Statement]) -> None:
        value = None if node.value is None else self._value(node.value)
        if node.value is not None:
            self._dynamic.note_value([node.target], node.value)
        annotation = read_annotation(node.annotation)
        target = read_expression(node.target)
        found.append(Assigned((target,), value, annotation, node.lineno, node.col_offset + 1))

    def _returned(self, node: ast.Return, found: list[Statement]) -> None:
        value = None if node.value is None else self._value(node.value)
        found.append(Returned(value, node.lineno, node.col_offset + 1))

    def _looped(self, node: ast.For | ast.AsyncFor, found: list[Statement]) -> None:
        iterable = self._value(node.iter)
        target = self._value(node.target)
        self._dynamic.note_value([node.target], node.target)
        found.append(Looped(target, iterable, self.read(node.body), self.read(node.orelse)))

    def _while(self, node: ast.While, found: list[Statement]) -> None:
        found.append(Looped(None, self._value(node.test), self.read(node.body), self.read(node.orelse)))

    def _managed(self, node: ast.With | ast.AsyncWith, found: list[Statement]) -> None:
        items = [
            (self._value(item.context_expr), None if item.optional_vars is None else self._value(item.optional_vars))
            for item in node.items
        ]
        found.append(Managed(tuple(items), self.read(node.body)))

    def _tried(self, node: "ast.Try | ast.TryStar", found: list[Statement]) -> None:
        body = self.read([*node.body, *node.orelse])
        tests = tuple([self._value(one.type) for one in node.handlers if one.type is not None])
        found.append(Branched(tests, (body, *[self.read(one.body) for one in node.handlers]), True, True))
        found.extend(self.read(node.finalbody))

    def _raised(self, node: ast.Raise, found: list[Statement]) -> None:
        found.extend(Evaluated(self._value(one), True) for one in (node.exc, node.cause) if one is not None)

    def _broken(self, node: ast.Break, found: list[Statement]) -> None:
        found.append(Broken(node.lineno, node.col_offset + 1))

    def _used(self, node: ast.Assert | ast.Delete, found: list[Statement]) -> None:
        parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        found.extend(Evaluated(self._value(part)) for part in parts)

    def _augmented(self, node: ast.AugAssign, found: list[Statement]) -> None:
        target, value = self._value(node.target), self._value(node.value)
        if isinstance(node.op, ast.Add | ast.BitOr):
            # What is added to a list or united with a QuerySet is held as well.
            both = Either((target, value), (), node.lineno, node.col_offset + 1)
            found.append(Assigned((target,), both, None, node.lineno, node.col_offset + 1))
        else:
            found.append(Evaluated(Several("other", (target, value), node.lineno, node.col_offset + 1)))

    def _match(self, node: ast.Match, found: list[Statement]) -> None:
        subject = Name("<match>", node.subject.lineno, node.subject.col_offset + 1)
        found.append(Assigned((subject,), self._value(node.subject), None, node.lineno, node.col_offset + 1))
        everything = any(isinstance(case.pattern, ast.MatchAs) and not case.guard for case in node.cases)
        branches = [
            (
                *captures(case.pattern, subject),
                *([] if case.guard is None else [Evaluated(self._value(case.guard))]),
                *self.read(case.body),
            )
            for case in node.cases
        ]
        found.append(Branched((), tuple(branches), everything))

    def _type_alias(self, node: ast.stmt, found: list[Statement]) -> None:
        name, value = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
        found.append(Assigned((self._value(name),), read_annotation(value), None, node.lineno, node.col_offset + 1))

    def _loading(self, node: ast.expr) -> Expression:
        """Return what an expression says, and note the modules that it loads."""
        for loaded, at in self._dynamic.within(node):
            self._add_import(loaded.module, loaded.level, loaded.name, "", "dynamic", at)
        return read_expression(node)

    def _if(self, node: ast.If, found: list[Statement]) -> None:
        test = self._value(node.test)
        for_types = isinstance(node.test, ast.Name | ast.Attribute) and (
            ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING"
        )
        self._type_checking += for_types
        body = self.read(node.body)
        self._type_checking -= for_types
        orelse = self.read(node.orelse)
        found.append(Branched((test,), (body, orelse), True))

    def _function(self, node: _Function, found: list[Statement]) -> None:
        decorators = tuple([self._value(one) for one in node.decorator_list])
        parameters = tuple(self._parameters(node.args))
        returns = read_annotation(node.returns)
        scope, self._scope = self._scope, (*self._scope, node.name)
        before = len(self.imports)
        self._functions += 1
        outside = self._dynamic.enter(one.name for one in parameters)
        body = self.read(node.body)
        self._dynamic.leave(outside)
        self._functions -= 1
        qualname, self._scope = ".".join(self._scope), scope
        imports = tuple(self.imports[before:])
        is_async = isinstance(node, ast.AsyncFunctionDef)
        line, column = node.lineno, node.col_offset + 1
        parts = (node.name, qualname, parameters, returns, decorators, is_async, body, imports, line, column)
        found.append(FunctionFacts(*parts))

    def _parameters(self, node: ast.arguments) -> Iterator[Parameter]:
        for default in (*node.defaults, *node.kw_defaults):
            if default is not None:
                self._value(default)
        for one in (*node.posonlyargs, *node.args, *node.kwonlyargs):
            yield Parameter(one.arg, read_annotation(one.annotation), "", one.lineno, one.col_offset + 1)
        for starred, kind in ((node.vararg, "*"), (node.kwarg, "**")):
            if starred is not None:
                annotation = read_annotation(starred.annotation)
                yield Parameter(starred.arg, annotation, kind, starred.lineno, starred.col_offset + 1)

    def _class(self, node: ast.ClassDef, found: list[Statement]) -> None:
        bases = tuple([self._value(base) for base in node.bases])
        keywords = tuple([Argument(one.arg or "", self._value(one.value)) for one in node.keywords])
        decorators = tuple([self._value(one) for one in node.decorator_list])
        scope, self._scope = self._scope, (*self._scope, node.name)
        body = self.read(node.body)
        qualname, self._scope = ".".join(self._scope), scope
        line, column = node.lineno, node.col_offset + 1
        found.append(ClassFacts(node.name, qualname, bases, keywords, decorators, body, line, column))

    def _import(self, node: ast.Import | ast.ImportFrom, _: list[Statement]) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                module, level, name = node.module or "", node.level, alias.name
                bound = alias.asname or alias.name
                self._dynamic.note_import(name, bound)
            else:
                module, level, name = alias.name, 0, ""
                bound = alias.asname or alias.name.partition(".")[0]
            self._add_import(module, level, name, bound, self._context, alias)

    def _add_import(
        self, module: str, level: int, name: str, bound: str, context: str, node: ast.alias | ast.expr
    ) -> None:
        scope = ".".join(self._scope)
        self.imports.append(Import(module, level, name, bound, context, scope, node.lineno, node.col_offset + 1))

    @property
    def _context(self) -> str:
        if self._type_checking:
            return "type-checking"
        return "function" if self._functions else "module"


_READERS: dict[type[ast.AST], Callable[[StatementReader, Any, list[Statement]], None]] = {
    ast.Expr: StatementReader._evaluated,
    ast.Assign: StatementReader._assigned,
    ast.AnnAssign: StatementReader._annotated,
    ast.AugAssign: StatementReader._augmented,
    ast.Return: StatementReader._returned,
    ast.Import: StatementReader._import,
    ast.ImportFrom: StatementReader._import,
    ast.FunctionDef: StatementReader._function,
    ast.AsyncFunctionDef: StatementReader._function,
    ast.ClassDef: StatementReader._class,
    ast.If: StatementReader._if,
    ast.For: StatementReader._looped,
    ast.AsyncFor: StatementReader._looped,
    ast.While: StatementReader._while,
    ast.With: StatementReader._managed,
    ast.AsyncWith: StatementReader._managed,
    ast.Try: StatementReader._tried,
    ast.TryStar: StatementReader._tried,
    ast.Match: StatementReader._match,
    ast.Raise: StatementReader._raised,
    ast.Break: StatementReader._broken,
    ast.Assert: StatementReader._used,
    ast.Delete: StatementReader._used,
}
if hasattr(ast, "TypeAlias"):
    # `type Rows = list[Recipe]` is of Python 3.12.
    _READERS[ast.TypeAlias] = StatementReader._type_alias
