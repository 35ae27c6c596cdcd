"""What an earlier run has found: recalled where nothing has changed, and the facts of what has not changed where it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.cache.digests import digest, digest_of_file, digest_of_tool
from django_layers.architecture.cache.encoding import decoded_outcome, decoded_source, encoded_outcome, encoded_source
from django_layers.architecture.cache.facts_as_bytes import facts_from, facts_to_bytes
from django_layers.architecture.cache.store import FOLDER, Head, Rest, read_stored, write_stored
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.judging import Outcome
from django_layers.architecture.names.dependence import Dependence
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.tree.discovery import Source, Survey, Tree

__all__ = ["Found", "Memory", "Remembered"]


@dataclass(frozen=True, slots=True)
class Remembered:
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
        roots: the folders that are looked through.
        configuration: the text of the configuration.
    """

    def __init__(self, root: Path, roots: tuple[Path, ...], configuration: bytes) -> None:
        where = digest(*(str(one).encode(errors="surrogateescape") for one in roots))
        self._path = root / FOLDER / f"{where}.bin"
        self._key = digest(digest_of_tool().encode(), configuration)
        self._stored = read_stored(self._path, self._key)
        self._digests: dict[str, str] = {}
        self._rest: Rest | None = None
        self._may_write = True

    def recall(self, found: Survey, texts: Mapping[Path, bytes]) -> Remembered | None:
        """Return what is found in some files; None where any of them has changed, is new or is gone.

        Args:
            found: the files.
            texts: what is in files instead of what the disk has, by their absolute paths.
        """
        replaced = {str(path): text for path, text in texts.items()}
        for file in found.files:
            self._digests[file] = digest(replaced[file]) if file in replaced else digest_of_file(file)
        self._may_write = found.is_plain
        return self.before() if self._stored is not None and self.changed() == [] else None

    def before(self) -> Remembered:
        """Return what was found when it was kept, whatever has changed since."""
        assert self._stored is not None
        head = self._stored.head
        outcomes = {}
        for row, outcome in head["outcomes"]:
            source = decoded_source(row)
            outcomes[source] = decoded_outcome(outcome, source)
        return Remembered(outcomes, tuple(head["apps"]), head["read"])

    def changed(self) -> list[str] | None:
        """Return the files that hold something else than before; None where there are other files than before."""
        if self._stored is None or [one for one, _ in self._stored.head["files"]] != list(self._digests):
            return None
        return [one for one, known in self._stored.head["files"] if known != self._digests[one]]

    def rest(self) -> Rest | None:
        """Return what is kept for runs that find something changed."""
        if self._rest is None and self._stored is not None:
            self._rest = self._stored.rest()
        return self._rest

    def facts(self, source: Source) -> ModuleFacts | None:
        """Return the facts of a file, where they are known for what it holds now."""
        return self._facts(self._digests[str(source.path)])

    def facts_before(self, source: Source) -> ModuleFacts | None:
        """Return the facts of a file as it was when they were kept."""
        assert self._stored is not None
        path = str(source.path)
        return self._facts(next(known for one, known in self._stored.head["files"] if one == path))

    def has_facts(self, source: Source) -> bool:
        """Tell whether the facts of a file, as it is now, are kept."""
        rest = self.rest()
        return rest is not None and self._digests[str(source.path)] in rest["facts"]

    def _facts(self, known: str) -> ModuleFacts | None:
        rest = self.rest()
        where = rest["facts"].get(known) if rest else None
        content = self._stored.facts(*where) if self._stored and where else None
        return facts_from(content) if content is not None else None

    def keep(self, found: "Found") -> None:
        """Remember what is found in all files of a project."""
        if not self._may_write:
            return
        blobs: dict[str, tuple[int, int, str]] = {}
        parts: list[bytes] = []
        start = 0
        for source, facts in found.facts.items():
            content = facts_to_bytes(facts)
            blobs[self._digests[str(source.path)]] = (start, len(content), digest(content))
            parts.append(content)
            start += len(content)
        outcomes = [[encoded_source(one), encoded_outcome(each)] for one, each in found.outcomes.items() if any(each)]
        head: Head = {
            "files": [[file, known] for file, known in self._digests.items()],
            "apps": list(found.tree.apps),
            "read": len(found.outcomes),
            "outcomes": outcomes,
        }
        write_stored(self._path, self._key, head, {**_rest(found), "facts": blobs}, b"".join(parts))


@dataclass(frozen=True, slots=True)
class Found:
    """What a whole run has found.

    Attributes:
        tree: the modules.
        facts: what they say.
        outcomes: what is found in each file that is read.
        project: the modules, to follow names through.
        models: their models.
    """

    tree: Tree
    facts: Mapping[Source, ModuleFacts]
    outcomes: Mapping[Source, Outcome]
    project: Project
    models: Models


def _rest(found: Found) -> Rest:
    positions = {source.name: position for position, source in enumerate(found.outcomes)}
    dependence = Dependence(found.project, found.models)
    modules = [found.project.modules.get(source.name) for source in found.outcomes]
    known = found.models.known()
    return {
        "facts": {},
        "sources": [encoded_source(source) for source in found.outcomes],
        "dependence": [[positions[name] for name in dependence.of(one)] if one else [] for one in modules],
        # A name that is its own alias says nothing.
        "aliases": [(str(root), one, name) for (root, one), name in found.tree.aliases.items() if one != name],
        "models": known.modules,
        "relations": known.relations,
        "reverse_names": sorted(known.reverse_names),
        "many_names": sorted(known.many_names),
        "asked": sorted(found.models.asked),
    }
