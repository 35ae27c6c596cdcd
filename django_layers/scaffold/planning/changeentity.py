"""The plan of `changeentity`: what an entity is made of changes, and what was edited since stays."""

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.planning.addentity import layered_app
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import plan_evolution
from django_layers.scaffold.planning.migration import loadable
from django_layers.scaffold.plans.ledger import Ledger, read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.request.arguments import ArgumentReader
from django_layers.scaffold.request.entity_change import ChangeArguments, changed, entity_change
from django_layers.scaffold.request.validate import validate

__all__ = ["known_ledger", "plan_changeentity"]


def plan_changeentity(
    project: Project,
    name: str,
    arguments: ChangeArguments,
    *,
    app_label: str | None,
    decisions: Decisions,
    migrate: bool = False,
) -> Plan:
    """Plan a change of an entity.

    Args:
        project: the project as it is.
        name: "Rating" or "recipes.Rating".
        arguments: what changes.
        app_label: the label of the app; None where it is to be found out.
        decisions: what the reader decided about files that both sides changed.
        migrate: whether the plan has the migration too.

    Raises:
        InvalidRequest: there is no such entity, or it can't be changed so; every problem is listed.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for it can't be known.
        UnboundNames: a planned file is wrong.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    reader = ArgumentReader(project)
    label, name = reader.name(name, app_label)
    if reader.problems or not label:
        raise InvalidRequest([*map(str, reader.problems)] or ["Say which app the entity is in: add --app."])
    app = layered_app(project, label)
    ledger = known_ledger(project, app, name)
    change = entity_change(arguments, reader)
    entity, problems = changed(from_data(ledger.spec), change)
    facts = project_facts(project, entity)
    if not problems:
        problems = validate(entity, facts, sources=change.sources)
    if problems:
        raise InvalidRequest([*map(str, problems)])
    plan = plan_evolution(project, app, ledger, entity, facts=facts, draft=Draft(project.layout.root, decisions))
    return loadable(plan, entity, project, migrate=migrate)


def known_ledger(project: Project, app: AppLayout, name: str) -> Ledger:
    """Return the ledger of an entity that was generated.

    Args:
        project: the project.
        app: the layout of the entity's app.
        name: its class name.

    Raises:
        InvalidRequest: none was.
        LedgerUnreadable: it can't be read.
    """
    root = project.layout.root
    ledger = read_ledger(root, app.path, Name(name).snake) if name.isidentifier() else None
    if ledger is not None:
        return ledger
    others = {path.stem: path for path in (root / app.path / ".layers").glob("*.json")}
    everything = f"Generated ones are {', '.join(sorted(others))}." if others else f"Run addentity {name} first."
    suggestion = did_you_mean(Name(name).snake, others, otherwise=everything)
    raise InvalidRequest([f"{name}: django-layers has generated no entity of this name in {app.label}. {suggestion}"])
