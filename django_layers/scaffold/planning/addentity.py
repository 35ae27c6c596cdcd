"""The plan of `addentity`: one entity, or several at once, through all layers and their tests."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import draft_evolution
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.apps import has_layers
from django_layers.scaffold.project.circles import asks_service
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.planned import label_of
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import AppNotLayered, InvalidRequest
from django_layers.scaffold.request.entity_change import extended
from django_layers.scaffold.request.entity_request import EntityRequest

__all__ = ["layered_app", "plan_addentities"]


def plan_addentities(project: Project, requests: Sequence[EntityRequest], *, decisions: Decisions) -> Plan:
    """Plan entities, in any order; one that is there gets what it lacks, and keeps all that is not named.

    Args:
        project: the project as it is.
        requests: what is asked for.
        decisions: what the reader decided about files that are there.

    Raises:
        InvalidRequest: there can be no such entity; every problem is listed.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for it can't be known.
        UnboundNames: a planned file is wrong, which is a defect.
    """
    ledgers = {label_of(request.entity): _ledger_of(project, request.entity) for request in requests}
    wanted = [_extended(request, ledgers[label_of(request.entity)]) for request in requests]
    planned = {label_of(request.entity): request.entity for request in wanted}
    facts = {label: project_facts(project, entity, planned=planned) for label, entity in planned.items()}
    problems = [
        *(f"{label} is described twice." for label, count in Counter(map(_label, wanted)).items() if count > 1),
        *(
            f"{request.entity.name}: {problem}" if len(wanted) > 1 else str(problem)
            for request in wanted
            for problem in request.all_problems(facts[label_of(request.entity)])
        ),
    ]
    if problems:
        raise InvalidRequest(problems)
    draft = Draft(project.layout.root, decisions)
    for label in _in_order(planned):
        app = layered_app(project, planned[label].app_label)
        draft_evolution(project, app, ledgers[label], planned[label], facts=facts[label], draft=draft)
    plan = draft.plan()
    verify(plan)
    return plan


def _label(request: EntityRequest) -> str:
    return label_of(request.entity)


def _extended(request: EntityRequest, ledger: Ledger | None) -> EntityRequest:
    if ledger is None:
        return request
    entity, problems = extended(from_data(ledger.spec), request.entity)
    return replace(request, entity=entity, problems=(*request.problems, *problems))


def _in_order(planned: Mapping[str, EntitySpec]) -> Iterator[str]:
    """Yield the labels of entities, each after those whose services its own asks, else in the order that they are in."""
    waiting = dict(planned)

    def visit(label: str) -> Iterator[str]:
        entity = waiting.pop(label, None)
        if entity is not None:
            for field in filter(asks_service, entity.fields):
                yield from visit(field.argument[0])
            yield label

    for label in planned:
        yield from visit(label)


def _ledger_of(project: Project, entity: EntitySpec) -> Ledger | None:
    app = project.app(entity.app_label)
    if app is None or not entity.name.isidentifier():
        return None
    ledger = read_ledger(project.layout.root, app.path, Name(entity.name).snake)
    # RECIPE would have the files of Recipe, and is not Recipe.
    return ledger if ledger is not None and from_data(ledger.spec).name == entity.name else None


def layered_app(project: Project, label: str) -> AppLayout:
    """Return the layout of an app.

    Raises:
        AppNotLayered: there is no such app, or it has no layers.
    """
    app = project.app(label)
    if app is None or not has_layers(project.layout.root, app):
        raise AppNotLayered(label)
    return app
