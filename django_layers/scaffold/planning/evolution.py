"""From what was generated for an entity to what is to be generated now: every file of it, merged with what was edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import django_layers
from django_layers.scaffold.edits.exports import add_export
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.decide import Decider
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.media import media_notices
from django_layers.scaffold.planning.undo.unwiring import remove_export_line, remove_router_line
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.planning.wiring import add_router_line
from django_layers.scaffold.plans.ledger import FileKind, Ledger, LedgerFile
from django_layers.scaffold.plans.ledger_changes import ledger_changes
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data, to_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.references import shown_notices, targets_of, unchecked_notices
from django_layers.scaffold.rendering.artifacts import APP, LAST_RANK
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import (
    Export,
    Rendered,
    entity_exports,
    entity_router_lines,
    render_app,
    render_entity,
)

__all__ = ["draft_evolution", "generated", "plan_evolution"]


def plan_evolution(
    project: Project, app: AppLayout, old: Ledger | None, entity: EntitySpec, *, facts: ProjectFacts, draft: Draft
) -> Plan:
    """Plan what takes an entity from one specification to another, through all of its files.

    Args:
        project: the project as it is.
        app: the layout of the entity's app.
        old: what was generated for it before; None where nothing was.
        entity: all that it is to be, judged already; its layers are those that it has afterwards.
        facts: the project, without what was generated for the entity.
        draft: what the run has decided already, such as names that it has changed in the user's files (`old` holds them
            too then), and what the reader has decided.

    Raises:
        InvalidRequest: the reader decided about a file or a member that there is not.
        UnboundNames: a planned file is wrong.
    """
    draft_evolution(project, app, old, entity, facts=facts, draft=draft)
    plan = draft.plan()
    verify(plan)
    return plan


def generated(project: Project, app: AppLayout, entity: EntitySpec, facts: ProjectFacts) -> Ledger:
    """Return what is generated for an entity, as its ledger would hold it; the arguments are those of `plan_evolution`."""
    targets = targets_of(entity, project, facts)
    texts = format_rendered(render_entity(entity, app, project.layout, targets, present=facts.present), project.layout)
    files = (
        LedgerFile(path=each.path, kind=FileKind.WHOLE if each.kind == "whole" else FileKind.SHARED, text=each.text)
        for each in texts
    )
    return _ledger(entity, files, None)


def draft_evolution(
    project: Project, app: AppLayout, old: Ledger | None, entity: EntitySpec, *, facts: ProjectFacts, draft: Draft
) -> None:
    """Decide on every file of an entity, in a draft that other entities may be part of; the arguments are the same."""
    targets = targets_of(entity, project, facts)
    own = render_entity(entity, app, project.layout, targets, present=facts.present)
    shared = _missing_app_files(draft, app, project, {rendered.layer for rendered in own})
    texts = _Texts.of(own, shared, old, project)
    for rendered in texts.shared:
        draft.write(rendered.path, rendered.text.encode(), rank=rendered.rank)
    style = ImportStyle(project.first_party, project.layout.line_length, project.layout.quote)
    files = _decided(Decider(draft, style), texts)
    for export in entity_exports(entity, app):
        _export(draft, project, export)
    for line in entity_router_lines(entity, app):
        add_router_line(draft, project, line)
    if old is not None:
        _unwire(draft, project, app, from_data(old.spec), entity)
    new = _ledger(entity, files, old)
    draft.take(ledger_changes(project.layout.root, app.path, new, rank=LAST_RANK))
    draft.notices += (*unchecked_notices(entity, targets), *shown_notices(entity, facts))
    draft.notices += media_notices(entity)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """What is generated, in today's layout.

    Attributes:
        own: the files of the entity, and its members of shared ones.
        shared: files of the app that are missing.
        bases: what was generated before, by path.
    """

    own: Sequence[Rendered]
    shared: Sequence[Rendered]
    bases: Mapping[PurePosixPath, LedgerFile] = field(default_factory=dict)

    @classmethod
    def of(cls, own: Sequence[Rendered], shared: Sequence[Rendered], old: Ledger | None, project: Project) -> "_Texts":
        """Format everything at once: the formatter takes longer to start than to work."""
        files = old.files if old is not None else ()
        bases = [_rendered(file) for file in files]
        formatted = format_rendered((*shared, *own, *bases), project.layout)
        start = len(shared) + len(own)
        return cls(
            shared=formatted[: len(shared)],
            own=formatted[len(shared) : start],
            bases={
                file.path: replace(file, text=rendered.text)
                for file, rendered in zip(files, formatted[start:], strict=True)
            },
        )


def _rendered(file: LedgerFile) -> Rendered:
    kind = "whole" if file.is_whole else "fragment"
    return Rendered(path=file.path, text=file.text, kind=kind, layer="", rank=0)  # type: ignore[arg-type]


def _decided(decider: Decider, texts: _Texts) -> Iterable[LedgerFile]:
    """Decide on every file, and return what the ledger is to keep of each."""
    files: list[LedgerFile] = []
    for rendered in texts.own:
        base = texts.bases.get(rendered.path)
        is_whole = rendered.kind == "whole"
        skipped = (decider.whole if is_whole else decider.part)(rendered, base)
        kind = FileKind.WHOLE if is_whole else FileKind.SHARED
        files.append(LedgerFile(path=rendered.path, kind=kind, text=rendered.text, skipped=skipped))
    there = {rendered.path for rendered in texts.own}
    for path, base in texts.bases.items():
        if path not in there:
            decider.gone(base, rank=LAST_RANK)
    return files


def _missing_app_files(draft: Draft, app: AppLayout, project: Project, layers: set[str]) -> tuple[Rendered, ...]:
    """Render what the app has lost of the files that the entity's own stand on."""
    wanted = {artifact.place(app)[0] for artifact in APP if artifact.layer in {*layers, "app"}}
    missing = {path for path in wanted if draft.lacks(path)}
    if not missing:
        return ()
    return tuple(rendered for rendered in render_app(app, project.layout) if rendered.path in missing)


def _export(draft: Draft, project: Project, export: Export) -> None:
    outcome = add_export(
        draft.read(export.path) or b"",
        module=export.module,
        names=export.names,
        first_party=project.first_party,
        line_length=project.layout.line_length,
        quote=project.layout.quote,
    )
    draft.edit(export.path, outcome, rank=export.rank)


def _unwire(draft: Draft, project: Project, app: AppLayout, old: EntitySpec, new: EntitySpec) -> None:
    """Take out what wired the layers that the entity no longer has."""
    for line in entity_router_lines(old, app):
        if line not in entity_router_lines(new, app):
            remove_router_line(draft, project, line, rank=LAST_RANK - line.rank)
    for export in entity_exports(old, app):
        if export not in entity_exports(new, app):
            remove_export_line(draft, project, export, rank=LAST_RANK - export.rank)


def _ledger(entity: EntitySpec, files: Iterable[LedgerFile], old: Ledger | None) -> Ledger:
    new = Ledger(
        entity=Name(entity.name, entity.plural).snake,
        generator=django_layers.__version__,
        spec=to_data(entity),
        files=tuple(files),
    )
    # A newer release that generates the same leaves no trace.
    unchanged = old is not None and {**old.spec} == new.spec and {*old.files} == {*new.files}
    return replace(new, generator=old.generator) if old is not None and unchanged else new
