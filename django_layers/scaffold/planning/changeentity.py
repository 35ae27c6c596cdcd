"""The plan of `changeentity`: what an entity is made of changes, and what was edited since stays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.planning.addentity import layered_app
from django_layers.scaffold.planning.branches import branches_of
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.embedded import draft_embedded, embeddings_of
from django_layers.scaffold.planning.evolution import plan_evolution
from django_layers.scaffold.planning.field_names import FieldNames, listed_references
from django_layers.scaffold.planning.migration import has_migrations, loadable
from django_layers.scaffold.planning.sync import drift_notices
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest, ReferencesLeft
from django_layers.scaffold.renaming.entities import (
    parse_renames,
    rename_order,
    rename_problems,
    with_renamed_fields,
)
from django_layers.scaffold.renaming.leftovers import Leftover
from django_layers.scaffold.request.arguments import ArgumentReader
from django_layers.scaffold.request.entity_change import ChangeArguments, changed, entity_change, undecided_problems
from django_layers.scaffold.request.existing_rows import ExistingRows, existing_rows, parse_backfill
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
    leave_references: bool = False,
) -> Plan:
    """Plan a change of an entity.

    Args:
        project: the project as it is.
        name: "Rating" or "recipes.Rating".
        arguments: what changes.
        app_label: the label of the app; None where it is to be found out.
        decisions: what the reader decided about files that both sides changed.
        migrate: whether the plan has the migration too, where Django could make it by itself.
        leave_references: whether a field may go that the project still refers to.

    Raises:
        InvalidRequest: there is no such entity, or it can't be changed so; every problem is listed.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for it can't be known.
        UnboundNames: a planned file is wrong.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
        ReferencesLeft: a field goes that the project still refers to.
    """
    reader = ArgumentReader(project)
    label, name = reader.name(name, app_label)
    if reader.problems or not label:
        raise InvalidRequest([*map(str, reader.problems)] or ["Say which app the entity is in: add --app."])
    app = layered_app(project, label)
    branches = branches_of(project, app, name)
    if branches is None:
        ledger = known_ledger(project, app, name)
        before = from_data(ledger.spec)
    else:
        before = branches.entity
    _refuse_read_model(before, arguments)
    renames = _renames(before, arguments)
    renamed = with_renamed_fields(before, renames, user_model=project.layout.user_model)
    change = entity_change(arguments, reader)
    entity, problems = changed(renamed, change)
    if branches is not None:
        problems += undecided_problems(change, branches.undecided)
    facts = project_facts(project, entity)
    if not problems:
        problems = validate(entity, facts, sources=change.sources)
    rows, more = _rows(renamed, entity, arguments) if not problems else (ExistingRows(), ())
    if problems or more:
        raise InvalidRequest([*map(str, (*problems, *more))])
    rows = replace(rows, renames=rename_order(renames))
    if branches is not None:
        ledger = branches.base(project, app, facts)
    draft = Draft(project.layout.root, decisions)
    names = FieldNames(project, app, before, facts)
    names.refuse_embedded(change.remove)
    if renames:
        embeddings = embeddings_of(project, entity, names.embedding(renames), renames)
        ledger, *others = names.rename(renames, ledger, draft, embeddings)
        draft_embedded(project, embeddings, others, renames.values(), draft)
    plan = plan_evolution(project, app, ledger, entity, facts=facts, draft=draft)
    if change.remove and not plan.conflicts:
        left = FieldNames(project, app, renamed, facts).still_said(change.remove, draft)
        plan = _with_references(plan, left, change.remove, leave=leave_references)
    plan = replace(plan, notices=(*plan.notices, *rows.notices, *drift_notices(before)))
    return loadable(plan, entity, project, migrate=migrate, rows=rows)


def _refuse_read_model(entity: EntitySpec, arguments: ChangeArguments) -> None:
    """Refuse to change what only a model can say where the model was there before its layers, and is read only."""
    says = ("add", "remove", "change", "rename", "unique", "drop_unique", "index", "drop_index")
    asked = [f"--{name.replace('_', '-')}" for name in says if getattr(arguments, name)]
    columns = (
        ("versioned", arguments.versioned, entity.versioned),
        ("timestamps", arguments.timestamps, entity.timestamps),
    )
    asked += [f"--{'' if wanted else 'no-'}{name}" for name, wanted, is_so in columns if wanted not in (None, is_so)]
    if entity.model is not None and asked:
        raise InvalidRequest(
            [
                f"{', '.join(asked)}: the model {entity.name} was there before its layers, and is read only. Change the "
                f"model, and run synclayers {entity.app_label}.{entity.name}."
            ]
        )


def _renames(entity: EntitySpec, arguments: ChangeArguments) -> Mapping[str, str]:
    renames, problems = parse_renames(arguments.rename)
    problems = problems or rename_problems(entity, renames)
    if problems:
        raise InvalidRequest([f"--rename: {problem}" for problem in problems])
    return renames


def _rows(old: EntitySpec, new: EntitySpec, arguments: ChangeArguments) -> tuple[ExistingRows, tuple[Problem, ...]]:
    """Return what the rows of the table need; nothing where no migration has made it yet."""
    backfill, problems = parse_backfill(arguments.backfill)
    if problems:
        return ExistingRows(), problems
    rows, problems = existing_rows(old, new, backfill)
    if not rows.is_needed and not problems and not rows.notices:
        return rows, ()
    return (rows, problems) if has_migrations(new.app_label, new.name) else (ExistingRows(), ())


def _with_references(plan: Plan, left: Sequence[Leftover], names: Collection[str], *, leave: bool) -> Plan:
    """Return the plan with a sentence that lists what still refers to fields that go.

    Raises:
        ReferencesLeft: something certainly does, and it is not to be left.
    """
    if not left:
        return plan
    listed = listed_references(left, names)
    if not leave and any(leftover.certain for leftover in left):
        raise ReferencesLeft(listed)
    return replace(plan, notices=(*plan.notices, listed))


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
