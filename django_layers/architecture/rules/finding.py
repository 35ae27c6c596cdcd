"""What rules are made of and what they return."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Attribute
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts, Import
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.inference.trace import Trace, Used
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import ClassSymbol, External, Module
from django_layers.architecture.rules.targets import Target, imported_externals, targets

__all__ = ["Finding", "Rule", "Subject"]


class Finding(NamedTuple):
    """One place where a rule is broken.

    Attributes:
        line: where, counted from 1.
        column: where, counted from 1 in bytes.
        symbol: the function or class that it stands in; empty for the top level of the module.
        target: what it is about: the dotted name of a model, a module, a method.
        message: what is wrong, in one sentence.
        hint: the way out.
        context: how it is imported, where it is an import: "module", "function", "type-checking" or "dynamic".
    """

    line: int
    column: int
    symbol: str
    target: str
    message: str
    hint: str
    context: str = ""


class Subject:
    """A module that is checked, with all that can be asked about it.

    Args:
        module: the module.
        project: all modules.
        models: all models.
        inference: what values are.
        forbidden: the names from outside that layers may not use, by layers.
        shared: what the imports of modules lead to, which subjects keep for each other.
    """

    def __init__(
        self,
        module: Module,
        project: Project,
        models: Models,
        inference: Inference,
        forbidden: Mapping[str, tuple[str, ...]],
        shared: dict[str, tuple[Target, ...]],
    ) -> None:
        self.module = module
        self.project = project
        self.models = models
        self.inference = inference
        self.forbidden = forbidden
        self.shared = shared

    @cached_property
    def traces(self) -> tuple[Trace, ...]:
        """What happens in each function of the module, at its top level and in the bodies of its classes."""
        return tuple(self._traces())

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What the imports of the module lead to."""
        return self.targets_of(self.module)

    def targets_of(self, module: Module) -> tuple[Target, ...]:
        """Return what the imports of any module lead to."""
        found = self.shared.get(module.name)
        if found is None:
            found = self.shared[module.name] = tuple(targets(module, self.project))
        return found

    @cached_property
    def externals(self) -> tuple[tuple[Import, str], ...]:
        """The imports of what is outside of the project, with its dotted name."""
        return tuple(imported_externals(self.module, self.project))

    @cached_property
    def outside_uses(self) -> tuple[tuple[Trace, Used], ...]:
        """Where names from outside of the project are used."""
        inside = self.project.top_names
        return tuple(
            (trace, used)
            for trace in self.traces
            for used in trace.uses
            if used.value.of and used.value.of.partition(".")[0] not in inside
        )

    @cached_property
    def outside_annotations(self) -> tuple[tuple[Trace, Attribute, str], ...]:
        """Where signatures name what is outside of the project by a chain of attributes: `django.http.HttpResponse`."""
        found = []
        for trace in self.traces:
            function = trace.function
            waiting: list[object] = [one.annotation for one in function.parameters] if function else []
            waiting += [function.returns] if function else []
            for one in waiting:
                if isinstance(one, Attribute):
                    symbol = self.project.symbol(one, self.module)
                    if isinstance(symbol, External):
                        found.append((trace, one, symbol.name))
                elif isinstance(one, tuple):
                    waiting += one
        return tuple(found)

    @property
    def part(self) -> str:
        """The part of its app that the module is."""
        return self.module.source.place.part

    def _traces(self) -> Iterator[Trace]:
        module = self.module
        yield self.inference.trace_top(module)
        for statement in module.facts.body:
            if isinstance(statement, FunctionFacts):
                yield self.inference.trace(module, statement)
            elif isinstance(statement, ClassFacts):
                yield from self._of_class(statement)

    def _of_class(self, one: ClassFacts) -> Iterator[Trace]:
        owner = ClassSymbol(self.module, one)
        yield self.inference.trace_top(self.module, owner)
        for statement in one.body:
            if isinstance(statement, FunctionFacts):
                yield self.inference.trace(self.module, statement, owner)
            elif isinstance(statement, ClassFacts):
                yield from self._of_class(statement)


class Rule(NamedTuple):
    """A rule.

    Attributes:
        code: "L101"; it never changes.
        name: what it forbids, in a few words.
        parts: the parts of an app that it looks at; empty for all that may import anything.
        check: finds where a module breaks it.
        severity: "error" or "warning"; "off" for a stricter rule that a project may turn on.
    """

    code: str
    name: str
    parts: frozenset[str]
    check: Callable[[Subject], Iterator[Finding]]
    severity: str = "error"
