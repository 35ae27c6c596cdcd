"""What a run of `startlayer` puts into an app and into the project, as its ledgers keep it."""

import ast
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.removal.imports import added_imports
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.plan import Action, Change
from django_layers.scaffold.plans.start import StartLedger, read_start, start_change
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.stubs import is_stub
from django_layers.scaffold.rendering.artifacts import LAST_RANK
from django_layers.scaffold.rendering.render import Rendered

__all__ = ["keep_ledgers", "requests_of"]


def keep_ledgers(
    draft: Draft, project: Project, app: AppLayout, texts: Sequence[Rendered], *, installed: Sequence[str]
) -> None:
    """Put the ledgers of an app and of the project into a draft that is complete otherwise.

    Args:
        draft: the draft.
        project: the project as it was.
        app: the app.
        texts: everything that was rendered.
        installed: what was added to INSTALLED_APPS.
    """
    found = draft.plan().changes
    own = [rendered for rendered in texts if rendered.layer != "project"]
    ours = [rendered for rendered in texts if rendered.layer == "project"]
    app_ledger = StartLedger(
        created=_created(own, found),
        members=_added(own, found),
        replaced={
            change.path: (change.before or b"").decode()
            for change in found
            if change.action is Action.DELETE and is_stub(draft.root / change.path)
        },
        installed=tuple(entry for entry in installed if entry == app.package),
    )
    urls = next((change for change in found if change.path == project.urls_file and change.writes), None)
    project_ledger = StartLedger(
        created=_created(ours, found),
        installed=tuple(entry for entry in installed if entry != app.package),
        imports=_imports(urls) if urls is not None else (),
    )
    for folder, ledger in ((app.path, app_ledger), (project.layout.package_path, project_ledger)):
        earlier = read_start(draft.root, folder)
        whole = earlier.with_later(ledger) if earlier is not None else ledger
        if not whole.is_empty():
            draft.take([start_change(draft.root, folder, whole, rank=LAST_RANK)])


def requests_of(lines: Iterable[str]) -> tuple[ImportRequest, ...]:
    """Return the imports that a ledger keeps as lines."""
    requests = []
    for statement in ast.parse("\n".join(lines)).body:
        assert isinstance(statement, ast.Import | ast.ImportFrom)
        alias = statement.names[0]
        if isinstance(statement, ast.Import):
            requests.append(ImportRequest(alias.name, alias=alias.asname))
        else:
            module = "." * statement.level + (statement.module or "")
            requests.append(ImportRequest(module, (alias.name,), alias.asname))
    return tuple(requests)


def _created(texts: Iterable[Rendered], changes: Sequence[Change]) -> dict[PurePosixPath, str]:
    """The files that begin with what was rendered, where there was none or another before."""
    written = {change.path: change.after or b"" for change in changes if change.writes}
    new = {change.path for change in changes if change.action is Action.CREATE}
    return {
        each.path: each.text
        for each in texts
        if written.get(each.path) == each.text.encode() or (each.layer == "project" and each.path in new)
    }


def _added(texts: Iterable[Rendered], changes: Sequence[Change]) -> dict[PurePosixPath, str]:
    """What was added to files that had a content of their own."""
    edited = {change.path: change.after for change in changes if change.action is Action.EDIT}
    return {each.path: each.text for each in texts if each.path in edited and edited[each.path] != each.text.encode()}


def _imports(urls: Change) -> tuple[str, ...]:
    return tuple(request.code for request in added_imports(urls.before or b"", urls.after or b""))
