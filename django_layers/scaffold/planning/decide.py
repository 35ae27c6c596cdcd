"""What happens to a file that an entity is rendered into: written, merged with its author's edits, or a conflict."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.members import add_members
from django_layers.scaffold.edits.outcome import Cannot, Done
from django_layers.scaffold.edits.removal.members import remove_members
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.merging import (
    Choice,
    Conflict,
    Merged,
    Unmergeable,
    first_marker,
    is_unedited,
    member_paths,
    merge,
    says_the_same,
    with_markers,
)
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.ledger import LedgerFile
from django_layers.scaffold.plans.plan import Action
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.rendering.render import Rendered

__all__ = ["Decider"]


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides on the files of an entity, one after the other.

    Every method returns the members whose changes did not land, since they were deleted by hand, and that nobody has
    decided about yet: those of this run, and those of earlier ones.

    Attributes:
        draft: takes what is decided; its decisions are what the reader said.
        style: how imports are written.
    """

    draft: Draft
    style: ImportStyle

    def whole(self, rendered: Rendered, base: LedgerFile | None) -> tuple[str, ...]:
        """Decide on a file of the entity's own.

        Args:
            rendered: the file as it is generated now.
            base: the file as it was generated before; None where it was not.
        """
        draft, path, text = self.draft, rendered.path, rendered.text.encode()
        content = draft.read(path)
        choice = draft.decisions.about(path)
        if path in draft.kept:
            draft.keep(path)
            return ()
        if content is None and (base is None or choice is Choice.THEIRS):
            draft.write(path, text, rank=rendered.rank)
        elif content is None:
            draft.notices.append(
                f"{path} was deleted by hand and stays so; --theirs {path} writes it again, as it is generated now."
            )
        elif path in draft.decisions.force:
            draft.write(path, text, rank=rendered.rank, action=Action.MERGE)
        elif base is None and not is_unedited(content, text):
            self._unknown(rendered, choice)
        elif base is None:
            draft.keep(path)
        else:
            return self._merge(rendered, base, content)
        return ()

    def part(self, rendered: Rendered, base: LedgerFile | None) -> tuple[str, ...]:
        """Decide on members that go into a file which the entity shares with others.

        Args:
            rendered: the members as they are generated now, as a module of their own.
            base: the members as they were generated before; None where they were not.
        """
        draft, path, text = self.draft, rendered.path, rendered.text.encode()
        content = draft.read(path)
        if path in draft.kept:
            draft.keep(path)
            return ()
        if content is None:
            draft.write(path, text, rank=rendered.rank)
            return ()
        if base is not None and not draft.is_new(path):
            return self._merge(rendered, base, content)
        choice = draft.decisions.about(path)
        outcome = add_members(content, text, first_party=self.style.first_party, line_length=self.style.line_length)
        if not isinstance(outcome, Cannot):
            draft.edit(path, outcome, rank=rendered.rank)
        elif choice is not None:
            return self._merge(rendered, LedgerFile.of(path, ""), content)
        else:
            reason = f"{outcome.reason[:1].upper()}{outcome.reason[1:]}"
            draft.conflict(path, f"{reason}. {_way_out(path)}")
        return ()

    def gone(self, base: LedgerFile, *, rank: int) -> None:
        """Decide on a file, or members of one, that are no longer generated; whatever stays of them is the user's."""
        draft, path = self.draft, base.path
        content = draft.read(path)
        choice = draft.decisions.about(path)
        if content is None or choice is Choice.OURS:
            return
        if base.is_whole and (choice is Choice.THEIRS or is_unedited(content, base.text.encode())):
            draft.delete(path, rank=rank)
        elif base.is_whole:
            draft.conflict(
                path,
                "It was edited by hand and is no longer generated. Delete it with "
                f"--force {path}, or keep it as your own with --ours {path}.",
            )
        else:
            nothing = Rendered(path=path, text=_docstring(base.text), kind="fragment", layer="", rank=rank)
            self._merge(nothing, base, content)
            self._as_before(base, content, rank=rank)

    def _as_before(self, base: LedgerFile, content: bytes, *, rank: int) -> None:
        """Take out members that nobody edited as they were put in, so that nothing is left of them."""
        merged = self.draft.read(base.path)
        outcome = remove_members(
            content,
            base.text.encode(),
            first_party=self.style.first_party,
            line_length=self.style.line_length,
        )
        if merged is not None and isinstance(outcome, Done) and says_the_same(outcome.source, merged):
            self.draft.write(base.path, outcome.source, rank=rank, action=Action.MERGE)

    def _unknown(self, rendered: Rendered, choice: Choice | None) -> None:
        path = rendered.path
        if choice is Choice.OURS:
            self.draft.keep(path)
        elif choice is Choice.THEIRS:
            self.draft.write(path, rendered.text.encode(), rank=rendered.rank, action=Action.MERGE)
        else:
            self.draft.conflict(path, f"It is there already, and not from django-layers. {_way_out(path)}")

    def _merge(self, rendered: Rendered, base: LedgerFile, content: bytes) -> tuple[str, ...]:
        draft, path = self.draft, rendered.path
        decided = draft.decisions.of(path)
        if path in draft.decisions.force:
            decided = {**decided, "": Choice.THEIRS}
        if not decided and not base.skipped and base.text == rendered.text and _parses(content):
            # Merging with nothing new leaves a file as it is, and takes long where two hundred entities share it.
            draft.keep(path)
            return ()
        self._refuse_unknown_members(rendered, base, content, decided)
        pending = {*base.skipped} & member_paths(rendered.text.encode()) - member_paths(content)
        choices = {**{member: decided[""] for member in pending if "" in decided}, **decided}
        if path.suffix != ".py":
            self._plain(rendered, base, content)
            return ()
        try:
            merged = merge(base.text.encode(), content, rendered.text.encode(), style=self.style, choices=choices)
        except Unmergeable as error:
            self._unreadable(path, content, error.reason, decided)
            return base.skipped
        if merged.conflicts and draft.decisions.markers:
            versions = {"base": base.text.encode(), "mine": content, "theirs": rendered.text.encode()}
            marked = with_markers(merged, **versions)
            draft.mark(path, marked, rank=rendered.rank, conflicts=merged.conflicts)
            return self._skipped(path, merged, {*pending} - {*choices})
        if merged.conflicts:
            draft.conflict(path, _both_changed(path, merged.conflicts), conflicts=merged.conflicts)
            return base.skipped
        draft.write(path, merged.source, rank=rendered.rank, action=Action.MERGE, joined=merged.joined)
        draft.notices += (f"{path}: {note}." for note in merged.notes)
        return self._skipped(path, merged, {*pending} - {*choices})

    def _skipped(self, path: PurePosixPath, merged: Merged, pending: set[str]) -> tuple[str, ...]:
        for skipped in merged.skipped:
            self.draft.notices.append(_did_not_land(path, str(skipped), skipped.path))
        fresh = {skipped.path for skipped in merged.skipped}
        self.draft.notices += (_did_not_land(path, member, member) for member in sorted(pending - fresh))
        return tuple(sorted(fresh | pending))

    def _plain(self, rendered: Rendered, base: LedgerFile, content: bytes) -> None:
        """Decide on a file that is not Python, which is taken or left as a whole."""
        draft, path, text = self.draft, rendered.path, rendered.text.encode()
        choice = draft.decisions.about(path)
        unedited = says_the_same(content, base.text.encode())
        if says_the_same(content, text) or choice is Choice.OURS or base.text == rendered.text:
            draft.keep(path)
        elif unedited or choice is Choice.THEIRS:
            draft.write(path, text, rank=rendered.rank, action=Action.MERGE)
        else:
            draft.conflict(path, f"It was edited by hand, and its generated text changes too. {_way_out(path)}")

    def _unreadable(self, path: PurePosixPath, content: bytes, reason: str, decided: Mapping[str, Choice]) -> None:
        marker = first_marker(content)
        if marker is not None:
            self.draft.conflict(
                path,
                f"Line {marker} begins a conflict that is not resolved yet. Choose between the versions there, take the "
                f"markers out, and run this again; or overwrite the file with --force {path}.",
            )
        elif decided.get("") is Choice.OURS:
            self.draft.keep(path)
        else:
            self.draft.conflict(path, f"It can't be merged: {reason}. Mend it and run this again. {_way_out(path)}")

    def _refuse_unknown_members(
        self, rendered: Rendered, base: LedgerFile, content: bytes, decided: Mapping[str, Choice]
    ) -> None:
        named = {member: choice for member, choice in decided.items() if member}
        if not named:
            return
        known = frozenset().union(
            *(member_paths(each) for each in (content, base.text.encode(), rendered.text.encode()))
        )
        problems = [
            f"--{choice.value} {rendered.path}::{member}: the file has no such member. "
            + did_you_mean(member, known, otherwise=f"It has {', '.join(sorted(known))}.")
            for member, choice in named.items()
            if member not in known
        ]
        if problems:
            raise InvalidRequest(problems)


