"""The migration of a planned model, made from the plan in memory by a process that loads the whole project so."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.data_step import with_fills
from django_layers.scaffold.planning.lint import with_suppressions
from django_layers.scaffold.planning.migrator import Migrator, files_of
from django_layers.scaffold.planning.reach.gathering import Reach, reach_of
from django_layers.scaffold.planning.trial import Answer, Request
from django_layers.scaffold.planning.trial_process import TrialProcess
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.refusals import PendingMigrations, PlanDoesNotLoad
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import Rendered
from django_layers.scaffold.request.existing_rows import ExistingRows

__all__ = ["MIGRATION_RANK", "check_loads", "has_migrations", "loadable", "migration_changes"]

MIGRATION_RANK = 21
"""A migration is written after the model that it is about."""

_NO_ROWS = ExistingRows()


def loadable(
    plan: Plan,
    entity: EntitySpec,
    project: Project,
    *,
    migrator: Migrator | None,
    rows: ExistingRows = _NO_ROWS,
    beside: Sequence[EntitySpec] = (),
) -> Plan:
    """Return the plan as it may be written: with the migration of its entity where that is asked for, or needs answers.

    The project is loaded as the plan would leave it where there is a migration to be made, or edits were joined with
    what is generated: what two authors wrote is right together only if it runs.

    Args:
        plan: the plan.
        entity: the entity that it is about.
        project: the project.
        migrator: who is to run the migration afterwards, where it is asked for.
        rows: what the rows of its table need.
        beside: further entities that it is about.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    if plan.conflicts or plan.marked:
        return plan
    if migrator is not None or rows.is_needed:
        return _with_migration(plan, entity, project, rows, beside, migrator)
    if any(change.joined and change.writes for change in plan.changes):
        check_loads(plan, project)
    return plan


def _with_migration(
    plan: Plan,
    entity: EntitySpec,
    project: Project,
    rows: ExistingRows,
    beside: Sequence[EntitySpec],
    migrator: Migrator | None,
) -> Plan:
    """Return the plan with the migrations of its entities, as the project's formatter would have it.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    others = [(other.app_label, other.name.lower()) for other in beside]
    changes = migration_changes(
        plan,
        label=entity.app_label,
        model=entity.name,
        rows=rows,
        beside=others,
        project=project,
        migrator=migrator,
    )
    rendered = [
        Rendered(
            path=change.path,
            text=(change.after or b"").decode(),
            kind="whole",
            layer="models",
            rank=MIGRATION_RANK,
        )
        for change in changes
    ]
    texts = [
        with_suppressions(formatted.text, formatted.path, plan.root)
        for formatted in format_rendered(rendered, project.layout)
    ]
    migrations = (replace(change, after=text.encode()) for change, text in zip(changes, texts, strict=True))
    return replace(plan, changes=(*plan.changes, *migrations))


def check_loads(plan: Plan, project: Project | None = None) -> None:
    """Load the project as the plan would leave it and run Django's system checks there.

    Args:
        plan: the plan.
        project: the project as it is, of whose API only that is loaded then which the plan can make a difference to;
            None to load all of it.

    Raises:
        PlanDoesNotLoad: it raises, or a check finds an error.
    """
    _try(plan, project, label="", model="", rows=_NO_ROWS)


def migration_changes(
    plan: Plan,
    *,
    label: str,
    model: str,
    rows: ExistingRows = _NO_ROWS,
    beside: Sequence[tuple[str, str]] = (),
    project: Project | None = None,
    migrator: Migrator | None = None,
) -> tuple[Change, ...]:
    """Return the changes that add the migration of a model that the plan writes; none when nothing is to migrate.

    Args:
        plan: everything else that the run writes.
        label: the label of the model's app.
        model: the class name of the model.
        rows: what the rows of its table need.
        beside: labels and names, in lower case, of further models that it writes.
        project: as `check_loads` takes it.
        migrator: who is to run the migration afterwards; None for nobody.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration, which would get into this one.
    """
    answer = _try(plan, project, label=label, model=model.lower(), rows=rows, beside=beside, migrator=migrator)
    if answer.pending:
        raise PendingMigrations(label, answer.pending)
    root = plan.root.resolve()
    return tuple(
        Change(
            action=Action.CREATE,
            path=PurePosixPath(Path(path).resolve().relative_to(root).as_posix()),
            before=None,
            after=with_fills(text, () if position else rows.fills, label=label, model=model).encode(),
            rank=MIGRATION_RANK,
            migration=True,
        )
        for position, (path, text) in enumerate(answer.migrations.items())
    )


def has_migrations(label: str, model: str) -> bool:
    """Return whether the migrations of an app make the table of a model, which then may hold rows.

    Args:
        label: the label of the app.
        model: the class name of the model.
    """
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    nodes = [key for key in loader.graph.leaf_nodes() if key[0] == label]
    return any((label, model.lower()) in loader.project_state(node).models for node in nodes)


def _try(
    plan: Plan,
    project: Project | None,
    *,
    label: str,
    model: str,
    rows: ExistingRows,
    beside: Sequence[tuple[str, str]] = (),
    migrator: Migrator | None = None,
) -> Answer:
    """Have a process load the plan; without what it can't reach first, whose word counts unless it finds a problem."""
    files = files_of(plan)
    with ExitStack() as processes:
        process = processes.enter_context(TrialProcess())
        request = Request(
            files=_encoded(files),
            stays=migrator is not None,
            label=label,
            model=model,
            renames=[*rows.renames],
            beside=[*beside],
            defaults={name: _binding(value) for name, value in rows.defaults.items()},
        )
        reach = reach_of(plan, project) if project is not None else Reach()
        root = plan.root.resolve()
        gathering = _encoded({str(root / path): text for path, text in reach.lighter.items()})
        reached = None if reach.modules is None else sorted(reach.modules)
        answer = process.ask(replace(request, gathering=gathering, reached=reached))
        if answer.problems and reach.lighter:
            # It may come of what was left out, and its place is to be that in the real file.
            process.end()
            process = processes.enter_context(TrialProcess())
            answer = process.ask(request)
        if answer.problems:
            raise PlanDoesNotLoad(answer.problems)
        if migrator is not None and answer.stays:
            migrator.keep(process, files)
            processes.pop_all()
    return answer


def _binding(value: Expression) -> str:
    return "\n".join([*map(str, value.imports), f"value = {value}"])


def _encoded(files: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {path: None if content is None else b64encode(content).decode("ascii") for path, content in files.items()}
