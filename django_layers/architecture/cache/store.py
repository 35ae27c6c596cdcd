"""The file that keeps what a run has found.

It begins with a line that names the format, the digest and the lengths of what follows: what every run needs, what only a run
needs that finds something changed, both as JSON, and the facts of each module. It is replaced as a whole, so a run that
reads while another writes has the one or the other.
"""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeAlias, TypedDict, cast

from django_layers.architecture.cache.digests import digest

__all__ = ["FOLDER", "Head", "Rest", "Row", "Stored", "read_stored", "write_stored"]

FOLDER = ".layers-cache"

Row: TypeAlias = "list[bool | int | str | Row | None]"


class Head(TypedDict):
    """What every run needs: each file with its digest, the layered apps, how many files were read, and the outcomes."""

    files: list[list[str]]
    apps: list[str]
    read: int
    outcomes: list[list[Row]]


class Rest(TypedDict):
    """What only a run needs that finds something changed.

    Attributes:
        facts: by the digest of a file, where its facts start, how many bytes they are, and their digest.
        sources: the files that are read.
        dependence: for each of them, the positions of those that it depends on directly.
        aliases: the folder that a dotted name starts in, that name, and the name of the module.
        models: the dotted names of the models, with the modules that define them.
        relations: by models, the attributes that lead to one row and those that lead to many.
        reverse_names: the names of the attributes that relations make on the models that they lead to.
        many_names: the names of the attributes that lead to many rows.
        asked: the models that have been asked for by a label.
    """

    facts: dict[str, tuple[int, int, str]]
    sources: list[Row]
    dependence: list[list[int]]
    aliases: list[tuple[str, str, str]]
    models: dict[str, str]
    relations: dict[str, tuple[dict[str, str], dict[str, str]]]
    reverse_names: list[str]
    many_names: list[str]
    asked: list[str]


_FORMAT = b"layers-cache-1"
_LONGEST_LINE = 1000


class Stored:
    """What an earlier run has kept; what is not asked for is not read.

    Args:
        file: the open file, which stays what it is when another run replaces it.
        head: what every run needs.
        start: where the rest starts.
        length: how many bytes the rest is.
        expected: the digest of the rest.
    """

    def __init__(self, file: BinaryIO, head: Head, start: int, length: int, expected: str) -> None:
        self._file = file
        self.head = head
        self._start = start
        self._length = length
        self._expected = expected

    def rest(self) -> Rest | None:
        """Return what a run needs that finds something changed; None where it is damaged."""
        content = self._read(self._start, self._length)
        # What has the digest and the key was written by this very tool, in this shape.
        return cast("Rest | None", _object(content)) if digest(content) == self._expected else None

    def facts(self, start: int, length: int, expected: str) -> bytes | None:
        """Return the facts of a module; None where they are damaged.

        Args:
            start: where they start among the facts.
            length: how many bytes they are.
            expected: their digest.
        """
        content = self._read(self._start + self._length + start, length)
        return content if digest(content) == expected else None

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)


def read_stored(path: Path, key: str) -> Stored | None:
    """Return what is kept; None where there is nothing, it is damaged, or of another tool or configuration.

    Args:
        path: the file.
        key: the digest of what results depend on besides the files.
    """
    try:
        file = path.open("rb")
    except OSError:
        # There is none yet, or none that may be read, and a check needs none.
        return None
    words = file.readline(_LONGEST_LINE).rstrip(b"\n").split(b" ")
    if len(words) != 6 or words[0] != _FORMAT or words[1] != key.encode() or not all(map(bytes.isdigit, words[4:])):
        file.close()
        return None
    first, second = map(int, words[4:])
    start = file.tell()
    content = file.read(first)
    found = cast("Head | None", _object(content)) if digest(content).encode() == words[2] else None
    if found is None:
        file.close()
        return None
    return Stored(file, found, start + first, second, words[3].decode(errors="replace"))


def write_stored(path: Path, key: str, head: Head, rest: Rest, facts: bytes) -> None:
    """Replace what is kept.

    Args:
        path: the file; its folder is made, and left out of version control.
        key: the digest of what results depend on besides the files.
        head: what every run needs.
        rest: what only a run needs that finds something changed.
        facts: the facts, one module after the other.
    """
    first, second = (json.dumps(one, separators=(",", ":")).encode() for one in (head, rest))
    words = [key, digest(first), digest(second), str(len(first)), str(len(second))]
    line = b" ".join([_FORMAT, *(word.encode() for word in words)])
    # A folder that may not be written to makes the next run slow, and no run wrong.
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        ignored = path.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n")
        _replace(path, b"".join([line, b"\n", first, second, facts]))


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _object(content: bytes) -> object:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
