"""What coding agents have to know of a project: a marked section in its `AGENTS.md`."""

from pathlib import Path, PurePosixPath

from django_layers.layers import LAYERS
from django_layers.scaffold.edits.marked_section import has_marker, with_section, without_section
from django_layers.scaffold.edits.outcome import Cannot, Done
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.rendering.artifacts import LAST_RANK
from django_layers.scaffold.rendering.environment import Templates

__all__ = ["AGENTS", "place_agents", "plan_agents", "take_out_agents"]

AGENTS = PurePosixPath("AGENTS.md")
_TEMPLATE = "project/agents.md"


def plan_agents(root: Path) -> Plan:
    """Plan the section alone.

    Raises:
        TemplateMistake: the project's own template of it can't be rendered.
    """
    draft = Draft(root)
    place_agents(draft, wanted=True)
    return draft.plan()


def place_agents(draft: Draft, *, wanted: bool) -> None:
    """Write the section, or bring one up to date that is there.

    Args:
        draft: what takes the change.
        wanted: whether it is written where it is not there yet.
    """
    source = None if draft.lacks(AGENTS) else draft.read(AGENTS)
    if not wanted and (source is None or not has_marker(source)):
        return
    text = Templates(draft.root).render(_TEMPLATE, layers=LAYERS)
    outcome = with_section(source, text)
    if isinstance(outcome, Cannot):
        draft.conflict(
            AGENTS, f"{_damaged(outcome)}; or delete what is left of both, and run startlayer --agents again."
        )
    else:
        draft.edit(AGENTS, outcome, rank=LAST_RANK)


def take_out_agents(draft: Draft, *, rank: int) -> None:
    """Take the section out where there is one, and the file with it where that holds nothing else."""
    source = None if draft.lacks(AGENTS) else draft.read(AGENTS)
    outcome = without_section(source or b"")
    if isinstance(outcome, Cannot):
        draft.conflict(AGENTS, f"{_damaged(outcome)}; or delete the section by hand, and run this again.")
    elif isinstance(outcome, Done) and not outcome.source:
        draft.delete(AGENTS, rank=rank)
    elif isinstance(outcome, Done):
        draft.edit(AGENTS, outcome, rank=rank)


def _damaged(outcome: Cannot) -> str:
    return (
        f"Its section of django-layers is damaged: {outcome.reason}. Mend the markers, so that there is one line "
        f"{outcome.paste.replace(chr(10), ' and one line ')} below it"
    )
