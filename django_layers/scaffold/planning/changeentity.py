"""The plan of `changeentity`: what an entity is made of changes, and what was edited since stays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.branches import Branches, branches_of
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.embedded import draft_embedded, embeddings_of
from django_layers.scaffold.planning.evolution import plan_evolution
from django_layers.scaffold.planning.field_names import FieldNames, listed_references
from django_layers.scaffold.planning.known_entity import known_ledger, named_entity
from django_layers.scaffold.planning.migration import has_migrations, loadable
from django_layers.scaffold.planning.migrator import Migrator
from django_layers.scaffold.planning.sync import drift_notices
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
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

__all__ = ["plan_changeentity"]


def plan_changeentity(
    project: Project,
    name: str,
    arguments: ChangeArguments,
    *,
    app_label: str | None,
    decisions: Decisions,
    migrator: Migrator | None = None,
    leave_references: bool = False,
) -> Plan:
    """Plan a change of an entity.

    Args:
        project: the project as it is.
        name: "Rating" or "recipes.Rating".
        arguments: what changes.
        app_label: the label of the app; None where it is to be found out.
        decisions: what the reader decided about files that both sides changed.
        migrator: who is to migrate afterwards, where the plan is to have the migration though Django could make it by itself.
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
    app, name = named_entity(project, name, app_label)
    generated = _generated(project, app, name)
    asked = _asked(project, generated, arguments)
    draft = Draft(project.layout.root, decisions)
    names = FieldNames(project, app, asked.before, asked.facts)
    names.refuse_embedded(asked.remove)
    ledger = generated.ledger(project, app, asked.facts)
    if asked.renames:
        ledger = _renamed(project, asked, names, ledger, draft)
    plan = plan_evolution(project, app, ledger, asked.entity, facts=asked.facts, draft=draft)
    if asked.remove and not plan.conflicts:
        left = FieldNames(project, app, asked.renamed, asked.facts).still_said(asked.remove, draft)
        plan = _with_references(plan, left, asked.remove, leave=leave_references)
    plan = replace(plan, notices=(*plan.notices, *asked.rows.notices, *drift_notices(asked.before)))
    return loadable(plan, asked.entity, project, migrator=migrator, rows=asked.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Generated:
    """What an earlier run has generated, or two branches have.

    Attributes:
        entity: the entity as it is.
        source: what was generated.
    """

    entity: EntitySpec
    source: Ledger | Branches

    @property
    def undecided(self) -> Mapping[str, str]:
        """Where two branches differ, by the name of the field or the option, in words."""
        return self.source.undecided if isinstance(self.source, Branches) else {}

    def ledger(self, project: Project, app: AppLayout, facts: ProjectFacts) -> Ledger:
        """Return what the files were generated as."""
        return self.source if isinstance(self.source, Ledger) else self.source.base(project, app, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A change that an entity can have.

    Attributes:
        before: the entity as it is.
        renamed: the same, with the new names of its fields.
        entity: the entity as it is to be.
        renames: the new names of fields, by the old ones.
        remove: the names of the fields that go.
        facts: the project, without what was generated for the entity.
        rows: what the rows of the table need.
    """

    before: EntitySpec
    renamed: EntitySpec
    entity: EntitySpec
    renames: Mapping[str, str]
    remove: tuple[str, ...]
    facts: ProjectFacts
    rows: ExistingRows


def _generated(project: Project, app: AppLayout, name: str) -> _Generated:
    branches = branches_of(project, app, name)
    if branches is not None:
        return _Generated(entity=branches.entity, source=branches)
    ledger = known_ledger(project, app, name)
    return _Generated(entity=from_data(ledger.spec), source=ledger)


def _asked(project: Project, generated: _Generated, arguments: ChangeArguments) -> _Asked:
    """Read what is asked for, and judge it.

    Raises:
        InvalidRequest: with every problem.
    """
    before = generated.entity
    _refuse_read_model(before, arguments)
    renames = _renames(before, arguments)
    renamed = with_renamed_fields(before, renames, user_model=project.layout.user_model)
    change = entity_change(arguments, ArgumentReader(project))
    entity, problems = changed(renamed, change)
    problems += undecided_problems(change, generated.undecided)
    facts = project_facts(project, entity)
    rows = ExistingRows()
    if not problems:
        problems = validate(entity, facts, sources=change.sources)
    if not problems:
        rows, problems = _rows(renamed, entity, arguments)
    if problems:
        raise InvalidRequest([*map(str, problems)])
    return _Asked(
        before=before,
        renamed=renamed,
        entity=entity,
        renames=renames,
        remove=change.remove,
        facts=facts,
        rows=replace(rows, renames=rename_order(renames)),
    )


def _renamed(project: Project, asked: _Asked, names: FieldNames, ledger: Ledger, draft: Draft) -> Ledger:
    """Draft what follows from the new names, and return the ledger as if the fields had always been called so."""
    embeddings = embeddings_of(project, asked.entity, names.embedding(asked.renames), asked.renames)
    ledger, *others = names.rename(asked.renames, ledger, draft, embeddings)
    draft_embedded(project, embeddings, others, asked.renames.values(), draft)
    return ledger


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
