"""What an earlier run has found: recalled where nothing has changed, and what a run needs to follow a few changes."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.cache.digests import (
    digest,
    digest_of_file,
    digest_of_tool,
    has_changed_since,
    stamp_of_file,
)
from django_layers.architecture.cache.encoding import decoded_outcome, decoded_source, encoded_outcome, encoded_source
from django_layers.architecture.cache.folder import FOLDER
from django_layers.architecture.cache.store import Head, Names, Sizes, Users, read_stored, write_stored
from django_layers.architecture.judging import Outcome
from django_layers.architecture.tree.discovery import Source, Tree
from django_layers.architecture.tree.surveying import Survey
from django_layers.architecture.whole import Whole

__all__ = ["Memory", "Remembered"]

_TICK = 100_000_000
"""Within how many nanoseconds two changes of a file could have the same time, with much to spare."""


class Remembered(NamedTuple):
    """What is found in a project.

    Attributes:
        outcomes: of the files in which anything is found.
        apps: the layered apps.
        files: how many files were read.
    """

    outcomes: Mapping[Source, Outcome]
    apps: tuple[str, ...]
    files: int


class Memory:
    """What earlier runs have found in the files below some folders.

    A file is believed to be unchanged where its content has the same digest, whatever its time stamp says.

    Args:
        root: the folder of the project.
        found: the files that there are.
        configuration: the text of the configuration.
    """

    def __init__(self, root: Path, found: Survey, configuration: bytes) -> None:
        self._path = root / FOLDER / f"{digest(*map(os.fsencode, found.roots))}.bin"
        # What the configuration excludes may be a folder that cannot be looked into, and that is there no longer.
        closed = (os.fsencode(folder) for folder, _ in found.closed)
        self._key = digest(digest_of_tool().encode(), configuration, *closed)
        self._stored = read_stored(self._path, self._key)
        self._head = self._stored.head() if self._stored else None
        self._names: Names | None = None
        self._users: list[list[int]] | None = None
        self._start = time.time_ns()
        self._digests: dict[str, str] = {}
        self._changed: list[str] | None = None
        self._may_write = True
        self.is_about_one = False
        """Whether the run is about one file that an editor holds, so that other files are read as they are looked at."""

    def recall(self, found: Survey, texts: Mapping[Path, bytes]) -> Remembered | None:
        """Return what is found in some files; None where any of them has changed, is new or is gone.

        Args:
            found: the files.
            texts: what is in files instead of what the disk has, by their absolute paths.
        """
        self._may_write = found.is_plain
        has_same_files = self._head is not None and [one for one, _ in self._head["files"]] == list(found.files)
        if has_same_files and found.chosen == tuple(texts) and self._has_same_models(str(found.chosen[0])):
            self.is_about_one = True
            self._changed = [str(found.chosen[0])]
            return None
        replaced = {str(path): text for path, text in texts.items()}
        for file in found.files:
            self._digests[file] = digest(replaced[file]) if file in replaced else digest_of_file(file)
        if has_same_files and self._head is not None:
            self._changed = [one for one, known in self._head["files"] if known != self._digests[one]]
        return self.before() if self._changed == [] else None

    def _has_same_models(self, but: str) -> bool:
        """Tell whether the files that define models are certainly what they were, but for one."""
        names = self.names()
        if names is None:
            return False
        until = self._start
        return all(
            stamp is not None and stamp == stamp_of_file(file, until)
            for file, stamp in names["stamps"].items()
            if file != but
        )

    def before(self) -> Remembered:
        """Return what was found when it was kept, whatever has changed since."""
        head = self._head
        assert head is not None
        outcomes = {}
        for row, outcome in head["outcomes"]:
            source = decoded_source(row)
            outcomes[source] = decoded_outcome(outcome, source)
        return Remembered(outcomes, tuple(head["apps"]), head["read"])

    def changed(self) -> list[str] | None:
        """Return the files that hold something else than before; None where there are other files than before."""
        return self._changed

    def names(self) -> Names | None:
        """Return what is kept for runs that find something changed."""
        if self._names is None and self._stored is not None:
            self._names = self._stored.names()
        return self._names

    def users(self) -> list[list[int]] | None:
        """Return by position of the sources which of them depend on each directly; None where that is not known."""
        if self._users is None and self._stored is not None:
            found = self._stored.users()
            self._users = found["users"] if found else None
        return self._users

    def text_before(self, path: str) -> bytes | None:
        """Return what was in a file when it was looked at; None where that is not known."""
        head, stored = self._head, self._stored
        found = stored.sizes() if stored else None
        if found is None or head is None or stored is None:
            return None
        sizes = found["sizes"]
        at, known = next((at, known) for at, (one, known) in enumerate(head["files"]) if one == path)
        text = stored.text(sum(sizes[:at]), sizes[at])
        return text if digest(text) == known else None

    def is_as_found(self, path: Path) -> bool:
        """Tell whether a file still holds what it did when this run began, as far as this run has to know."""
        known = self._digests.get(str(path))
        return known is None or known == digest_of_file(str(path))

    def keep(self, tree: Tree, whole: Whole) -> None:
        """Remember what is found in all files of a project."""
        if not self._may_write:
            return
        looked_at = {str(source.path) for source in whole.outcomes}
        texts = {file: _text_of(file) for file in self._digests if file in looked_at}
        if not all(self._is_settled(file, text) for file, text in texts.items()):
            # Somebody is writing; what was found need not be about what was digested.
            return
        kept = [texts.get(file) or b"" for file in self._digests]
        head: Head = {
            "files": [[file, known] for file, known in self._digests.items()],
            "apps": list(tree.apps),
            "read": len(whole.outcomes),
            "outcomes": [
                [encoded_source(one), encoded_outcome(each)] for one, each in whole.outcomes.items() if any(each)
            ],
        }
        sections = (head, self._named(tree, whole), Users(users=_users(whole)), Sizes(sizes=list(map(len, kept))))
        if self._stored is not None:
            # Windows replaces no file that is open.
            self._stored.close()
        write_stored(self._path, self._key, sections, kept)

    def _is_settled(self, file: str, text: bytes | None) -> bool:
        """Tell whether a file has held the same ever since this run began, as far as its text and the system tell."""
        if text is None:
            # It could not be opened before either.
            return self._digests[file] == digest_of_file(file)
        return self._digests[file] == digest(text) and not has_changed_since(file, self._start)

    def _named(self, tree: Tree, whole: Whole) -> Names:
        known = whole.known
        defining = set(known.modules.values())
        until = self._start - _TICK
        return {
            "sources": [encoded_source(source) for source in whole.outcomes],
            "unreadable": sorted(whole.unreadable),
            # A name that is its own alias says nothing.
            "aliases": [(str(root), one, name) for (root, one), name in tree.aliases.items() if one != name],
            "models": known.modules,
            "relations": known.relations,
            "reverse_names": sorted(known.reverse_names),
            "many_names": sorted(known.many_names),
            "asked": sorted(whole.asked),
            "stamps": {
                str(one.path): stamp_of_file(str(one.path), until) for one in whole.outcomes if one.name in defining
            },
        }


def _text_of(file: str) -> bytes | None:
    try:
        return Path(file).read_bytes()
    except OSError:
        return None


def _users(whole: Whole) -> list[list[int]]:
    """Return by position which modules depend on each directly."""
    positions = {source.name: position for position, source in enumerate(whole.outcomes)}
    users: list[list[int]] = [[] for _ in positions]
    for name, targets in whole.dependence.items():
        for target in targets:
            users[positions[target]].append(positions[name])
    return users
