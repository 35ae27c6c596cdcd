"""The edits that make a project forget an app or an entity: the mirror image of `planning.wiring`."""

from pathlib import PurePosixPath

from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.outcome import Cannot, Removal
from django_layers.scaffold.edits.removal.exports import remove_export
from django_layers.scaffold.edits.removal.routers import remove_router
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.rendering.render import Export, RouterLine

__all__ = ["remove_export_line", "remove_router_line", "take_removal"]


def remove_router_line(draft: Draft, project: Project, line: RouterLine, *, rank: int) -> None:
    """Take a router off the API object of the project, or off the router of an app."""
    content = draft.read(line.path)
    if content is None:
        return
    outcome = remove_router(
        content,
        target=line.target,
        router_expression=line.expression,
        import_=ImportRequest(line.module, (line.name,), line.alias or None),
        first_party=project.first_party,
        line_length=project.layout.line_length,
    )
    take_removal(draft, line.path, outcome, rank=rank)


def remove_export_line(draft: Draft, project: Project, export: Export, *, rank: int) -> None:
    """Take re-exported names out of a package."""
    content = draft.read(export.path)
    if content is None:
        return
    outcome = remove_export(
        content,
        module=export.module,
        names=export.names,
        first_party=project.first_party,
        line_length=project.layout.line_length,
    )
    take_removal(draft, export.path, outcome, rank=rank)


def take_removal(draft: Draft, path: PurePosixPath, outcome: Removal, *, rank: int) -> None:
    """Take over what a removal came to: what can't be taken out with certainty stops the run.

    Half a removal would leave a project that does not start.
    """
    if isinstance(outcome, Cannot):
        lines = " ".join(outcome.paste.split())
        draft.conflict(path, f"{outcome.reason[:1].upper()}{outcome.reason[1:]}: {lines}. Then run this again.")
    else:
        draft.edit(path, outcome, rank=rank)
