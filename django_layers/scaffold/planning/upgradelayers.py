"""The plan of `upgradelayers`: generated code follows the templates that are installed now."""

from collections.abc import Sequence

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import draft_evolution
from django_layers.scaffold.planning.exporting import exported
from django_layers.scaffold.planning.migration import check_loads
from django_layers.scaffold.planning.upgrading_start import draft_start
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.request.validate import validate

__all__ = ["plan_upgradelayers"]


def plan_upgradelayers(project: Project, names: Sequence[str], *, app_label: str | None, decisions: Decisions) -> Plan:
    """Plan what the same requests would generate today, merged with what was edited since.

    Args:
        project: the project as it is.
        names: entities, "Rating" or "recipes.Rating"; all where there is none, and what `startlayer` wrote too.
        app_label: the label of an app, which alone is looked at.
        decisions: what the reader decided about files that both sides changed.

    Raises:
        InvalidRequest: there is no such app or entity, or one can't be generated any more; every problem is listed.
        LedgerUnreadable: what was generated for one of them can't be known.
        UnboundNames: a planned file is wrong.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    entities = exported(project, names, app_label=app_label)
    facts = [project_facts(project, entity) for entity in entities]
    problems = [
        f"{entity.name}: {problem}"
        for entity, known in zip(entities, facts, strict=True)
        for problem in validate(entity, known)
    ]
    if problems:
        raise InvalidRequest(problems)
    root = project.layout.root
    draft = Draft(root, decisions)
    if not names:
        apps = [app for app in project.apps if app_label in (None, app.label)]
        draft_start(project, apps, draft, with_project=app_label is None)
    for entity, known in zip(entities, facts, strict=True):
        app = project.app(entity.app_label)
        assert app is not None
        ledger = read_ledger(root, app.path, Name(entity.name, entity.plural).snake)
        draft_evolution(project, app, ledger, entity, facts=known, draft=draft)
    plan = draft.plan()
    verify(plan)
    if plan.changes_something and not plan.conflicts and not plan.marked:
        check_loads(plan, project)
    return plan
