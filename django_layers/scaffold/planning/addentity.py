"""The plan of `addentity`: one entity through all layers and its tests."""

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import plan_evolution
from django_layers.scaffold.plans.ledger import Ledger, read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.apps import has_layers
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import AppNotLayered, InvalidRequest
from django_layers.scaffold.request.entity_change import extended
from django_layers.scaffold.request.entity_request import EntityRequest
from django_layers.scaffold.request.validate import validate

__all__ = ["layered_app", "plan_addentity"]


def plan_addentity(project: Project, request: EntityRequest, *, decisions: Decisions) -> Plan:
    """Plan an entity; one that is there gets what it lacks, and keeps all that is not named.

    Args:
        project: the project as it is.
        request: what is asked for.
        decisions: what the reader decided about files that are there.

    Raises:
        InvalidRequest: there can be no such entity; every problem is listed.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for it can't be known.
        UnboundNames: a planned file is wrong, which is a defect.
    """
    entity, problems = request.entity, request.problems
    ledger = _ledger_of(project, entity)
    if ledger is not None:
        entity, more = extended(from_data(ledger.spec), entity)
        problems += more
    facts = project_facts(project, entity)
    problems += validate(entity, facts, sources=request.sources)
    if problems:
        raise InvalidRequest([str(problem) for problem in problems])
    app = layered_app(project, entity.app_label)
    return plan_evolution(project, app, ledger, entity, facts=facts, draft=Draft(project.layout.root, decisions))


def _ledger_of(project: Project, entity: EntitySpec) -> Ledger | None:
    app = project.app(entity.app_label)
    if app is None or not entity.name.isidentifier():
        return None
    return read_ledger(project.layout.root, app.path, Name(entity.name).snake)


def layered_app(project: Project, label: str) -> AppLayout:
    """Return the layout of an app.

    Raises:
        AppNotLayered: there is no such app, or it has no layers.
    """
    app = project.app(label)
    if app is None or not has_layers(project.layout.root, app):
        raise AppNotLayered(label)
    return app
