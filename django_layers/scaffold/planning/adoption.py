"""The plan that gives models which are there the other layers: `addentity` of a model, and of all models of an app."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django_layers.scaffold.adoption.errors import CannotAdopt
from django_layers.scaffold.adoption.fields import AnyModel
from django_layers.scaffold.adoption.model import Adoption, adoption_of
from django_layers.scaffold.adoption.notices import why_untested
from django_layers.scaffold.adoption.options import field_problems, option_problems, owner_asked_for, with_options
from django_layers.scaffold.adoption.ordering import in_order, with_unchecked
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.addentity import layered_app, plan_addentities
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import draft_evolution
from django_layers.scaffold.planning.migration import check_loads
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.planned import label_of
from django_layers.scaffold.project.references import referred_labels
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.request.entity_request import EntityRequest
from django_layers.scaffold.request.layers import LAYER_NAMES
from django_layers.scaffold.request.validate import validate

__all__ = ["model_to_adopt", "plan_adoption", "plan_adoption_of_app", "plan_entities"]


def plan_entities(project: Project, requests: Sequence[EntityRequest], *, decisions: Decisions) -> Plan:
    """Plan what is asked for: the other layers of a model that is there, or all of new entities."""
    if len(requests) == 1:
        model = model_to_adopt(project, requests[0])
        if model is not None:
            return plan_adoption(project, model, requests[0], decisions=decisions)
    return plan_addentities(project, requests, decisions=decisions)


def model_to_adopt(project: Project, request: EntityRequest) -> AnyModel | None:
    """Return the model that a request is about, where it is there and no command has made it; else None.

    Where the layers are named and the models are none of them, the request describes the model itself.
    """
    from django.apps import apps

    entity = request.entity
    if entity.fields and entity.layers and "models" not in entity.layers:
        return None
    app = project.app(entity.app_label)
    if app is None or not entity.name.isidentifier():
        return None
    earlier = _earlier(project, app, entity.name)
    if earlier is not None and earlier.model is None:
        return None
    found: AnyModel | None
    try:
        found = apps.get_model(entity.app_label, entity.name)
    except LookupError:
        found = _abstract(entity)
    return found if found is not None and found.__name__ == entity.name else None


def _earlier(project: Project, app: AppLayout, name: str) -> EntitySpec | None:
    ledger = read_ledger(project.layout.root, app.path, Name(name).snake)
    return from_data(ledger.spec) if ledger is not None else None


def _abstract(entity: EntitySpec) -> AnyModel | None:
    """Return the class of this name among the models of an app; an abstract one is not in the registry."""
    from django.apps import apps
    from django.db import models

    found = getattr(apps.get_app_config(entity.app_label).models_module, entity.name, None)
    return found if isinstance(found, type) and issubclass(found, models.Model) and found._meta.abstract else None


def plan_adoption(project: Project, model: AnyModel, request: EntityRequest, *, decisions: Decisions) -> Plan:
    """Plan the other layers of a model.

    Args:
        project: the project as it is.
        model: the model.
        request: the options that no model can say.
        decisions: what the reader decided about files that are there.

    Raises:
        CannotAdopt: no layers can be written for the model.
        InvalidRequest: the request contradicts the model; every problem is listed.
        AppNotLayered: its app has no layers.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    app = layered_app(project, model._meta.app_label)
    earlier = _earlier(project, app, model.__name__)
    owner = owner_asked_for(request.entity) or (owner_asked_for(earlier) if earlier is not None else "")
    adoption = adoption_of(model, owner=owner)
    problems = [
        *request.problems,
        *field_problems(adoption.entity, request.entity, user_model=project.layout.user_model),
        *option_problems(adoption.entity, request.entity),
    ]
    if problems:
        raise InvalidRequest([str(problem) for problem in problems])
    entity = adoption.entity if earlier is None else with_options(adoption.entity, earlier)
    entity = _without_tests(model, with_options(entity, request.entity))
    run = _Run(project, Draft(project.layout.root, decisions))
    against = run.add(replace(adoption, entity=entity), sources=request.sources)
    if against:
        raise InvalidRequest([str(problem) for problem in against])
    return run.plan()


