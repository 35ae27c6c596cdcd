"""A plan while it is being made: the disk as read once, with the decisions of the run on top."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done, NotThere, Outcome, Removal
from django_layers.scaffold.errors import ScaffoldError
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.merging import Conflict
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["Draft"]


@dataclass(slots=True)
class _File:
    before: bytes | None
    after: bytes | None
    action: Action = Action.IDENTICAL
    reason: str = ""
    conflicts: tuple[Conflict, ...] = ()
    rank: int = 0
    joined: bool = False


@dataclass(slots=True)
class Draft:
    """Collects what happens to each file, however many edits it takes, and becomes a plan.

    Attributes:
        root: the root of the project.
        decisions: what the reader decided about files.
        notices: sentences for the reader.
        kept: the files that stay as they are, whatever is generated for them now.
    """

    root: Path
    decisions: Decisions = field(default_factory=Decisions)
    notices: list[str] = field(default_factory=list)
    kept: frozenset[PurePosixPath] = frozenset()
    _files: dict[PurePosixPath, _File] = field(default_factory=dict)
    _manual: list[Change] = field(default_factory=list)
    _others: list[Change] = field(default_factory=list)

    def read(self, path: PurePosixPath) -> bytes | None:
        """Return what a file holds after the decisions so far; None where there is none."""
        return self._file(path).after

    def glance(self, path: PurePosixPath) -> bytes | None:
        """Return what a file holds after the decisions so far; looking is no reason to mention it in the plan."""
        return self._files[path].after if path in self._files else _content(self.root / path)

    def lacks(self, path: PurePosixPath) -> bool:
        """Tell whether there is no such file so far; asking is no reason to mention it in the plan."""
        return self._files[path].after is None if path in self._files else not (self.root / path).exists()

    def is_new(self, path: PurePosixPath) -> bool:
        """Tell whether there is no such file on the disk."""
        return self._file(path).before is None

    def write(
        self, path: PurePosixPath, content: bytes, *, rank: int, action: Action = Action.EDIT, joined: bool = False
    ) -> None:
        """Decide on the whole content of a file.

        Args:
            path: the file.
            content: all that it will hold.
            rank: its place in the order of writing; the latest of several counts.
            action: what it is called where the file exists and changes.
            joined: whether edits of the user's and what is generated were joined.
        """
        file = self._file(path)
        file.after, file.rank, file.joined = content, max(file.rank, rank), file.joined or joined
        if file.before is None:
            file.action = Action.CREATE
        elif file.before == content:
            file.action = Action.IDENTICAL
        else:
            file.action = action

    def mark(self, path: PurePosixPath, content: bytes, *, rank: int, conflicts: tuple[Conflict, ...]) -> None:
        """Decide on the content of a file that has markers around its members in conflict."""
        self.write(path, content, rank=rank, action=Action.MERGE)
        self._file(path).conflicts = conflicts

    def keep(self, path: PurePosixPath) -> None:
        """Mention a file that stays as it is."""
        self._file(path)

    def delete(self, path: PurePosixPath, *, rank: int) -> None:
        """Decide that a file goes."""
        file = self._file(path)
        file.after, file.action, file.rank = None, Action.DELETE, rank

    def conflict(self, path: PurePosixPath, reason: str, *, conflicts: tuple[Conflict, ...] = ()) -> None:
        """Say that a file stops the run, why, and which of its members are in conflict."""
        file = self._file(path)
        file.after, file.action, file.reason, file.conflicts = None, Action.CONFLICT, reason, conflicts

    def edit(self, path: PurePosixPath, outcome: Outcome | Removal, *, rank: int) -> None:
        """Take over what an edit of a file came to: where it can't be made, its lines are for the reader to paste.

        A file in conflict stays so: the run stops because of it, whatever else would be added to it.
        """
        if self._file(path).action is Action.CONFLICT:
            return
        match outcome:
            case Done(source):
                self.write(path, source, rank=rank)
            case AlreadyThere() | NotThere():
                self.keep(path)
            case Cannot(reason, paste):
                self.manual(path, reason, paste)

    def manual(self, path: PurePosixPath, reason: str, paste: str) -> None:
        """Say what the reader has to do to a file by hand."""
        before = self._file(path).before
        self._manual.append(
            Change(action=Action.MANUAL, path=path, before=before, after=None, reason=reason, paste=paste)
        )

    def take(self, changes: Iterable[Change]) -> None:
        """Take over changes of files that are decided on as a whole elsewhere; they are shown last."""
        self._others += changes

    def plan(self) -> Plan:
        """Return the plan: what is written first comes first, what needs hands comes last.

        Raises:
            InvalidRequest: a file that the reader decided about is none of the plan.
        """
        changes = sorted(self._files.items(), key=lambda item: (item[1].rank, item[0]))
        manual = {change.path for change in self._manual}
        plan = Plan(
            root=self.root,
            changes=(
                *(
                    self._change(path, file)
                    for path, file in changes
                    # A file that needs hands is not called identical because nothing else happens to it.
                    if file.action is not Action.IDENTICAL or (file.before is not None and path not in manual)
                ),
                *self._others,
                *self._manual,
            ),
            notices=tuple(dict.fromkeys(self.notices)),
        )
        self._refuse_unknown(plan)
        return plan

    def _refuse_unknown(self, plan: Plan) -> None:
        paths = {str(change.path) for change in plan.changes}
        problems = [
            f"{option} {path}: this command has no such file. "
            + did_you_mean(str(path), paths, otherwise="Name a file as the plan does, from the root of the project.")
            for option, path in sorted(self.decisions.options())
            if str(path) not in paths
        ]
        if problems:
            raise InvalidRequest(problems)

    def _file(self, path: PurePosixPath) -> _File:
        if path not in self._files:
            content = _content(self.root / path)
            self._files[path] = _File(before=content, after=content)
        return self._files[path]

    @staticmethod
    def _change(path: PurePosixPath, file: _File) -> Change:
        return Change(
            action=file.action,
            path=path,
            before=file.before,
            after=file.after,
            reason=file.reason,
            conflicts=file.conflicts,
            rank=file.rank,
            joined=file.joined,
        )


def _content(path: Path) -> bytes | None:
    if path.is_dir():
        raise ScaffoldError(f"{path} is a folder, but a file of this name is to be written.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ScaffoldError(f"{path} can't be read: {error.strerror}.") from error