def _parses(content: bytes) -> bool:
    try:
        ast.parse(content)
    except (SyntaxError, ValueError):
        return False
    return True


def _docstring(text: str) -> str:
    """Return the lines of a module's docstring, which is that of the file that its members go into."""
    tree = ast.parse(text)
    end = tree.body[0].end_lineno if ast.get_docstring(tree, clean=False) is not None else 0
    return "".join(text.splitlines(keepends=True)[:end])


def _both_changed(path: PurePosixPath, conflicts: Sequence[Conflict]) -> str:
    places = list(dict.fromkeys(f"{path}::{each.path}" if each.path else str(path) for each in conflicts))
    return (
        "Both you and what is generated changed the same code. Keep yours or take the generated version with "
        f"{' or '.join(f'--ours {place}, --theirs {place}' for place in places)}; or have the versions written into the "
        "file with --markers."
    )


def _did_not_land(path: PurePosixPath, what: str, member: str) -> str:
    place = f"{path}::{member}" if member else str(path)
    return (
        f"{path}: a change of {what} did not land, since you deleted it. Leave it so with --ours {place}, or take what "
        f"is generated with --theirs {place}."
    )


def _way_out(path: PurePosixPath) -> str:
    return f"Keep it as it is with --ours {path}, or overwrite it with --force {path}."
