"""The plan of `removeoperation`: what `addoperation` has made goes, and what was edited is decided about first."""

from dataclasses import replace

from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import plan_evolution
from django_layers.scaffold.planning.known_entity import known_ledger, named_entity
from django_layers.scaffold.planning.migration import loadable
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["plan_removeoperation"]


def plan_removeoperation(
    project: Project, name: str, operation: str, *, app_label: str | None, decisions: Decisions
) -> Plan:
    """Plan the removal of an operation.

    Args:
        project: the project as it is.
        name: the entity, "Rating" or "recipes.Rating".
        operation: the name of the operation.
        app_label: the label of the app; None where it is to be found out.
        decisions: what the reader decided about members that were edited.

    Raises:
        InvalidRequest: there is no such entity, or it has no such operation.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for the entity can't be known.
        UnboundNames: a planned file is wrong.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    app, name = named_entity(project, name, app_label)
    ledger = known_ledger(project, app, name)
    earlier = from_data(ledger.spec)
    names = [each.name for each in earlier.operations]
    if operation not in names:
        everything = f"It has {', '.join(names)}." if names else "It has none."
        raise InvalidRequest(
            [f"{name} has no operation {operation}. {did_you_mean(operation, names, otherwise=everything)}"]
        )
    entity = replace(earlier, operations=tuple(each for each in earlier.operations if each.name != operation))
    facts = project_facts(project, entity)
    plan = plan_evolution(project, app, ledger, entity, facts=facts, draft=Draft(project.layout.root, decisions))
    return loadable(plan, entity, project, migrator=None)
