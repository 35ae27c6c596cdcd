"""From what an earlier run has found to what is found now that a few files have changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django_layers.architecture.cache.encoding import decoded_source
from django_layers.architecture.cache.memory import Memory
from django_layers.architecture.cache.store import Rest
from django_layers.architecture.facts.outside import seen_from_outside, tables
from django_layers.architecture.facts.statements import FunctionFacts, ModuleFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.inference.values import Kind
from django_layers.architecture.judging import Outcome, judge, outcome_of_file
from django_layers.architecture.names.dependence import dependents
from django_layers.architecture.names.models import KnownModels, Models
from django_layers.architecture.names.project import Project, as_module
from django_layers.architecture.names.reach import is_no_layer
from django_layers.architecture.names.symbols import Module
from django_layers.architecture.reading import read_source
from django_layers.architecture.rules.finding import Rule, Subject
from django_layers.architecture.rules.targets import Target
from django_layers.architecture.tree.discovery import Source

__all__ = ["MOST_CHANGES", "update"]

MOST_CHANGES = 10
"""How many files may have changed; where there are more, all is looked at, and remembered anew."""

_LOOKS_INTO_BODIES = "services"
"""The part of an app that a rule looks at which follows calls into the bodies of functions elsewhere (L411)."""


class _Damaged(Exception):
    """The facts of a module are not what was kept."""


class _Modules(Mapping[str, Module]):
    """The modules of a project, read when they are asked for."""

    def __init__(self, sources: Mapping[str, Source], read: Callable[[Source], ModuleFacts | None]) -> None:
        self._sources = sources
        self._read = read
        self._found: dict[str, Module] = {}

    def __getitem__(self, name: str) -> Module:
        if name not in self._found:
            source = self._sources[name]
            facts = self._read(source)
            if facts is None:
                raise _Damaged
            self._found[name] = as_module(source, facts)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def update(
    memory: Memory,
    texts: Mapping[Path, bytes],
    rules: Sequence[Rule],
    forbidden: Mapping[str, tuple[str, ...]],
    is_asked: Callable[[Path], bool],
) -> dict[Source, Outcome] | None:
    """Return what is found in all files; None where all of them have to be looked at to know.

    Args:
        memory: what an earlier run has found.
        texts: what is in files instead of what the disk has, by their absolute paths.
        rules: the rules that are on.
        forbidden: the names that layers may not use, by layers.
        is_asked: tells which files the request is about; others need not be right.
    """
    changed = memory.changed()
    rest = memory.rest() if changed and len(changed) <= MOST_CHANGES else None
    if rest is None or changed is None:
        return None
    try:
        return _Update(memory, rest, texts, changed).outcomes(changed, rules, forbidden, is_asked)
    except _Damaged:
        return None


class _Update:
    def __init__(self, memory: Memory, rest: Rest, texts: Mapping[Path, bytes], changed: Sequence[str]) -> None:
        self._memory = memory
        self._rest = rest
        self._texts = texts
        self._sources = [decoded_source(row) for row in rest["sources"]]
        self._new: dict[Source, ModuleFacts] = {}
        # What is known of annotations goes by their addresses, so those of before must not make room for others.
        self._before: list[ModuleFacts] = []
        paths = {Path(one) for one in changed}
        readable = [one for one in self._sources if one.path in paths or memory.has_facts(one)]
        modules = _Modules({source.name: source for source in readable}, self._facts)
        aliases = {(Path(root), one): name for root, one, name in rest["aliases"]}
        self._project = Project.over(modules, readable, aliases)
        reverse, many = frozenset(rest["reverse_names"]), frozenset(rest["many_names"])
        self._models = Models(self._project, KnownModels(rest["models"], rest["relations"], reverse, many))
        self._inference = Inference(self._project, self._models)

    def outcomes(
        self,
        changed: Sequence[str],
        rules: Sequence[Rule],
        forbidden: Mapping[str, tuple[str, ...]],
        is_asked: Callable[[Path], bool],
    ) -> dict[Source, Outcome] | None:
        """Return what is found in all files; None where all of them have to be looked at to know."""
        positions = [at for at, source in enumerate(self._sources) if str(source.path) in set(changed)]
        outcomes = dict(self._memory.before().outcomes)
        for at in positions:
            source = self._sources[at]
            read = read_source(source, self._texts)
            if not isinstance(read, ModuleFacts):
                return None
            self._new[source] = read
            outcomes[source] = outcome_of_file(source, read)
        affected = self._affected(positions)
        if affected is None:
            return None
        shared: dict[str, tuple[Target, ...]] = {}
        for source in (self._sources[at] for at in sorted(affected)):
            if source.place.app and is_asked(source.path):
                module = self._project.modules[source.name]
                subject = Subject(module, self._project, self._models, self._inference, forbidden, shared)
                before = outcome_of_file(source, module.facts)
                violations = (*before.violations, *sorted(set(judge(subject, rules))))
                outcomes[source] = before._replace(violations=violations)
        return outcomes

    def _affected(self, changed: Iterable[int]) -> frozenset[int] | None:
        """Return the positions of the modules in which something else may be found now; None for any of them."""
        affected = set(changed)
        for at in changed:
            source = self._sources[at]
            before = self._memory.facts_before(source)
            if before is None:
                return None
            self._before.append(before)
            above = dependents([at], self._rest["dependence"])
            if not self._looks_different(source, before):
                affected.update(one for one in above if self._sources[one].place.part == _LOOKS_INTO_BODIES)
            elif self._changes_models(source, before, above):
                return None
            else:
                affected |= above
        return frozenset(affected)

    def _looks_different(self, source: Source, before: ModuleFacts) -> bool:
        now = self._new[source]
        if is_no_layer(as_module(source, now)):
            # What a name of such a module uses in its body is what it leads to (L102).
            return tables(before) != tables(now) or before.body != now.body
        return seen_from_outside(before, self._says(source, before)) != seen_from_outside(now, self._says(source, now))

    def _says(self, source: Source, facts: ModuleFacts) -> Callable[[FunctionFacts], bool]:
        module = as_module(source, facts)
        types = self._inference.types

        def says(function: FunctionFacts) -> bool:
            return function.returns is not None and types.annotated(function.returns, module).kind is not Kind.UNKNOWN

        return says

    def _changes_models(self, source: Source, before: ModuleFacts, above: Iterable[int]) -> bool:
        """Tell whether there may be other models now, or others that are related."""
        names = {self._sources[one].name for one in above}
        models = {name for name, module in self._rest["models"].items() if module in names}
        if models & set(self._rest["asked"]):
            return True
        if tables(before) == tables(self._new[source]):
            return False
        classes = [one for name in names for one in self._project.definitions_in(name)]
        return bool(models) or any(self._models.is_model(one) != (one.name in self._rest["models"]) for one in classes)

    def _facts(self, source: Source) -> ModuleFacts | None:
        return self._new[source] if source in self._new else self._memory.facts(source)
