"""From what an earlier run has found to what is found now that a few files have changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from django_layers.architecture.cache.memory import Memory
from django_layers.architecture.cache.sources import Sources
from django_layers.architecture.cache.store import Names
from django_layers.architecture.facts.outside import seen_from_outside, tables
from django_layers.architecture.facts.read_module import read_module
from django_layers.architecture.facts.statements import FunctionFacts, ModuleFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.inference.types import Types
from django_layers.architecture.inference.values import Kind
from django_layers.architecture.judging import Outcome, judge, outcome_of_file
from django_layers.architecture.names.dependence import dependents
from django_layers.architecture.names.known_models import KnownModels
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.on_demand import ModulesOnDemand
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.reach import is_no_layer
from django_layers.architecture.names.top_level import as_module
from django_layers.architecture.reading import read_source
from django_layers.architecture.rules.finding import Rule, Subject
from django_layers.architecture.rules.targets import Target
from django_layers.architecture.tree.discovery import Source

__all__ = ["MOST_CHANGES", "update"]

MOST_CHANGES = 10
"""How many files may have changed; where there are more, all is looked at, and remembered anew."""

_LOOKED_INTO, _LOOKING = "repositories", "services"
"""The part of an app whose functions a rule looks into that is about another part, and that other one (L104)."""


class _Overtaken(Exception):
    """A module is no longer what it was when this run began."""


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
    names = memory.names() if changed and len(changed) <= MOST_CHANGES else None
    if names is None or changed is None:
        return None
    try:
        return _Update(memory, names, texts, changed).outcomes(changed, rules, forbidden, is_asked)
    except _Overtaken:
        return None


class _Update:
    def __init__(self, memory: Memory, names: Names, texts: Mapping[Path, bytes], changed: Sequence[str]) -> None:
        self._memory = memory
        self._names = names
        self._texts = texts
        self._sources = Sources(names["sources"])
        self._new: dict[Source, ModuleFacts] = {}
        # What is known of annotations goes by their addresses, so those of before must not make room for others.
        self._before: list[ModuleFacts] = []
        unreadable = set(names["unreadable"])
        if memory.is_about_one:
            # What an editor holds of it can be read, or nothing is asked of it.
            at = self._sources.position(changed[0])
            unreadable -= set() if at is None else {self._sources[at].name}
        self._named = self._sources.named(but=unreadable)
        self._named_at = self._sources.named_at(but=unreadable)
        self._aliases = {(self._sources.folder(root), one): name for root, one, name in names["aliases"]}
        reverse, many = frozenset(names["reverse_names"]), frozenset(names["many_names"])
        self._known = KnownModels(names["models"], names["relations"], reverse, many)
        self._read: dict[Source, ModuleFacts | None] = {}
        self._project = self._projected(self._facts)
        self._models = Models(self._project, self._known)
        self._inference = Inference(self._project, self._models)

    def _projected(self, read: Callable[[Source], ModuleFacts | None]) -> Project:
        return Project.over(ModulesOnDemand(self._named, read), self._named_at, self._aliases)

    def outcomes(
        self,
        changed: Sequence[str],
        rules: Sequence[Rule],
        forbidden: Mapping[str, tuple[str, ...]],
        is_asked: Callable[[Path], bool],
    ) -> dict[Source, Outcome] | None:
        """Return what is found in all files; None where all of them have to be looked at to know."""
        outcomes = dict(self._memory.before().outcomes)
        positions = []
        for path in changed:
            at = self._sources.position(path)
            if at is None:
                # It is a file of tests, or another that is not read.
                continue
            source = self._sources[at]
            read = read_source(source, self._texts)
            if self._memory.is_about_one and not isinstance(read, ModuleFacts):
                # Half a statement, as editors hold them most of the time.
                return outcomes | {source: outcome_of_file(source, read)}
            if not isinstance(read, ModuleFacts) or source.name not in self._project.modules:
                return None
            positions.append(at)
            self._new[source] = read
            outcomes[source] = outcome_of_file(source, read)
        affected = self._affected(positions)
        if affected is None:
            return None
        shared: dict[str, tuple[Target, ...]] = {}
        for source in map(self._sources.__getitem__, sorted(affected)):
            if source.place.app and is_asked(source.path):
                module = self._project.modules[source.name]
                subject = Subject(module, self._project, self._models, self._inference, forbidden, shared)
                before = outcome_of_file(source, module.facts)
                violations = (*before.violations, *sorted(set(judge(subject, rules))))
                outcomes[source] = before._replace(violations=violations)
        return outcomes

    def _affected(self, changed: Sequence[int]) -> frozenset[int] | None:
        """Return the positions of the modules in which something else may be found now; None for any of them."""
        affected = set(changed)
        for at in changed:
            source = self._sources[at]
            text = self._memory.text_before(str(source.path))
            before = read_module(text) if text is not None else None
            if not isinstance(before, ModuleFacts):
                if self._memory.is_about_one and not self._defines_models(source):
                    continue
                return None
            self._before.append(before)
            looks_different = self._looks_different(source, before)
            if not looks_different and source.place.part != _LOOKED_INTO:
                continue
            if self._memory.is_about_one and not self._may_change_models(source, before):
                # What depends on it is in other files.
                continue
            users = self._memory.users()
            if users is None:
                return None
            above = dependents([at], users)
            if not looks_different:
                affected.update(one for one in above if self._sources[one].place.part == _LOOKING)
            elif self._changes_models(source, before, above):
                return None
            else:
                affected |= above
        return frozenset(affected)

    def _defines_models(self, source: Source) -> bool:
        classes = self._project.definitions_in(source.name)
        return source.name in self._names["models"].values() or any(map(self._models.is_model, classes))

    def _may_change_models(self, source: Source, before: ModuleFacts) -> bool:
        return bool(self._names["asked"]) or tables(before) != tables(self._new[source])

    def _looks_different(self, source: Source, before: ModuleFacts) -> bool:
        now = self._new[source]
        if is_no_layer(as_module(source, now)):
            # What a name of such a module uses in its body is what it leads to (L102).
            return tables(before) != tables(now) or before.body != now.body
        # What names stand for is known by the name of their module, which was another one before.
        project = self._projected(lambda one: before if one == source else self._facts(one))
        said = self._says(source, before, Types(project, Models(project, self._known)))
        return seen_from_outside(before, said) != seen_from_outside(now, self._says(source, now, self._inference.types))

    def _says(self, source: Source, facts: ModuleFacts, types: Types) -> Callable[[FunctionFacts], bool]:
        module = as_module(source, facts)

        def says(function: FunctionFacts) -> bool:
            return function.returns is not None and types.annotated(function.returns, module).kind is not Kind.UNKNOWN

        return says

    def _changes_models(self, source: Source, before: ModuleFacts, above: Iterable[int]) -> bool:
        """Tell whether there may be other models now, or others that are related."""
        names = {self._sources[one].name for one in above}
        models = {name for name, module in self._names["models"].items() if module in names}
        if models & set(self._names["asked"]):
            return True
        if tables(before) == tables(self._new[source]):
            return False
        classes = [one for name in names for one in self._project.definitions_in(name)]
        return bool(models) or any(self._models.is_model(one) != (one.name in self._names["models"]) for one in classes)

    def _facts(self, source: Source) -> ModuleFacts | None:
        if source in self._new:
            return self._new[source]
        if source not in self._read:
            read = read_source(source, self._texts)
            if not self._memory.is_as_found(source.path):
                raise _Overtaken
            self._read[source] = read if isinstance(read, ModuleFacts) else None
        return self._read[source]
