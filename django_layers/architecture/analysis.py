"""From the files of a survey to what the rules find in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.cache.memory import Memory
from django_layers.architecture.configuration.configuration import OFF, Configuration
from django_layers.architecture.judging import Outcome
from django_layers.architecture.question import Question
from django_layers.architecture.rules import RULES
from django_layers.architecture.tree.discovery import Source, Tree, arrange
from django_layers.architecture.tree.surveying import Survey
from django_layers.architecture.updating import update

__all__ = ["Analysis", "analyse"]


class Analysis(NamedTuple):
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
    # An editor waits for the runs that end before this.
    from django_layers.architecture.looking import look_at_all

    tree = arrange(found, configuration.layout)
    # Whoever remembers remembers all of it, whatever the request names.
    is_asked = found.is_chosen if memory is None else _everything
    whole = look_at_all(tree, Question(texts, rules, configuration.forbidden, is_asked))
    if memory and not texts and not tree.unmatched:
        memory.keep(tree, whole)
    return Analysis(_told(whole.outcomes, found), tree.apps, len(whole.outcomes), tree)


def _everything(_: Path) -> bool:
    return True


def _told(outcomes: Mapping[Source, Outcome], found: Survey) -> dict[Source, Outcome]:
    return {source: outcome for source, outcome in outcomes.items() if any(outcome) and found.is_chosen(source.path)}
