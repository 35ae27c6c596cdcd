"""A look at all files of a project that several processes share: each reads a part of them, and looks at these.

What one of them must know of the rest, it learns in two steps: which modules could not be read and which models there are,
and how those are related. Other modules that its own lead to it reads itself.
"""

from collections.abc import Mapping, Sequence

from django_layers.architecture.cache.encoding import decoded_outcome, encoded_outcome
from django_layers.architecture.cache.store import Row
from django_layers.architecture.facts.read_module import Unreadable
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.judging import Outcome, judge_all, outcome_of_file
from django_layers.architecture.names.dependence import Dependence
from django_layers.architecture.names.known_models import KnownModels, Relations
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.on_demand import ModulesOnDemand
from django_layers.architecture.names.project import Project
from django_layers.architecture.processes import Gather
from django_layers.architecture.question import Question
from django_layers.architecture.reading import read_source
from django_layers.architecture.tree.discovery import Source, Tree
from django_layers.architecture.tree.places import Place
from django_layers.architecture.whole import Whole

__all__ = ["look_at_share", "shares"]

_NOTHING_KNOWN = KnownModels({}, {}, frozenset(), frozenset())


def look_at_share(
    tree: Tree, sources: Sequence[Source], question: Question, number: int, count: int, gather: Gather
) -> Whole:
    """Look at a share of the files, and return what all of the processes have found.

    Args:
        tree: the modules.
        sources: those that are read.
        question: what is asked.
        number: which share this is, counted from 0.
        count: how many there are.
        gather: tells all processes what each of them has found.
    """
    parts = shares(sources, count)
    share = _Share(tree, sources, parts[number], question)
    unreadable: list[str] = []
    modules: dict[str, str] = {}
    for cannot_be_read, defined in gather((share.unreadable(), share.defined())):
        unreadable += cannot_be_read
        modules |= defined
    share.leave_out(unreadable)
    related = [Relations(*one) for one in gather(tuple(share.relations(modules)))]
    known = _joined(modules, related)
    judged = gather(share.judged(known))
    outcomes: dict[Source, Outcome] = {}
    dependence: dict[str, Sequence[str]] = {}
    asked: set[str] = set()
    for part, (found, depends, labels) in zip(parts, judged, strict=True):
        outcomes |= {source: _outcome(row, source) for source, row in zip(part, found, strict=True)}
        dependence |= depends
        asked.update(labels)
    return Whole(outcomes, frozenset(unreadable), known, frozenset(asked), dependence)


def shares(sources: Sequence[Source], count: int) -> list[Sequence[Source]]:
    """Part sources into so many shares of about the same size, and no app where that can be avoided.

    Args:
        sources: the sources, app by app.
        count: how many shares.
    """
    starts = [at for at in range(1, len(sources)) if sources[at].place.app != sources[at - 1].place.app]
    ends = []
    for number in range(1, count):
        middle = len(sources) * number // count
        near = min(starts, key=lambda at: abs(at - middle), default=middle)
        # An app that is as large as a share has to be parted.
        ends.append(near if abs(near - middle) < len(sources) // (4 * count) else middle)
    return [sources[start:end] for start, end in zip([0, *ends], [*ends, len(sources)], strict=True)]


class _Share:
    def __init__(self, tree: Tree, sources: Sequence[Source], own: Sequence[Source], question: Question) -> None:
        self._aliases = tree.aliases
        self._question = question
        self._sources = {source.name: source for source in sources}
        # The facts stay as long as this does, since what is known of them goes by their addresses.
        self._read = {source: read_source(source, question.texts) for source in own}
        self._own = own
        self._project = self._projected()
        self._models = Models(self._project, _NOTHING_KNOWN)

    def unreadable(self) -> list[str]:
        """Return the names of the modules of the share that cannot be read."""
        return [source.name for source in self._own if isinstance(self._read[source], Unreadable)]

    def defined(self) -> dict[str, str]:
        """Return the models that the share defines, each with its module."""
        return self._models.defined_in(self._readable())

    def leave_out(self, unreadable: Sequence[str]) -> None:
        """Forget modules of the project, since they cannot be read."""
        for name in unreadable:
            self._sources.pop(name)
        self._project = self._projected()

    def relations(self, modules: Mapping[str, str]) -> Relations:
        """Return what the fields of the models of the share say of relations.

        Args:
            modules: the models of the project, each with its module.
        """
        readable = set(self._readable())
        models = Models(self._project, _NOTHING_KNOWN._replace(modules=dict(modules)))
        return models.relations({name: module for name, module in modules.items() if module in readable}, modules)

    def judged(self, known: KnownModels) -> tuple[list[Row], dict[str, list[str]], list[str]]:
        """Return what is found in each file of the share, what each module depends on, and the models asked for by label.

        Args:
            known: what is known of the models of the project.
        """
        models = Models(self._project, known)
        outcomes = {source: outcome_of_file(source, self._read[source]) for source in self._own}
        readable = self._readable()
        judge_all(self._project, models, [self._sources[name] for name in readable], self._question, outcomes)
        dependence = Dependence(self._project, known)
        return (
            [encoded_outcome(one) if any(one) else [] for one in outcomes.values()],
            {name: sorted(dependence.of(self._project.modules[name])) for name in readable},
            sorted(models.asked),
        )

    def _readable(self) -> list[str]:
        return [source.name for source in self._own if isinstance(self._read[source], ModuleFacts)]

    def _projected(self) -> Project:
        named_at: dict[Place, list[str]] = {}
        for name, source in self._sources.items():
            named_at.setdefault(source.place, []).append(name)
        return Project.over(ModulesOnDemand(self._sources, self._facts), named_at, self._aliases)

    def _facts(self, source: Source) -> ModuleFacts | None:
        if source not in self._read:
            self._read[source] = read_source(source, self._question.texts)
        read = self._read[source]
        return read if isinstance(read, ModuleFacts) else None


def _joined(modules: dict[str, str], related: Sequence[Relations]) -> KnownModels:
    """Return what is known of models, from what each process has read of their relations, in the order of the files."""
    found: dict[str, tuple[dict[str, str], dict[str, str]]] = {name: ({}, {}) for name in modules}
    for one in related:
        for part in (one.own, one.made):
            for name, attributes in part.items():
                for known, more in zip(found[name], attributes, strict=True):
                    known.update(more)
    reverse_names = frozenset(name for one in related for name in one.reverse_names)
    many_names = reverse_names.union(*(to_many for _, to_many in found.values()))
    return KnownModels(modules, found, reverse_names, many_names)


def _outcome(row: Row, source: Source) -> Outcome:
    return decoded_outcome(row, source) if row else Outcome()
