"""A look at all files of a project, in one process or in several."""

from collections.abc import Sequence

from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.judging import Outcome, judge_all, outcome_of_file
from django_layers.architecture.names.dependence import Dependence
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.processes import ProcessLost, in_processes, processors
from django_layers.architecture.question import Question
from django_layers.architecture.reading import is_read, read_source
from django_layers.architecture.sharing import look_at_share
from django_layers.architecture.tree.discovery import Source, Tree
from django_layers.architecture.whole import Whole

__all__ = ["look_at_all"]

_FEWEST = 200
"""For how many files a process of its own is worth the time that it takes to start and to hand on what it finds."""


def look_at_all(tree: Tree, question: Question) -> Whole:
    """Return what is found in the files of a project."""
    sources = list(filter(is_read, tree.sources))
    count = min(processors(), len(sources) // _FEWEST)
    if count > 1:
        try:
            return in_processes(
                count, lambda number, gather: look_at_share(tree, sources, question, number, count, gather)
            )
        except ProcessLost:
            # The system has no room for it, or has ended one: then one process has to do.
            pass
    return _look_alone(tree, sources, question)


def _look_alone(tree: Tree, sources: Sequence[Source], question: Question) -> Whole:
    facts: dict[Source, ModuleFacts] = {}
    outcomes: dict[Source, Outcome] = {}
    for source in sources:
        read = read_source(source, question.texts)
        outcomes[source] = outcome_of_file(source, read)
        if isinstance(read, ModuleFacts):
            facts[source] = read
    project = Project(facts.items(), tree.aliases)
    models = Models(project)
    judge_all(project, models, facts, question, outcomes)
    known = models.known()
    dependence = Dependence(project, known)
    return Whole(
        outcomes,
        frozenset(source.name for source in outcomes if source not in facts),
        known,
        frozenset(models.asked),
        {name: sorted(dependence.of(module)) for name, module in project.modules.items()},
    )
