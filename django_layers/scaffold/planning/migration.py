"""The migration of a planned model, made from the plan in memory by a process that loads the whole project so."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.data_step import with_fills
from django_layers.scaffold.planning.lint import with_suppressions
from django_layers.scaffold.planning.reach.gathering import gathering_less
from django_layers.scaffold.planning.trial import BOOTSTRAP, Answer, Request
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.refusals import MigrateFailed, PendingMigrations, PlanDoesNotLoad
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import Rendered
from django_layers.scaffold.request.existing_rows import ExistingRows

__all__ = ["MIGRATION_RANK", "check_loads", "has_migrations", "loadable", "migrate", "migration_changes"]

MIGRATION_RANK = 21
"""A migration is written after the model that it is about."""

_NO_ROWS = ExistingRows()


def loadable(
    plan: Plan,
    entity: EntitySpec,
    project: Project,
    *,
    migrate: bool,
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
        migrate: whether the migration is asked for.
        rows: what the rows of its table need.
        beside: further entities that it is about.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    if plan.conflicts or plan.marked:
        return plan
    if migrate or rows.is_needed:
        return _with_migration(plan, entity, project, rows, beside)
    if any(change.joined and change.writes for change in plan.changes):
        check_loads(plan, project)
    return plan


def _with_migration(
    plan: Plan, entity: EntitySpec, project: Project, rows: ExistingRows, beside: Sequence[EntitySpec]
) -> Plan:
    """Return the plan with the migrations of its entities, as the project's formatter would have it.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    others = [(other.app_label, other.name.lower()) for other in beside]
    changes = migration_changes(
        plan, label=entity.app_label, model=entity.name, rows=rows, beside=others, project=project
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
) -> tuple[Change, ...]:
    """Return the changes that add the migration of a model that the plan writes; none when nothing is to migrate.

    Args:
        plan: everything else that the run writes.
        label: the label of the model's app.
        model: the class name of the model.
        rows: what the rows of its table need.
        beside: labels and names, in lower case, of further models that it writes.
        project: as `check_loads` takes it.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration, which would get into this one.
    """
    answer = _try(plan, project, label=label, model=model.lower(), rows=rows, beside=beside)
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


def migrate(*, settings_module: str) -> str:
    """Run `migrate` in a new process, with the settings and the database of this one, and return what it printed.

    Raises:
        MigrateFailed: it did not succeed; the written code and migration stay.
    """
    run = subprocess.run(
        [sys.executable, "-P", "-m", "django_layers.scaffold.planning.migrating"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "DJANGO_SETTINGS_MODULE": settings_module,
        },
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if run.returncode:
        raise MigrateFailed(_last_line(run.stderr) or f"it ended with status {run.returncode}")
    return run.stdout


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
) -> Answer:
    """Have a process load the plan; without what it can't reach first, whose word counts unless it finds a problem."""
    with _started() as process:
        request = Request(
            files=dict(_files(plan)),
            label=label,
            model=model,
            renames=[*rows.renames],
            beside=[*beside],
            defaults={name: _binding(value) for name, value in rows.defaults.items()},
        )
        lighter = gathering_less(plan, project) if project is not None else {}
        root = plan.root.resolve()
        gathered = {str(root / path): _encoded(text) for path, text in lighter.items()}
        answer = _asked(process, replace(request, files={**request.files, **gathered}))
    if answer.problems and lighter:
        # It may come of what was left out, and its place is to be that in the real file.
        with _started() as process:
            answer = _asked(process, request)
    if answer.problems:
        raise PlanDoesNotLoad(answer.problems)
    return answer


def _started() -> "subprocess.Popen[str]":
    """Start a process that waits for what to load; it ends with its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-c", BOOTSTRAP],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    # Of a process that ended at once its status is told later.
    with suppress(BrokenPipeError):
        process.stdin.write(f"{json.dumps(sys.path)}\n")
        process.stdin.flush()
    return process


def _asked(process: "subprocess.Popen[str]", request: Request) -> Answer:
    output, said = process.communicate(f"{json.dumps(asdict(request))}\n")
    try:
        return Answer(**json.loads(output))
    except ValueError:
        problem = _last_line(said) or f"the process ended with status {process.returncode}"
        return Answer(problems=[problem], pending=[], migrations={})


def _binding(value: Expression) -> str:
    return "\n".join([*map(str, value.imports), f"value = {value}"])


def _files(plan: Plan) -> Iterable[tuple[str, str | None]]:
    root = plan.root.resolve()
    for change in plan.writes:
        if change.path.suffix == ".py":
            yield str(root / change.path), None if change.after is None else _encoded(change.after)


def _encoded(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]
