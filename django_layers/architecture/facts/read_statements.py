"""From the nodes of a syntax tree to statements, definitions and imports."""

import ast
from collections.abc import Iterable, Iterator
from typing import TypeAlias

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
        self.imports: list[Import] = []
        self._scope: tuple[str, ...] = ()
        self._functions = 0
        self._type_checking = 0

    def read(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """Return what statements say.

        Raises:
            RecursionError: they are nested too deeply.
        """
        return tuple([statement for node in nodes for statement in self._statement(node)])

    def _statement(self, node: ast.stmt) -> Iterator[Statement]:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.Expr():
                yield Evaluated(self._value(node.value))
            case ast.Assign():
                targets = tuple([self._value(target) for target in node.targets])
                self._dynamic.note_value(node.targets, node.value)
                yield Assigned(targets, self._value(node.value), None, node.lineno, node.col_offset + 1)
            case ast.AnnAssign():
                yield self._annotated(node)
            case ast.AugAssign():
                yield self._augmented(node)
            case ast.Return():
                value = None if node.value is None else self._value(node.value)
                yield Returned(value, node.lineno, node.col_offset + 1)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield self._function(node)
            case ast.ClassDef():
                yield self._class(node)
            case _:
                yield from self._block(node)

    def _block(self, node: ast.stmt) -> Iterator[Statement]:
        match node:
            case ast.If():
                yield self._if(node)
            case ast.For() | ast.AsyncFor():
                iterable = self._value(node.iter)
                target = self._value(node.target)
                self._dynamic.note_value([node.target], node.target)
                yield Looped(target, iterable, self.read(node.body), self.read(node.orelse))
            case ast.While():
                yield Looped(None, self._value(node.test), self.read(node.body), self.read(node.orelse))
            case ast.With() | ast.AsyncWith():
                items = [
                    (
                        self._value(item.context_expr),
                        None if item.optional_vars is None else self._value(item.optional_vars),
                    )
                    for item in node.items
                ]
                yield Managed(tuple(items), self.read(node.body))
            case ast.Try() | ast.TryStar():
                body = self.read([*node.body, *node.orelse])
                tests = tuple([self._value(one.type) for one in node.handlers if one.type is not None])
                yield Branched(tests, (body, *[self.read(one.body) for one in node.handlers]), True, True)
                yield from self.read(node.finalbody)
            case ast.Match():
                yield from self._match(node)
            case ast.Raise():
                yield from (Evaluated(self._value(one), True) for one in (node.exc, node.cause) if one is not None)
            case ast.Break():
                yield Broken(node.lineno, node.col_offset + 1)
            case ast.Assert() | ast.Delete():
                parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
                yield from (Evaluated(self._value(part)) for part in parts)
            case _:
                yield from self._type_alias(node)

    def _augmented(self, node: ast.AugAssign) -> Statement:
        target, value = self._value(node.target), self._value(node.value)
        if isinstance(node.op, ast.Add | ast.BitOr):
            # What is added to a list or united with a QuerySet is held as well.
            both = Either((target, value), (), node.lineno, node.col_offset + 1)
            return Assigned((target,), both, None, node.lineno, node.col_offset + 1)
        return Evaluated(Several("other", (target, value), node.lineno, node.col_offset + 1))

    def _match(self, node: ast.Match) -> Iterator[Statement]:
        subject = Name("<match>", node.subject.lineno, node.subject.col_offset + 1)
        yield Assigned((subject,), self._value(node.subject), None, node.lineno, node.col_offset + 1)
        everything = any(isinstance(case.pattern, ast.MatchAs) and not case.guard for case in node.cases)
        branches = [
            (
                *captures(case.pattern, subject),
                *([] if case.guard is None else [Evaluated(self._value(case.guard))]),
                *self.read(case.body),
            )
            for case in node.cases
        ]
        yield Branched((), tuple(branches), everything)

    def _type_alias(self, node: ast.stmt) -> Iterator[Statement]:
        # `type Rows = list[Recipe]` is of Python 3.12.
        if type(node).__name__ == "TypeAlias":
            name, value = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
            yield Assigned((self._value(name),), read_annotation(value), None, node.lineno, node.col_offset + 1)

    def _value(self, node: ast.expr) -> Expression:
        if self._dynamic.is_possible:
            for loaded, at in self._dynamic.within(node):
                self._add_import(loaded.module, loaded.level, loaded.name, "", "dynamic", at)
        return read_expression(node)

    def _annotated(self, node: ast.AnnAssign) -> Assigned:
        value = None if node.value is None else self._value(node.value)
        if node.value is not None:
            self._dynamic.note_value([node.target], node.value)
        annotation = read_annotation(node.annotation)
        return Assigned((read_expression(node.target),), value, annotation, node.lineno, node.col_offset + 1)

    def _if(self, node: ast.If) -> Branched:
        test = self._value(node.test)
        for_types = isinstance(node.test, ast.Name | ast.Attribute) and (
            ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING"
        )
        self._type_checking += for_types
        body = self.read(node.body)
        self._type_checking -= for_types
        orelse = self.read(node.orelse)
        return Branched((test,), (body, orelse), True)

    def _function(self, node: _Function) -> FunctionFacts:
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
        return FunctionFacts(
            name=node.name,
            qualname=qualname,
            parameters=parameters,
            returns=returns,
            decorators=decorators,
            is_async=isinstance(node, ast.AsyncFunctionDef),
            body=body,
            imports=tuple(self.imports[before:]),
            line=node.lineno,
            column=node.col_offset + 1,
        )

    def _parameters(self, node: ast.arguments) -> Iterator[Parameter]:
        for default in (*node.defaults, *node.kw_defaults):
            if default is not None:
                self._value(default)
        ordinary = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        starred = [(node.vararg, "*"), (node.kwarg, "**")]
        for one, kind in [*((one, "") for one in ordinary), *starred]:
            if one is not None:
                yield Parameter(one.arg, read_annotation(one.annotation), kind, one.lineno, one.col_offset + 1)

    def _class(self, node: ast.ClassDef) -> ClassFacts:
        bases = tuple([self._value(base) for base in node.bases])
        keywords = tuple([Argument(one.arg or "", self._value(one.value)) for one in node.keywords])
        decorators = tuple([self._value(one) for one in node.decorator_list])
        scope, self._scope = self._scope, (*self._scope, node.name)
        body = self.read(node.body)
        qualname, self._scope = ".".join(self._scope), scope
        return ClassFacts(
            name=node.name,
            qualname=qualname,
            bases=bases,
            keywords=keywords,
            decorators=decorators,
            body=body,
            line=node.lineno,
            column=node.col_offset + 1,
        )

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
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
