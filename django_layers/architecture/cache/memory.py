"""What an earlier run has found: recalled where nothing has changed, and the facts of what has not changed where it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.cache.digests import digest, digest_of_file, digest_of_tool
from django_layers.architecture.cache.encoding import decoded_outcome, decoded_source, encoded_outcome, encoded_source
from django_layers.architecture.cache.facts_as_bytes import facts_from, facts_to_bytes
from django_layers.architecture.cache.store import FOLDER, Head, read_stored, write_stored
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.judging import Outcome
from django_layers.architecture.tree.discovery import Source, Survey, Tree

__all__ = ["Memory", "Remembered"]


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
        self._blobs: dict[str, tuple[int, int, str]] | None = None
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
        if self._stored is None or self._stored.head["files"] != [[one, self._digests[one]] for one in found.files]:
            return None
        head = self._stored.head
        outcomes = {}
        for row, outcome in head["outcomes"]:
            source = decoded_source(row)
            outcomes[source] = decoded_outcome(outcome, source)
        return Remembered(outcomes, tuple(head["apps"]), head["read"])

    def facts(self, source: Source) -> ModuleFacts | None:
        """Return the facts of a file, where they are known for what it holds now."""
        if self._stored is None:
            return None
        if self._blobs is None:
            rest = self._stored.rest()
            self._blobs = rest["facts"] if rest else {}
        where = self._blobs.get(self._digests[str(source.path)])
        content = self._stored.facts(*where) if where else None
        return facts_from(content) if content is not None else None

    def keep(
        self, tree: Tree, facts: Mapping[Source, ModuleFacts], outcomes: Mapping[Source, Outcome], read: int
    ) -> None:
        """Remember what is found in all files of a project.

        Args:
            tree: the modules.
            facts: what they say.
            outcomes: what is found in them.
            read: how many files were read.
        """
        if not self._may_write:
            return
        blobs: dict[str, tuple[int, int, str]] = {}
        parts: list[bytes] = []
        start = 0
        for source, one in facts.items():
            content = facts_to_bytes(one)
            blobs[self._digests[str(source.path)]] = (start, len(content), digest(content))
            parts.append(content)
            start += len(content)
        head: Head = {
            "files": [[file, known] for file, known in self._digests.items()],
            "apps": list(tree.apps),
            "read": read,
            "outcomes": [
                [encoded_source(source), encoded_outcome(outcome)]
                for source, outcome in outcomes.items()
                if any(outcome)
            ],
        }
        write_stored(self._path, self._key, head, {"facts": blobs}, b"".join(parts))