def plan_adoption_of_app(project: Project, request: EntityRequest, *, decisions: Decisions) -> Plan:
    """Plan the other layers of every model of an app, as far as they can have them.

    What can't be adopted, and what has layers already, is named in the notices of the plan.

    Args:
        project: the project as it is.
        request: the label of the app and the options of each entity; its name doesn't matter.
        decisions: what the reader decided about files that are there.

    Raises:
        AppNotLayered: the app has no layers.
        InvalidRequest: it has no models.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    from django.apps import apps

    asked = request.entity
    app = layered_app(project, asked.app_label)
    run = _Run(project, Draft(project.layout.root, decisions))
    models = list(apps.get_app_config(asked.app_label).get_models())
    if not models:
        raise InvalidRequest([f"--all: the app {asked.app_label} has no models."])
    found: dict[str, Adoption] = {}
    for model in models:
        if read_ledger(project.layout.root, app.path, Name(model.__name__).snake) is not None:
            run.draft.notices.append(f"{model._meta.label} has its layers already.")
            continue
        try:
            adoption = adoption_of(model)
        except CannotAdopt as error:
            run.draft.notices.append(str(error))
        else:
            entity = _without_tests(model, with_options(adoption.entity, asked))
            found[model.__name__] = replace(adoption, entity=entity)
    run.waiting = {label_of(adoption.entity) for adoption in found.values()}
    for entity in in_order([adoption.entity for adoption in found.values()]):
        problems = run.add(found[entity.name])
        run.draft.notices += (f"{entity.app_label}.{entity.name} can't be adopted: {problem}" for problem in problems)
    return run.plan()


@dataclass(slots=True)
class _Run:
    """Several entities on their way into one plan."""

    project: Project
    draft: Draft
    planned: dict[str, EntitySpec] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def add(self, adoption: Adoption, sources: Mapping[str, str] | None = None) -> Sequence[Problem]:
        """Add an entity, or return what speaks against it."""
        entity = adoption.entity
        app = layered_app(self.project, entity.app_label)
        self.waiting.discard(label_of(entity))
        facts = project_facts(self.project, entity, planned=self.planned)
        entity = with_unchecked(entity, facts.circular | self.waiting)
        untested = sorted(facts.untested.intersection(referred_labels(entity)))
        if untested and not entity.layers:
            entity = replace(entity, layers=frozenset(LAYER_NAMES) - {"models", "types", "tests"})
            notice = f"{entity.app_label}.{entity.name}: it has no tests, since they would need those of {', '.join(untested)}."
            self.draft.notices.append(notice)
        entity, renamed = _with_free_route(entity, facts)
        problems = validate(entity, facts, sources=sources)
        if problems:
            return problems
        old = read_ledger(self.project.layout.root, app.path, Name(entity.name, entity.plural).snake)
        draft_evolution(self.project, app, old, entity, facts=facts, draft=self.draft)
        self.draft.notices += (*adoption.notices, *renamed)
        self.planned[label_of(entity)] = entity
        return ()

    def plan(self) -> Plan:
        """Return the plan, once it is sure that the project loads as it leaves it."""
        plan = self.draft.plan()
        verify(plan)
        if plan.changes_something and not plan.conflicts:
            check_loads(plan, self.project)
        return plan


def _with_free_route(entity: EntitySpec, facts: ProjectFacts) -> tuple[EntitySpec, Iterable[str]]:
    """Return an entity with the label of its app in its plural where another app has the route."""
    name = Name(entity.name, entity.plural)
    if entity.plural is not None or name.route not in facts.routes:
        return entity, ()
    plural = f"{entity.app_label}_{name.plural}"
    label = f"{entity.app_label}.{entity.name}"
    other = facts.routes[name.route]
    return replace(entity, plural=plural), (
        f"{label}: the route /{name.route} is that of {other}, so its plural is {plural}; say another with --plural.",
    )


def _without_tests(model: AnyModel, entity: EntitySpec) -> EntitySpec:
    """Return an entity without tests where they could not store its rows, or not find them again."""
    if not why_untested(model):
        return entity
    return replace(entity, layers=(entity.layers or frozenset(LAYER_NAMES)) - {"models", "types", "tests"})
