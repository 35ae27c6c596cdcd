"""What `startlayer` has written, brought to the templates of today: the files of apps, and those of the project."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.planning.decide import Decider
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.ledger import FileKind, LedgerFile
from django_layers.scaffold.plans.start import read_start, start_change
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.rendering.artifacts import LAST_RANK
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import Rendered, render_app, render_project

__all__ = ["draft_start"]


def draft_start(project: Project, apps: Iterable[AppLayout], draft: Draft, *, with_project: bool) -> None:
    """Decide on every file that `startlayer` has written and would write otherwise today.

    What is no file of its any more, or was there before it, is none of it.

    Args:
        project: the project as it is.
        apps: the apps.
        draft: takes the changes, and those of the ledgers.
        with_project: whether the files of the project are among them.

    Raises:
        LedgerUnreadable: what was written can't be known.
        InvalidRequest: the reader decided about a member that there is not.
    """
    layout = project.layout
    for app in apps:
        _draft(project, app.path, render_app(app, layout), draft)
    if with_project:
        start = read_start(draft.root, layout.package_path)
        api = start.created.get(layout.package_path / "api.py", "") if start is not None else ""
        _draft(project, layout.package_path, render_project(replace(layout, title=_title(api) or layout.title)), draft)


def _draft(project: Project, folder: PurePosixPath, rendered: Sequence[Rendered], draft: Draft) -> None:
    ledger = read_start(draft.root, folder)
    if ledger is None:
        return
    kinds = {FileKind.WHOLE: ledger.created, FileKind.SHARED: ledger.members}
    known = [each for each in rendered if any(each.path in texts for texts in kinds.values())]
    bases = [replace(each, text=_text(kinds.values(), each.path)) for each in known]
    formatted = format_rendered((*known, *bases), project.layout)
    decider = Decider(draft, ImportStyle(project.first_party, project.layout.line_length, project.layout.quote))
    texts = {kind: dict(found) for kind, found in kinds.items()}
    for new, old in zip(formatted[: len(known)], formatted[len(known) :], strict=True):
        if new.text == old.text:
            continue
        kind = FileKind.WHOLE if new.path in ledger.created else FileKind.SHARED
        decide = decider.whole if kind is FileKind.WHOLE else decider.part
        decide(new, LedgerFile(path=new.path, kind=kind, text=old.text))
        texts[kind][new.path] = new.text
    after = replace(ledger, created=texts[FileKind.WHOLE], members=texts[FileKind.SHARED])
    if after != ledger:
        draft.take([start_change(draft.root, folder, after, rank=LAST_RANK)])


def _title(api: str) -> str | None:
    """Return what the API was called when it was written: it is named after a folder, and a clone may be in another."""
    for node in ast.walk(ast.parse(api)):
        match node:
            case ast.keyword(arg="title", value=ast.Constant(value=str() as title)):
                return title
    return None


def _text(kinds: Iterable[Mapping[PurePosixPath, str]], path: PurePosixPath) -> str:
    return next(texts[path] for texts in kinds if path in texts)
