"""Loads a project with planned files in place, in a process of its own: system checks, and the migration of a model.

The parent sends a request as JSON on standard input and reads the answer from standard output; whatever the project
prints while it loads goes to standard error.
"""

import json
import os
import sys
import traceback
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django_layers.scaffold.planning.overlay import OverlayFinder

if TYPE_CHECKING:
    from django.db.migrations import Migration

__all__ = ["BOOTSTRAP", "Answer", "Request", "main"]

BOOTSTRAP = (
    "import json, sys; request = json.load(sys.stdin); sys.path[:] = request['sys_path']; "
    "from django_layers.scaffold.planning.trial import main; main(request)"
)
"""What the process runs; the parent's import path is in place before anything of the project is imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to try.

    Attributes:
        sys_path: the import path of the parent.
        files: planned content in base64 by absolute path; None for a file that goes.
        label: the app whose migration is wanted; empty for none.
        model: the model whose migration is wanted, in lower case.
    """

    sys_path: list[str]
    files: dict[str, str | None]
    label: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it.

    Attributes:
        problems: errors of the system checks, or the exception that loading ended with.
        pending: changes of other models that have no migration yet.
        migrations: text of each new migration by absolute path.
    """

    problems: list[str]
    pending: list[str]
    migrations: dict[str, str]


def main(request_data: dict[str, object]) -> None:
    """Answer the request on the real standard output."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    request = Request(**request_data)  # type: ignore[arg-type]  # JSON of our own parent, written from a Request
    with output:
        json.dump(asdict(_answer(request)), output)


def _answer(request: Request) -> Answer:
    files = {Path(path): None if data is None else b64decode(data) for path, data in request.files.items()}
    sys.meta_path.insert(0, OverlayFinder(files))
    try:
        problems = _check()
        pending, migrations = _migrations(request) if request.label and not problems else ([], {})
    except Exception as error:
        problems, pending, migrations = [_located(error)], [], {}
    return Answer(problems=problems, pending=pending, migrations=migrations)


def _check() -> list[str]:
    import django
    from django.core.checks import ERROR, run_checks

    django.setup()
    return [str(message) for message in run_checks() if message.level >= ERROR and not message.is_silenced()]


def _migrations(request: Request) -> tuple[list[str], dict[str, str]]:
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.migrations.state import ProjectState
    from django.db.migrations.writer import MigrationWriter

    label = request.label
    loader = MigrationLoader(None, ignore_no_migrations=True)
    leaves = loader.detect_conflicts().get(label)
    if leaves:
        return [f"{label} has several last migrations ({', '.join(sorted(leaves))}): merge them first"], {}
    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner(specified_apps={label})
    )
    changes = detector.changes(graph=loader.graph, trim_to_apps={label}, convert_apps={label})
    pending = list(_foreign(changes.items(), label, request.model))
    if pending:
        return pending, {}
    # Without its header, which holds the time, a migration is the same text in a dry run and in the real one.
    writers = [MigrationWriter(migration, include_header=False) for migration in changes.get(label, ())]
    return [], {writer.path: writer.as_string() for writer in writers}


def _foreign(changes: Iterable[tuple[str, list["Migration"]]], label: str, model: str) -> Iterable[str]:
    """Yield in words what is to be migrated besides the one model."""
    for changed, migrations in changes:
        for migration in migrations:
            for operation in migration.operations:
                subject = str(getattr(operation, "model_name", None) or getattr(operation, "name", "")).lower()
                if changed != label or subject != model:
                    yield f"{changed}: {operation.describe()}"


def _located(error: Exception) -> str:
    """Describe an exception with the innermost file of the project, or of whoever raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename and "<frozen" not in frame.filename]
    place = f" ({own[-1].filename}, line {own[-1].lineno})" if own else ""
    return f"{type(error).__name__}: {error}{place}"
