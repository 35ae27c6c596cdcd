"""From the files of a survey to what the rules find in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.cache.memory import Found, Memory
from django_layers.architecture.configuration.configuration import OFF, Configuration
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.judging import Outcome, judge, outcome_of_file
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.reading import is_read, read_source
from django_layers.architecture.rules import RULES
from django_layers.architecture.rules.finding import Rule, Subject
from django_layers.architecture.rules.targets import Target
from django_layers.architecture.tree.discovery import Source, Survey, Tree, arrange
from django_layers.architecture.updating import update

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
    sources = [source for source in tree.sources if is_read(source)]
    facts: dict[Source, ModuleFacts] = {}
    outcomes: dict[Source, Outcome] = {}
    for source in sources:
        read = (memory.facts(source) if memory else None) or read_source(source, texts)
        outcomes[source] = outcome_of_file(source, read)
        if isinstance(read, ModuleFacts):
            facts[source] = read
    # Whoever remembers remembers all of it, whatever the request names.
    asked = [source for source in facts if source.place.app and (memory or found.is_chosen(source.path))]
    project = Project(facts.items(), tree.aliases)
    models = Models(project)
    _judge_all(project, models, asked, rules, configuration, outcomes)
    if memory and not texts and not tree.unmatched:
        memory.keep(Found(tree, facts, outcomes, project, models))
    return Analysis(_told(outcomes, found), tree.apps, len(sources), tree)


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
