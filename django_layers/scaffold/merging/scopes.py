"""Merging a module or a class: which of its members are kept, taken, taken out, or merged in turn."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from django_layers.scaffold.merging.edits import Clash, Splices
from django_layers.scaffold.merging.expressions import Expressions, reindented
from django_layers.scaffold.merging.likeness import find_again
from django_layers.scaffold.merging.members import FUNCTIONS, Member, members
from django_layers.scaffold.merging.places import Neighbours
from django_layers.scaffold.merging.result import Choice, Conflict, Skipped
from django_layers.scaffold.merging.source import Source
from django_layers.scaffold.merging.statements import Body, Statements
from django_layers.scaffold.merging.unedited import is_unedited_member

Scope: TypeAlias = ast.Module | ast.ClassDef


@dataclass
class Scopes:
    """Merges members of a base and a new text into the user's file.

    Attributes:
        choices: Whose version is taken of a member that both changed, by its path. The new version of a member that
            is named itself is taken whether both changed it or not.
        clashes: Why members can't be merged though their code could be, by their path.
        conflicts: The members that both changed and nobody decided about.
        notes: What a reader wouldn't expect.
        skipped: Changes of what the user deleted.
        deleted: What the user deleted and the new text changes, with its path.
    """

    base: Source
    mine: Source
    theirs: Source
    choices: Mapping[str, Choice]
    clashes: Mapping[str, str] = field(default_factory=dict)
    splices: Splices = field(default_factory=Splices)
    conflicts: list[Conflict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    deleted: list[tuple[str, Member, Member]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._expressions = Expressions(self.base, self.mine, self.theirs, self.splices, self.skipped)
        self._statements = Statements(self._expressions)

    def merge(self, base: Scope, mine: Scope, theirs: Scope, *, path: str = "") -> None:
        """Bring what changed between two versions of a module or a class into the user's.

        Args:
            base: The one that both come from.
            mine: The user's.
            theirs: The new one.
            path: The path of the class; empty for the module.
        """
        old, own, new = members(self.base, base), members(self.mine, mine), members(self.theirs, theirs)
        own, new = _paired(old, own), _paired(old, new)
        neighbours = Neighbours(self.mine, mine, own, new, self.splices)
        prefix = f"{path}." if path else ""
        gone: list[Member] = []
        for name in [*old, *(name for name in new if name not in old)]:
            member = _Versions(prefix + name, old.get(name), own.get(name), new.get(name)).under(path)
            with self._deciding(member, neighbours, gone):
                self._member(member, neighbours, gone)
        neighbours.remove(gone)

    def _member(self, versions: _Versions, neighbours: Neighbours, gone: list[Member]) -> None:
        base, mine, theirs = versions.base, versions.mine, versions.theirs
        if versions.path in self.choices and self.choices[versions.path] is Choice.THEIRS and versions.is_named:
            self._take_theirs(versions, neighbours, gone)
            return
        if versions.is_settled and not self._is_chosen_below(versions):
            return
        if versions.path in self.clashes:
            raise Clash(self.clashes[versions.path])
        if theirs is None:
            assert base is not None
            assert mine is not None
            if not is_unedited_member(mine, base):
                raise Clash("it was edited and is no longer generated")
            gone.append(mine)
        elif mine is None and base is None:
            neighbours.insert(theirs, gone)
        elif mine is None:
            assert base is not None
            self._deleted(versions, base, theirs, neighbours, gone)
        elif base is None:
            raise Clash("it was added on both sides")
        elif mine.key == base.key:
            self._take(mine, theirs)
        else:
            self._both_changed(versions.path, base, mine, theirs)

    def _deleted(
        self, versions: _Versions, base: Member, theirs: Member, neighbours: Neighbours, gone: list[Member]
    ) -> None:
        path = versions.path
        found = find_again(path, base, self.base, self.mine) if base.is_named else None
        if found is None:
            choice = self._choice(path)
            if choice is None:
                self.deleted.append((path, base, theirs))
            elif choice is Choice.THEIRS:
                neighbours.insert(theirs, gone)
            return
        other_path, other = found
        self._both_changed(other_path, base, other, theirs)
        self.notes.append(f"{path} is now {other_path} and was changed there")

    def _take(self, mine: Member, theirs: Member) -> None:
        document = self.mine.document
        start = document.line_start(mine.start)
        text = mine.indent + reindented(theirs.code, theirs.indent, mine.indent)
        if document.leads_line(mine.start):
            self.splices.replace(start, mine.end, text)
        else:
            self.splices.replace(mine.start, mine.end, text.lstrip(" \t"))

    def _both_changed(self, path: str, base: Member, mine: Member, theirs: Member) -> None:
        nodes = (base.node, mine.node, theirs.node)
        if all(isinstance(node, ast.ClassDef) for node in nodes):
            self.heads(base, mine, theirs, is_class=True)
            self.merge(*nodes, path=path)  # type: ignore[arg-type]
        elif all(isinstance(node, FUNCTIONS) for node in nodes):
            self.heads(base, mine, theirs, is_class=False)
            self._statements.merge(
                *(
                    Body.of(member.source, member.node.body, _head_end(member))  # type: ignore[attr-defined]
                    for member in (base, mine, theirs)
                )
            )
        else:
            self._statements.statement(*nodes)

    def heads(self, base: Member, mine: Member, theirs: Member, *, is_class: bool) -> None:
        """Bring what changed above the bodies of two classes or functions into the user's: decorators, bases, parameters.

        Raises:
            Clash: both changed the same code of it.
        """
        heads = [
            member.source.items(member.source.start(member.node), _head_end(member)) for member in (base, mine, theirs)
        ]
        self._expressions.merge(*heads, is_class=is_class)

    def _deciding(self, versions: _Versions, neighbours: Neighbours, gone: list[Member]) -> _Deciding:
        return _Deciding(self, versions, neighbours, gone)

    def decide(self, versions: _Versions, reason: str, neighbours: Neighbours, gone: list[Member]) -> None:
        """Take the version that somebody chose of a member that both changed, or note the conflict."""
        choice = self._choice(versions.path)
        if choice is None:
            self.conflicts.append(versions.conflict(reason))
        elif choice is Choice.THEIRS:
            self._take_theirs(versions, neighbours, gone)

    def _is_chosen_below(self, versions: _Versions) -> bool:
        """Whether the new version of a member of a class is asked for, whatever else there is to do in it."""
        chosen = any(
            choice is Choice.THEIRS and path.startswith(f"{versions.path}.") for path, choice in self.choices.items()
        )
        return chosen and versions.is_edited

    def _choice(self, path: str) -> Choice | None:
        return next((self.choices[each] for each in _paths(path) if each in self.choices), None)

    def _take_theirs(self, versions: _Versions, neighbours: Neighbours, gone: list[Member]) -> None:
        if versions.mine is not None and versions.theirs is not None:
            if versions.mine.key != versions.theirs.key:
                self._take(versions.mine, versions.theirs)
        elif versions.mine is not None:
            gone.append(versions.mine)
        elif versions.theirs is not None:
            neighbours.insert(versions.theirs, gone)


@dataclass(frozen=True, slots=True)
class _Versions:
    """The three versions of a member; `path` is that of what it is in, where it has no name itself."""

    path: str
    base: Member | None
    mine: Member | None
    theirs: Member | None

    @property
    def is_named(self) -> bool:
        """Whether the member has a name that a choice can be about."""
        return all(member.is_named for member in (self.base, self.mine, self.theirs) if member is not None)

    def under(self, path: str) -> _Versions:
        """Return the versions with the path of what they are in, where they have no name."""
        return self if self.is_named else replace(self, path=path)

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to do: the new text changed nothing, or the user has it already."""
        keys = [None if member is None else member.key for member in (self.base, self.mine, self.theirs)]
        return keys[0] == keys[2] or keys[1] == keys[2]

    @property
    def is_edited(self) -> bool:
        """Whether there are three versions, and the user's is another than that which it was made from."""
        return (
            self.base is not None
            and self.mine is not None
            and self.theirs is not None
            and self.mine.key != self.base.key
        )

    def conflict(self, reason: str) -> Conflict:
        """Return the conflict of the versions."""
        texts = [None if member is None else member.text for member in (self.base, self.mine, self.theirs)]
        return Conflict(self.path, reason, *texts)


