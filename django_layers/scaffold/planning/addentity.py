"""The plan of `addentity`: one entity through all layers and its tests."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import django_layers
from django_layers.scaffold.edits.exports import add_export
from django_layers.scaffold.language.grammar import command_line
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.decide import decide_fragment, decide_whole
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.lint import with_suppressions
from django_layers.scaffold.planning.media import media_notices
from django_layers.scaffold.planning.migration import MIGRATION_RANK, migration_changes
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.planning.wiring import add_router_line
from django_layers.scaffold.plans.ledger import FileKind, Ledger, LedgerFile, ledger_changes, read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data, to_data
from django_layers.scaffold.project.apps import has_layers
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.references import shown_notices, targets_of, unchecked_notices
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import AppNotLayered, InvalidRequest
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
from django_layers.scaffold.request.entity_request import EntityRequest
from django_layers.scaffold.request.layers import LAYER_NAMES

__all__ = ["plan_addentity", "with_migration"]


def plan_addentity(
    project: Project,
    request: EntityRequest,
    *,
    force: frozenset[PurePosixPath] = frozenset(),
) -> Plan:
    """Plan an entity.

    Args:
        project: the project as it is.
        request: what is asked for.
        force: files that may be overwritten whatever is in them, relative to the root.

    Raises:
        InvalidRequest: there can be no such entity; every problem is listed.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for it can't be known.
        UnboundNames: a planned file is wrong, which is a defect.
    """
    entity = request.entity
    facts = project_facts(project, entity)
    problems = request.all_problems(facts)
    if problems:
        raise InvalidRequest([str(problem) for problem in problems])
    layout = project.layout
    app = _layered_app(project, entity.app_label)
    name = Name(entity.name, entity.plural).snake
    ledger = read_ledger(layout.root, app.path, name)
    _refuse_another(entity, ledger)
    targets = targets_of(entity, project, facts)
    draft = Draft(layout.root, force)
    own = render_entity(entity, app, layout, targets, present=facts.present)
    shared = _missing_app_files(draft, app, project, {rendered.layer for rendered in own})
    texts = format_rendered((*shared, *own), layout)
    for rendered in texts[: len(shared)]:
        draft.write(rendered.path, rendered.text.encode(), rank=rendered.rank)
    for rendered in texts[len(shared) :]:
        if rendered.kind == "whole":
            decide_whole(draft, rendered, ledger)
        else:
            decide_fragment(draft, rendered, ledger, first_party=project.first_party, line_length=layout.line_length)
    for export in entity_exports(entity, app):
        _export(draft, project, export)
    for line in entity_router_lines(entity, app):
        add_router_line(draft, project, line)
    new = _ledger(entity, name, texts[len(shared) :], ledger)
    draft.take(ledger_changes(layout.root, app.path, new, rank=LAST_RANK))
    draft.notices += (*unchecked_notices(entity, targets), *shown_notices(entity, facts))
    draft.notices += media_notices(entity)
    plan = draft.plan()
    verify(plan)
    return plan


def with_migration(plan: Plan, entity: EntitySpec, project: Project) -> Plan:
    """Return the plan with the migration of its entity, as the project's formatter would have it.

    Raises:
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    changes = migration_changes(plan, label=entity.app_label, model=entity.name)
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


def _refuse_another(entity: EntitySpec, ledger: Ledger | None) -> None:
    """Refuse to make an entity anew that was asked for differently: what the new request leaves out would be lost."""
    if ledger is None:
        return
    earlier = from_data(ledger.spec)
    if replace(earlier, layers=entity.layers) != entity:
        raise InvalidRequest(
            [
                f"{entity.name}: there is an entity of this name in {entity.app_label} already, which was asked for "
                "differently. Change its files by hand, or find another name. It was: addentity "
                + shlex.join(command_line(earlier))
            ]
        )


def _layered_app(project: Project, label: str) -> AppLayout:
    app = project.app(label)
    if app is None or not has_layers(project.layout.root, app):
        raise AppNotLayered(label)
    return app


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


def _all_layers(entity: EntitySpec, old: Ledger | None) -> frozenset[str]:
    """Return the layers of this run and of those before; none where that makes all of them."""
    earlier = from_data(old.spec).layers if old is not None else entity.layers
    layers = entity.layers | earlier if entity.layers and earlier else frozenset()
    return frozenset() if layers == frozenset(LAYER_NAMES) else layers


def _ledger(entity: EntitySpec, name: str, texts: Sequence[Rendered], old: Ledger | None) -> Ledger:
    """Return the new ledger: what is generated now, and what an earlier run with other layers has generated."""
    files = {
        rendered.path: LedgerFile(
            path=rendered.path,
            kind=FileKind.WHOLE if rendered.kind == "whole" else FileKind.SHARED,
            text=rendered.text,
        )
        for rendered in texts
    }
    earlier = {file.path: file for file in old.files} if old is not None else {}
    new = Ledger(
        entity=name,
        generator=django_layers.__version__,
        spec=to_data(replace(entity, layers=_all_layers(entity, old))),
        files=tuple((earlier | files).values()),
    )
    # A newer release that generates the same leaves no trace.
    unchanged = old is not None and {**old.spec} == new.spec and earlier == {**earlier, **files}
    return replace(new, generator=old.generator) if old is not None and unchanged else new
