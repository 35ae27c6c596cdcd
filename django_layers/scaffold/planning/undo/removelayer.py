"""The plan of `removelayer`: an app as it was before `startlayer`, and the project as it was before the first of them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django_layers.scaffold.edits.removal.installed_apps import remove_installed_app
from django_layers.scaffold.edits.removal.members import remove_members
from django_layers.scaffold.edits.removal.mount_api import unmount_api
from django_layers.scaffold.merging import is_unedited
from django_layers.scaffold.planning.addentity import layered_app
from django_layers.scaffold.planning.agents import take_out_agents
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.migration import check_loads
from django_layers.scaffold.planning.started import requests_of
from django_layers.scaffold.planning.undo.edited import put_in_question, undecided
from django_layers.scaffold.planning.undo.parts import Part, dotted_module, parts_of
from django_layers.scaffold.planning.undo.remaining_uses import remaining_uses
from django_layers.scaffold.planning.undo.unwiring import remove_router_line, take_removal
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.plans.ledger import FileKind, LedgerFile
from django_layers.scaffold.plans.ledger_reading import ledger_specs
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.plans.start import StartLedger, read_start, start_change, start_path
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.refusals import ProjectUnusable, StillUsed
from django_layers.scaffold.rendering.artifacts import APP, LAST_RANK
from django_layers.scaffold.rendering.render import app_router_line

__all__ = ["plan_removelayer"]

# What imports goes first: the project starts after each of the writes.
_URLS_RANK, _API_RANK, _SETTINGS_RANK, _FILES_RANK = 0, 5, 10, 20


def plan_removelayer(project: Project, label: str, *, force: frozenset[PurePosixPath] = frozenset()) -> Plan:
    """Plan the removal of the layers of an app.

    Args:
        project: the project as it is.
        label: the label of the app.
        force: edited files, or `PATH::member` for members of files that were there before, that go all the same.

    Raises:
        AppNotLayered: there is no such app, or it has no layers.
        ProjectUnusable: nobody knows what startlayer has written into it.
        StillUsed: the app has entities or files of its own, or something that stays uses what would go.
        InvalidRequest: nothing of it has a forced name.
        LedgerUnreadable: what was generated can't be known.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    app = layered_app(project, label)
    root = project.layout.root
    entities = [from_data(spec).name for spec in ledger_specs(root, app.path)]
    if entities:
        raise StillUsed(
            label, [f"It has the entity {name}: run removeentity {label}.{name} first." for name in entities]
        )
    ledger = read_start(root, app.path)
    if ledger is None:
        raise ProjectUnusable(
            f"{start_path(app.path)} is missing, so nobody knows what startlayer has written into {label}. Restore it "
            "from version control, or take the layers out by hand."
        )
    layers = _Layers(project=project, app=app, ledger=ledger, parts=_parts(root, app, ledger))
    edited = undecided(layers.parts, force)
    layers.refuse_strangers()
    draft = Draft(root)
    put_in_question(draft, edited)
    layers.take_out(draft)
    if not project.layered - {label}:
        _take_out_project(draft, project, layers.gone)
        take_out_agents(draft, rank=_FILES_RANK + LAST_RANK)
    plan = draft.plan()
    if plan.conflicts:
        return plan
    layers.refuse_uses(plan)
    verify(plan)
    check_loads(plan, project)
    return plan


