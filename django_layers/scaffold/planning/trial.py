"""Loads a project with planned files in place, in a process of its own: system checks, and the migration of a model.

The parent sends its import path and then a request on standard input, each a line of JSON, and reads the answer from
standard output, a line of JSON too; whatever the project prints while it loads goes to standard error. Between the two
lines Django is imported, so that a parent can start the process while it still works out the request.

A process that is to stay then waits for one line more: `MIGRATE`, once the parent has written what was tried. It has the
models in it already, which a new process would have to load once more.
"""

import gc
import json
import os
import sys
import traceback
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django_layers.scaffold.planning.doubling import can_be_doubled, wait_and_migrate
from django_layers.scaffold.planning.near import changing, loaded_state, near, of_models
from django_layers.scaffold.planning.overlay import OverlayFinder

if TYPE_CHECKING:
    from django.db.migrations import Migration
    from django.db.migrations.operations.base import Operation
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.migrations.state import ProjectState

__all__ = ["BOOTSTRAP", "MIGRATE", "Answer", "Request", "main"]

BOOTSTRAP = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.readline()); "
    "from django_layers.scaffold.planning.trial import main; main()"
)
"""What the process runs; the parent's import path is in place before anything of the project is imported."""

MIGRATE = "migrate"
"""What a process that stays is told when all is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to try.

    Attributes:
        files: planned content in base64 by absolute path; None for a file that goes.
        gathering: in the same way, modules that gather less than the ones on the disk, which stay as they are.
        reached: the modules that the files make a difference to when they are loaded; None where that is not known.
        stays: whether the process is to wait afterwards, to migrate once the files are written.
        label: the app whose migration is wanted; empty for none.
        model: the model whose migration is wanted, in lower case.
        renames: the old and the new name of its fields, in an order in which the new name is free.
        beside: labels and names, in lower case, of further models whose migrations are wanted with it.
        defaults: what its rows get in columns that need a value, by field: the source of a module that binds `value`.
    """

    files: dict[str, str | None]
    gathering: dict[str, str | None] = field(default_factory=dict)
    reached: list[str] | None = None
    stays: bool = False
    label: str = ""
    model: str = ""
    renames: list[tuple[str, str]] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it.

    Attributes:
        problems: errors of the system checks, or the exception that loading ended with.
        pending: changes of other models that have no migration yet.
        migrations: text of each new migration by absolute path.
        stays: whether the process waits now.
    """

    problems: list[str]
    pending: list[str] = field(default_factory=list)
    migrations: dict[str, str] = field(default_factory=dict)
    stays: bool = False


def main() -> None:
    """Answer the request on the real standard output, and end the process."""
    # The process is short, and looking for garbage goes through all that Django has loaded.
    gc.disable()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import django.core.checks  # noqa: F401  # takes as long as the parent needs to work out what to ask

    request = Request(**json.loads(sys.stdin.readline()))
    overlay = OverlayFinder({Path(path): _decoded(data) for path, data in (request.files | request.gathering).items()})
    sys.meta_path.insert(0, overlay)
    with output:
        problems = _problems_of(_load)
        stays = request.stays and not problems and can_be_doubled(request.gathering)
        # What was printed while it loaded is not to be printed by both.
        sys.stdout.flush()
        if stays and (double := os.fork()):
            wait_and_migrate(double, overlay, output, _labels(request))
            return
        json.dump(asdict(_answer(request, problems, stays=stays)), output)
        output.write("\n")
    # Taking hundreds of models apart, one by one, takes longer than looking for what they need.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _answer(request: Request, problems: list[str], *, stays: bool) -> Answer:
    problems = problems or _problems_of(_check)
    pending: list[str] = []
    migrations: dict[str, str] = {}
    if request.label and not problems:
        try:
            pending, migrations = _migrations(request)
        except Exception as error:
            problems = [_located(error)]
    return Answer(problems=problems, pending=pending, migrations=migrations, stays=stays)


def _problems_of(step: Callable[[], list[str]]) -> list[str]:
    try:
        return step()
    except Exception as error:
        return [_located(error)]


def _load() -> list[str]:
    import django

    django.setup()
    return []


def _check() -> list[str]:
    from django.core.checks import ERROR, run_checks

    return [str(message) for message in run_checks() if message.level >= ERROR and not message.is_silenced()]


def _decoded(data: str | None) -> bytes | None:
    return None if data is None else b64decode(data)


def _migrations(request: Request) -> tuple[list[str], dict[str, str]]:
    from django.db.migrations import Migration
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.writer import MigrationWriter

    label, labels = request.label, _labels(request)
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for each, leaves in loader.detect_conflicts().items():
        if each in labels:
            return [f"{each} has several last migrations ({', '.join(sorted(leaves))}): merge them first"], {}
    before = loader.project_state()
    renames = _renames(request, before)
    wanted = {(label, request.model), *((each, name) for each, name in request.beside)}
    models = near(wanted | changing(labels, before, request.reached), before)
    detector = MigrationAutodetector(of_models(before, models), loaded_state(models), _questioner(request))
    # An app has migrations though no model of it may be near: only the first one of an app is initial.
    detector.existing_apps = {app for app, _ in before.models}
    changes = detector.changes(graph=loader.graph, trim_to_apps=labels, convert_apps=labels)
    pending = list(_foreign(changes.items(), wanted))
    if pending:
        return pending, {}
    if renames and label not in changes:
        changes = detector.arrange_for_graph({label: [Migration("renamed", label)]}, loader.graph)
    for migration in changes.get(label, [])[:1]:
        _put_in_order(migration, renames)
    # Without its header, which holds the time, a migration is the same text in a dry run and in the real one.
    writers = [
        MigrationWriter(migration, include_header=False)
        for each in sorted(labels)
        for migration in changes.get(each, ())
    ]
    return [], {writer.path: writer.as_string() for writer in writers}


def _renames(request: Request, before: "ProjectState") -> "list[Operation]":
    """Rename fields in a state, and return the operations that do so; none where the model has no table yet."""
    from django.db.migrations import RenameField

    if (request.label, request.model) not in before.models:
        return []
    operations = [RenameField(request.model, old, new) for old, new in request.renames]
    for operation in operations:
        if operation.old_name not in before.models[request.label, request.model].fields:
            raise LookupError(
                f"the migrations of {request.label} know no field {operation.old_name} of {request.model}: "
                "run `manage.py makemigrations` first"
            )
        operation.state_forwards(request.label, before)
    return [*operations]


def _put_in_order(migration: "Migration", renames: "list[Operation]") -> None:
    """Let a migration take away what names an old column, then rename, then do the rest; it is named after that."""
    from django.db.migrations import RemoveConstraint, RemoveIndex

    gone = [each for each in migration.operations if isinstance(each, RemoveConstraint | RemoveIndex)]
    rest = [each for each in migration.operations if not isinstance(each, RemoveConstraint | RemoveIndex)]
    if renames:
        # What a reader looks for is the new name, not the constraints that are made anew with it.
        named = type(migration)(migration.name, migration.app_label)
        named.operations = [*renames, *rest]  # type: ignore[misc]  # the stubs take it for an attribute of the class
        migration.name = f"{migration.name.partition('_')[0]}_{named.suggest_name()}"
    migration.operations = [*gone, *renames, *rest]  # type: ignore[misc]  # as above


def _questioner(request: Request) -> "MigrationQuestioner":
    """Return who answers what Django asks about existing rows: with what the plan says, and with nothing else."""
    from django.db.migrations.questioner import MigrationQuestioner

    class Questioner(MigrationQuestioner):
        def ask_not_null_addition(self, field_name: str, model_name: str) -> object:
            return self._value(field_name)

        def ask_not_null_alteration(self, field_name: str, model_name: str) -> object:
            return self._value(field_name)

        def ask_auto_now_add_addition(self, field_name: str, model_name: str) -> object:
            from django.utils import timezone

            return timezone.now

        def _value(self, field_name: str) -> object:
            if field_name not in request.defaults:
                raise LookupError(
                    f"the rows of {request.model} that exist need a value for {field_name}: add "
                    f"--backfill {field_name}=VALUE, or run `manage.py makemigrations` and answer there"
                )
            bound: dict[str, object] = {}
            exec(request.defaults[field_name], bound)
            return bound["value"]

    return Questioner(specified_apps=_labels(request))


def _labels(request: Request) -> set[str]:
    return {request.label, *(label for label, _ in request.beside)}


def _foreign(changes: Iterable[tuple[str, list["Migration"]]], models: Collection[tuple[str, ...]]) -> Iterable[str]:
    """Yield in words what is to be migrated besides some models, each given by its label and its name in lower case."""
    for changed, migrations in changes:
        for migration in migrations:
            for operation in migration.operations:
                subject = str(getattr(operation, "model_name", None) or getattr(operation, "name", "")).lower()
                if (changed, subject) not in models:
                    yield f"{changed}: {operation.describe()}"


def _located(error: Exception) -> str:
    """Describe an exception with the innermost file of the project, or of whoever raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename and "<frozen" not in frame.filename]
    place = f" ({own[-1].filename}, line {own[-1].lineno})" if own else ""
    return f"{type(error).__name__}: {error}{place}"
