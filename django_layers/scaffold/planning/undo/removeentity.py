"""The plan of `removeentity`: what was generated for an entity goes, and what was edited goes only if that is said."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django_layers.scaffold.edits.members import read_fragment
from django_layers.scaffold.edits.removal.members import remove_members
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.known_entity import known_ledger, named_entity
from django_layers.scaffold.planning.migration import check_loads, loadable
from django_layers.scaffold.planning.migrator import Migrator
from django_layers.scaffold.planning.undo.edited import put_in_question, undecided
from django_layers.scaffold.planning.undo.kept import asked_for, with_what_they_use
from django_layers.scaffold.planning.undo.migrations_of import migrations_of
from django_layers.scaffold.planning.undo.parts import Part, dotted_module, parts_of
from django_layers.scaffold.planning.undo.referrers import referrers
from django_layers.scaffold.planning.undo.remaining_uses import RemainingUse, remaining_uses
from django_layers.scaffold.planning.undo.unwiring import remove_export_line, remove_router_line, take_removal
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.plans.ledger import Ledger, LedgerFile
from django_layers.scaffold.plans.ledger_changes import ledger_removal
from django_layers.scaffold.plans.ledger_reading import ledger_specs, read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.refusals import StillUsed
from django_layers.scaffold.rendering.artifacts import ENTITY, LAST_RANK
from django_layers.scaffold.rendering.render import entity_exports, entity_router_lines

__all__ = ["plan_removeentity"]


def plan_removeentity(
    project: Project,
    name: str,
    *,
    app_label: str | None,
    force: frozenset[PurePosixPath] = frozenset(),
    keep_edited: bool = False,
    migrator: Migrator | None = None,
) -> Plan:
    """Plan the removal of an entity.

    Args:
        project: the project as it is.
        name: "Rating" or "recipes.Rating".
        app_label: the label of the app; None where it is to be found out.
        force: edited files, or `PATH::member` for members of shared ones, that go all the same.
        keep_edited: whether what was edited stays, with what it uses.
        migrator: who is to migrate afterwards, where the plan is to have the migration that drops the table.

    Raises:
        InvalidRequest: there is no such entity, or nothing of it has a forced name.
        AppNotLayered: its app has no layers.
        StillUsed: something that stays refers to the entity or uses what would go.
        LedgerUnreadable: what was generated can't be known.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
        PendingMigrations: other models have changes without a migration.
    """
    app, name = named_entity(project, name, app_label)
    ledger = known_ledger(project, app, name)
    undoing = _Undoing.of(project, app, ledger)
    edited = undecided(undoing.parts, force)
    undoing.refuse_referred()
    kept = undoing.kept(edited) if keep_edited else ()
    plan = undoing.plan(kept, () if keep_edited else edited)
    if plan.conflicts:
        return plan
    plan = undoing.with_shared_values(plan, kept)
    verify(plan)
    if not undoing.goes(undoing.model, kept):
        check_loads(plan, undoing.project)
        return plan
    return _with_migration(plan, undoing, migrator=migrator)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undoing:
    """An entity that is to go.

    Attributes:
        project: the project as it is.
        app: the app of the entity.
        ledger: what was generated.
        spec: the entity.
        parts: what is there of it.
        exports: dotted names under which parts are to be had besides their own, and those.
    """

    project: Project
    app: AppLayout
    ledger: Ledger
    spec: EntitySpec
    parts: tuple[Part, ...]
    exports: Mapping[str, str]

    @classmethod
    def of(cls, project: Project, app: AppLayout, ledger: Ledger) -> "_Undoing":
        spec = from_data(ledger.spec)
        exports = {
            f"{export.module.rpartition('.')[0]}.{name}": export.module
            for export in entity_exports(spec, app)
            for name in export.names
        }
        shared = _members_of_others(project, app, ledger)
        parts = [part for part in parts_of(project.layout.root, app, ledger.files) if part.dotted not in shared]
        return cls(project=project, app=app, ledger=ledger, spec=spec, parts=tuple(parts), exports=exports)

    @property
    def label(self) -> str:
        return f"{self.spec.app_label}.{self.spec.name}"

    def goes(self, dotted: str, kept: Iterable[Part]) -> bool:
        return dotted in {part.dotted for part in self.parts} - {part.dotted for part in kept}

    @property
    def model(self) -> str:
        """The dotted name of the part that holds the model."""
        module = self.app.module("models", Name(self.spec.name, self.spec.plural).snake)
        return f"{module}.{self.spec.name}" if "models" in self.app.single_modules else module

    def refuse_referred(self) -> None:
        """Refuse to take out what another entity or model refers to."""
        found = referrers(self.project, self.label)
        if found:
            raise StillUsed(
                self.label,
                [f"{each} refers to it: remove that first, or let it refer to something else." for each in found],
            )

    def kept(self, edited: Iterable[Part]) -> tuple[Part, ...]:
        """Return what stays where everything edited does."""
        return with_what_they_use(edited, self.parts, self.exports, asked_for(self.app, self.ledger.entity))

    def plan(self, kept: Iterable[Part], in_question: Sequence[Part]) -> Plan:
        """Return what a run would do, with a conflict for each part that nobody has decided about."""
        draft = Draft(self.project.layout.root)
        staying = {part.dotted for part in kept}
        for line in entity_router_lines(self.spec, self.app):
            if f"{line.module}.{line.name}" in staying:
                draft.keep(line.path)
            else:
                remove_router_line(draft, self.project, line, rank=LAST_RANK - line.rank)
        for export in entity_exports(self.spec, self.app):
            if export.module in staying:
                draft.keep(export.path)
            else:
                remove_export_line(draft, self.project, export, rank=LAST_RANK - export.rank)
        draft.notices += self._asking(kept)
        put_in_question(draft, in_question, other_way=", or keep it and what it uses with --keep-edited")
        for file in self.ledger.files:
            going = {part.member for part in self.parts if part.path == file.path and part.dotted not in staying}
            self._remove(draft, file, going)
        changes = ledger_removal(self.project.layout.root, self.app.path, self.ledger.entity, rank=LAST_RANK)
        draft.take(changes)
        return draft.plan()

    def _asking(self, kept: Iterable[Part]) -> Iterator[str]:
        """Say which endpoints stay for the sake of a test that does not import them."""
        staying = {part.path for part in kept}
        unedited = {part.path for part in kept if not part.is_edited}
        for test, endpoints in asked_for(self.app, self.ledger.entity).items():
            if test in staying and endpoints in unedited:
                yield f"{endpoints} stays with what it uses: {test} asks for its endpoints."

    def with_shared_values(self, plan: Plan, kept: tuple[Part, ...]) -> Plan:
        """Return the plan, with the enumerations and value types that something else uses left where they are.

        Raises:
            StillUsed: something else that goes is used.
        """
        uses = self._remaining_uses(plan, kept)
        types = self.app.file("types", "")
        shared = {part.dotted: part for part in self.parts if part.path == types and part.member}
        others = [use for use in uses if use.target not in shared]
        if others:
            raise StillUsed(self.label, [self._sentence(use) for use in others])
        if not uses:
            return plan
        staying = [shared[target] for target in dict.fromkeys(use.target for use in uses)]
        plan = self.plan((*kept, *staying), ())
        notices = [
            f"{part.place} stays: {', '.join(str(use) for use in uses if use.target == part.dotted)} uses it."
            for part in staying
        ]
        return replace(plan, notices=(*plan.notices, *notices))

    def _remove(self, draft: Draft, file: LedgerFile, going: Collection[str]) -> None:
        content = draft.read(file.path)
        if content is None:
            return
        rank = LAST_RANK - self._rank(file.path)
        if not going:
            draft.keep(file.path)
        elif file.is_whole:
            draft.delete(file.path, rank=rank)
        else:
            outcome = remove_members(
                content,
                file.text.encode(),
                going,
                first_party=self.project.first_party,
                line_length=self.project.layout.line_length,
            )
            take_removal(draft, file.path, outcome, rank=rank)

    def _rank(self, path: PurePosixPath) -> int:
        places = {artifact.place(self.app, self.ledger.entity)[0]: artifact.rank for artifact in ENTITY}
        return places.get(path, LAST_RANK)

    def _remaining_uses(self, plan: Plan, kept: Iterable[Part]) -> tuple[RemainingUse, ...]:
        staying = {part.dotted for part in kept}
        gone = {part.dotted: part.dotted.rpartition(".")[2] for part in self.parts if part.dotted not in staying}
        gone |= {name: name.rpartition(".")[2] for name, module in self.exports.items() if module in gone}
        if self.model in gone:
            gone[self.label] = self.spec.name
        return remaining_uses(plan, gone, self.project.apps)

    def _sentence(self, use: RemainingUse) -> str:
        target = self.exports.get(use.target, use.target)
        places = {part.dotted: part.place for part in self.parts} | {self.label: f"the model {self.label}"}
        return f"{use} uses {places[target]}: take that line out first."


def _members_of_others(project: Project, app: AppLayout, ledger: Ledger) -> frozenset[str]:
    """Return the dotted names of members of shared files that another entity of the app has too."""
    root = project.layout.root
    specs = map(from_data, ledger_specs(root, app.path))
    names = {Name(spec.name, spec.plural).snake for spec in specs} - {ledger.entity}
    own = {file.path for file in ledger.files if not file.is_whole}
    return frozenset(
        f"{dotted_module(file.path, app)}.{piece.name}"
        for name in names
        if (other := read_ledger(root, app.path, name)) is not None
        for file in other.files
        if not file.is_whole and file.path in own
        for piece in read_fragment(file.text.encode())[1]
    )


def _with_migration(plan: Plan, undoing: _Undoing, *, migrator: Migrator | None) -> Plan:
    """Return the plan with what is to be said and done about the table of the model that goes."""
    holding = migrations_of(plan.root, undoing.app, undoing.spec.name)
    if not holding:
        check_loads(plan, undoing.project)
        return plan
    listed = ", ".join(map(str, holding))
    label = undoing.spec.app_label
    if migrator is not None:
        notice = (
            f"The new migration drops the table of {undoing.label}, and every row that is in it. It stays in {listed}."
        )
        plan = replace(plan, notices=(*plan.notices, notice))
        return loadable(plan, undoing.spec, undoing.project, migrator=migrator)
    check_loads(plan, undoing.project)
    notice = (
        f"The table of {undoing.label} and its migrations stay: {listed}. To drop the table, and every row that is in it: "
        f"python manage.py makemigrations {label} && python manage.py migrate {label}"
    )
    return replace(plan, notices=(*plan.notices, notice))