def _parts(root: Path, app: AppLayout, ledger: StartLedger) -> tuple[Part, ...]:
    files = [LedgerFile(path=path, kind=FileKind.WHOLE, text=text) for path, text in ledger.created.items()]
    files += [LedgerFile.of(path, text) for path, text in ledger.members.items()]
    return parts_of(root, app, files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layers:
    """The layers of an app that are to go.

    Attributes:
        project: the project as it is.
        app: the app.
        ledger: what startlayer has put into it.
        parts: what is there of that.
    """

    project: Project
    app: AppLayout
    ledger: StartLedger
    parts: tuple[Part, ...]

    @property
    def gone(self) -> Mapping[str, str]:
        """The dotted names of what goes, each with the word that names it."""
        return {part.dotted: part.dotted.rpartition(".")[2] for part in self.parts}

    def refuse_strangers(self) -> None:
        """Refuse to take a package away from files that somebody else put into it."""
        root = self.project.layout.root
        packages = [path.parent for path in self.ledger.created if path.name == "__init__.py"]
        own = {*self.ledger.created, *self.ledger.members}
        strangers = sorted({path for package in packages for path in _files(root, package)} - own)
        if strangers:
            raise StillUsed(
                self.app.label,
                [f"{path} is not from startlayer: move it out of there, or delete it." for path in strangers],
            )

    def take_out(self, draft: Draft) -> None:
        """Put the removal into a draft."""
        project, layout = self.project, self.project.layout
        remove_router_line(draft, project, app_router_line(self.app, layout), rank=_API_RANK)
        # An entry that was pasted by hand would name a package that is gone.
        is_new = self.app.path / "__init__.py" in self.ledger.created
        for entry in dict.fromkeys((*self.ledger.installed, *([self.app.package] if is_new else []))):
            _uninstall(draft, project, entry)
        for path, text in self.ledger.members.items():
            content = draft.read(path)
            if content is not None:
                outcome = remove_members(
                    content, text.encode(), first_party=project.first_party, line_length=layout.line_length
                )
                take_removal(draft, path, outcome, rank=self._rank(path))
        for path in self.ledger.created:
            if draft.read(path) is not None:
                draft.delete(path, rank=self._rank(path))
        for path, text in self.ledger.replaced.items():
            if draft.read(path) is None:
                draft.write(path, text.encode(), rank=_FILES_RANK + LAST_RANK)
        draft.take([start_change(draft.root, self.app.path, None, rank=_FILES_RANK + LAST_RANK)])

    def refuse_uses(self, plan: Plan) -> None:
        """Refuse to take out what something that stays uses."""
        places = {part.dotted: part.place for part in self.parts}
        uses = remaining_uses(plan, self.gone, self.project.apps)
        if uses:
            raise StillUsed(
                self.app.label, [f"{use} uses {places[use.target]}: take that line out first." for use in uses]
            )

    def _rank(self, path: PurePosixPath) -> int:
        places = {artifact.place(self.app)[0]: artifact.rank for artifact in APP}
        return _FILES_RANK + LAST_RANK - places.get(path, LAST_RANK)


def _take_out_project(draft: Draft, project: Project, gone: Mapping[str, str]) -> None:
    """Put the removal of what the first app brought into the project into a draft; what was edited stays.

    What stays goes on using the rest, so that stays too.
    """
    layout = project.layout
    ledger = read_start(draft.root, layout.package_path)
    if ledger is None:
        return
    package = AppLayout(label="", package=layout.package, path=layout.package_path)
    there = {path: content for path in ledger.created if (content := draft.read(path)) is not None}
    kept = {path for path, content in there.items() if not is_unedited(content, ledger.created[path].encode())}
    api = layout.package_path / "api.py"
    while used := _used_of_project(draft, package, there.keys() - kept, project):
        kept |= used
    is_mounted = api in kept or (api not in there and not draft.lacks(api))
    if not is_mounted:
        _unmount(draft, project, ledger)
    for path in there.keys() - kept:
        draft.delete(path, rank=_API_RANK + 1 if path == api else _FILES_RANK + LAST_RANK)
    for entry in ledger.installed if not is_mounted else ():
        _uninstall(draft, project, entry)
    draft.notices += (f"{path} stays, since it was edited or is still used." for path in sorted(kept))
    draft.take([start_change(draft.root, layout.package_path, None, rank=_FILES_RANK + LAST_RANK)])


def _used_of_project(
    draft: Draft, package: AppLayout, going: Iterable[PurePosixPath], project: Project
) -> set[PurePosixPath]:
    """Return which of the files that are to go are used by something that stays, besides the mount in the root urls."""
    modules = {dotted_module(path, package): path for path in going if path.suffix == ".py"}
    trial = Draft(draft.root)
    for change in draft.plan().changes:
        if change.writes and change.after is None:
            trial.delete(change.path, rank=0)
        elif change.writes and change.after is not None:
            trial.write(change.path, change.after, rank=0)
    for path in going:
        trial.delete(path, rank=0)
    uses = remaining_uses(trial.plan(), {name: name.rpartition(".")[2] for name in modules}, project.apps)
    api = package.path / "api.py"
    return {path for use in uses if (path := modules[use.target]) != api or use.path != project.urls_file}


def _unmount(draft: Draft, project: Project, ledger: StartLedger) -> None:
    if not ledger.imports:
        return
    layout, urls = project.layout, project.urls_file
    outcome = unmount_api(
        draft.read(urls) or b"",
        import_module=f"{layout.package}.api",
        imports=requests_of(ledger.imports),
        first_party=project.first_party,
        line_length=layout.line_length,
    )
    take_removal(draft, urls, outcome, rank=_URLS_RANK)


def _uninstall(draft: Draft, project: Project, entry: str) -> None:
    file = project.settings_file
    content = draft.read(file) if file is not None else None
    if file is None or content is None:
        draft.notices.append(f'Take "{entry}" out of INSTALLED_APPS: the settings are not below the root.')
    else:
        take_removal(draft, file, remove_installed_app(content, entry), rank=_SETTINGS_RANK)


def _files(root: Path, folder: PurePosixPath) -> Iterator[PurePosixPath]:
    for place, folders, names in os.walk(root / folder):
        folders[:] = [name for name in folders if name not in {"__pycache__", ".layers"}]
        base = PurePosixPath(Path(place).relative_to(root).as_posix())
        yield from (base / name for name in names if not name.endswith(".pyc"))
