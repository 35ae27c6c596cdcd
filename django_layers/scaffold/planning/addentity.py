"""The plan of `addentity`: one entity through all layers and its tests."""

import shlex
from dataclasses import replace

from django_layers.scaffold.language.grammar import command_line
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
from django_layers.scaffold.request.entity_request import EntityRequest
from django_layers.scaffold.request.layers import LAYER_NAMES

__all__ = ["layered_app", "plan_addentity"]


def plan_addentity(project: Project, request: EntityRequest, *, decisions: Decisions) -> Plan:
    """Plan an entity.

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
    entity = request.entity
    facts = project_facts(project, entity)
    problems = request.all_problems(facts)
    if problems:
        raise InvalidRequest([str(problem) for problem in problems])
    app = layered_app(project, entity.app_label)
    ledger = read_ledger(project.layout.root, app.path, Name(entity.name, entity.plural).snake)
    _refuse_another(entity, ledger)
    entity = replace(entity, layers=_all_layers(entity, ledger))
    return plan_evolution(project, app, ledger, entity, facts=facts, draft=Draft(project.layout.root, decisions))


def _refuse_another(entity: EntitySpec, ledger: Ledger | None) -> None:
    """Refuse to make an entity anew that was asked for differently: what the new request leaves out would be lost."""
    if ledger is None:
        return
    earlier = from_data(ledger.spec)
    if replace(earlier, layers=entity.layers) != entity:
        raise InvalidRequest(
            [
                f"{entity.name}: there is an entity of this name in {entity.app_label} already, which was asked for "
                "differently. Change its files by hand, or find another name. It was: addentity "
                + shlex.join(command_line(earlier))
            ]
        )


def layered_app(project: Project, label: str) -> AppLayout:
    """Return the layout of an app.

    Raises:
        AppNotLayered: there is no such app, or it has no layers.
    """
    app = project.app(label)
    if app is None or not has_layers(project.layout.root, app):
        raise AppNotLayered(label)
    return app


def _all_layers(entity: EntitySpec, old: Ledger | None) -> frozenset[str]:
    """Return the layers of this run and of those before; none where that makes all of them."""
    earlier = from_data(old.spec).layers if old is not None else entity.layers
    layers = entity.layers | earlier if entity.layers and earlier else frozenset()
    return frozenset() if layers == frozenset(LAYER_NAMES) else layers