@dataclass
class _Deciding:
    """Undoes what was gathered for a member when its versions clash, and decides about it as a whole."""

    scopes: Scopes
    versions: _Versions
    neighbours: Neighbours
    gone: list[Member]

    def __enter__(self) -> None:
        scopes = self.scopes
        self._marks = [len(each) for each in (scopes.splices.found, scopes.notes, scopes.skipped)]

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        scopes = self.scopes
        if error is None:
            skipped = scopes.skipped
            mark = self._marks[-1]
            skipped[mark:] = [each if each.path else replace(each, path=self.versions.path) for each in skipped[mark:]]
        if not isinstance(error, Clash):
            return False
        for gathered, mark in zip((scopes.splices.found, scopes.notes, scopes.skipped), self._marks, strict=True):
            del gathered[mark:]  # type: ignore[attr-defined]
        scopes.decide(self.versions, error.reason, self.neighbours, self.gone)
        return True


def _paths(path: str) -> Iterator[str]:
    """Give a path and those of what it is in, the whole file last."""
    while path:
        yield path
        path = path.rpartition(".")[0]
    yield ""


def _head_end(member: Member) -> int:
    """The offset at which the first statement of a class or a function starts."""
    body: list[ast.stmt] = member.node.body  # type: ignore[attr-defined]
    return member.source.start(body[0])


def _paired(base: Mapping[str, Member], other: Mapping[str, Member]) -> dict[str, Member]:
    """Return members under the names that the base has for them, where statements without a name changed."""
    lost = [member for name, member in base.items() if not member.is_named and name not in other]
    new = [member for name, member in other.items() if not member.is_named and name not in base]
    renamed: dict[str, str] = {}
    for member in new:
        found = [each for each in lost if each.weak_key == member.weak_key]
        if len(found) == 1 and sum(each.weak_key == member.weak_key for each in new) == 1:
            renamed[member.name] = found[0].name
    return {renamed.get(name, name): member for name, member in other.items()}
