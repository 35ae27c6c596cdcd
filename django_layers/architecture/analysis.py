"""From the files of a survey to what the rules find in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.cache.memory import Memory
from django_layers.architecture.configuration.configuration import OFF, Configuration
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.judging import Outcome, judge, outcome_of_file
from django_layers.architecture.names.dependence import Dependence
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.reading import is_read, read_source
from django_layers.architecture.rules import RULES
from django_layers.architecture.rules.finding import Rule, Subject
from django_layers.architecture.rules.targets import Target
from django_layers.architecture.tree.discovery import Source, Survey, Tree, arrange
from django_layers.architecture.updating import update
from django_layers.architecture.whole import Whole

__all__ = ["Analysis", "analyse"]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is found before anything is suppressed, moved to another severity or known already.

    Attributes:
        outcomes: what is found in each file that the request names, where it is anything.
        apps: the layered apps.
        files: how many files were read.
        tree: the modules; None where all of it was remembered, and nothing of the configuration matches nothing.
    """

    outcomes: Mapping[Source, Outcome]
    apps: tuple[str, ...]
    files: int
    tree: Tree | None = None


def analyse(
    found: Survey, configuration: Configuration, texts: Mapping[Path, bytes], memory: Memory | None
) -> Analysis:
    """Find what breaks the rules.

    Args:
        found: the files.
        configuration: what the project says of its layers.
        texts: what is in files instead of what the disk has, by their absolute paths.
        memory: what an earlier run has found; None to look at everything anew.

    Raises:
        NothingLayered: there is no layered app among the files.
    """
    remembered = memory.recall(found, texts) if memory else None
    if remembered is not None:
        return Analysis(_told(remembered.outcomes, found), remembered.apps, remembered.files)
    rules = [rule for rule in RULES if configuration.severities.get(rule.code, rule.severity) != OFF]
    updated = update(memory, texts, rules, configuration.forbidden, found.is_chosen) if memory else None
    if memory and updated is not None:
        before = memory.before()
        return Analysis(_told(updated, found), before.apps, before.files)
    tree = arrange(found, configuration.layout)
    # Whoever remembers remembers all of it, whatever the request names.
    is_asked = found.is_chosen if memory is None else _everything
    may_keep = memory is not None and not texts and not tree.unmatched
    whole = _look_at_all(tree, texts, rules, configuration, is_asked, is_kept=may_keep)
    if memory is not None and may_keep:
        memory.keep(tree, whole)
    return Analysis(_told(whole.outcomes, found), tree.apps, len(whole.outcomes), tree)


def _everything(_: Path) -> bool:
    return True


def _look_at_all(
    tree: Tree,
    texts: Mapping[Path, bytes],
    rules: Sequence[Rule],
    configuration: Configuration,
    is_asked: Callable[[Path], bool],
    *,
    is_kept: bool,
) -> Whole:
    facts: dict[Source, ModuleFacts] = {}
    outcomes: dict[Source, Outcome] = {}
    for source in filter(is_read, tree.sources):
        read = read_source(source, texts)
        outcomes[source] = outcome_of_file(source, read)
        if isinstance(read, ModuleFacts):
            facts[source] = read
    project = Project(facts.items(), tree.aliases)
    models = Models(project)
    asked = [source for source in facts if source.place.app and is_asked(source.path)]
    _judge_all(project, models, asked, rules, configuration, outcomes)
    known = models.known()
    dependence = Dependence(project, known)
    return Whole(
        outcomes,
        frozenset(source.name for source in outcomes if source not in facts),
        known,
        frozenset(models.asked),
        {name: sorted(dependence.of(module)) for name, module in project.modules.items()} if is_kept else {},
    )


def _judge_all(
    project: Project,
    models: Models,
    asked: Sequence[Source],
    rules: Sequence[Rule],
    configuration: Configuration,
    outcomes: dict[Source, Outcome],
) -> None:
    inference = Inference(project, models)
    shared: dict[str, tuple[Target, ...]] = {}
    app = ""
    for source in asked:
        if source.place.app != app:
            # Of other apps little is asked again.
            inference.forget_traces()
            app = source.place.app
        module = project.modules[source.name]
        violations = judge(Subject(module, project, models, inference, configuration.forbidden, shared), rules)
        before = outcomes[source]
        outcomes[source] = before._replace(violations=(*before.violations, *sorted(set(violations))))


def _told(outcomes: Mapping[Source, Outcome], found: Survey) -> dict[Source, Outcome]:
    return {source: outcome for source, outcome in outcomes.items() if any(outcome) and found.is_chosen(source.path)}
