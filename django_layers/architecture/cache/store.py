"""The file that keeps what a run has found.

It begins with a line that names the format, and the digests and lengths of the sections that follow: what every run needs,
what one needs that finds something changed, what one needs that follows a change to other files, and where the texts of the
files are, all as JSON; then come the texts as they were. A section that is not asked for is not read. The file is replaced as a whole, so a
run that reads while another writes has the one or the other.
"""

import json
from pathlib import Path
from typing import BinaryIO, TypeAlias, TypedDict, cast

from django_layers.architecture.cache.digests import digest
from django_layers.architecture.cache.folder import keep_file

__all__ = ["Head", "Names", "Row", "Sizes", "Stored", "Users", "read_stored", "write_stored"]

Row: TypeAlias = "list[bool | int | str | Row | None]"


class Head(TypedDict):
    """What every run needs: each file with its digest, the layered apps, how many files were read, and the outcomes."""

    files: list[list[str]]
    apps: list[str]
    read: int
    outcomes: list[list[Row]]


class Names(TypedDict):
    """What a run needs that finds something changed.

    Attributes:
        sources: the files that are read.
        unreadable: the names of those of them that could not be read.
        aliases: the folder that a dotted name starts in, that name, and the name of the module.
        models: the dotted names of the models, with the modules that define them.
        relations: by models, the attributes that lead to one row and those that lead to many.
        reverse_names: the names of the attributes that relations make on the models that they lead to.
        many_names: the names of the attributes that lead to many rows.
        asked: the models that have been asked for by a label.
        stamps: by the files that define models, what the file system says of them, where that can be relied on.
    """

    sources: list[Row]
    unreadable: list[str]
    aliases: list[tuple[str, str, str]]
    models: dict[str, str]
    relations: dict[str, tuple[dict[str, str], dict[str, str]]]
    reverse_names: list[str]
    many_names: list[str]
    asked: list[str]
    stamps: dict[str, list[int] | None]


class Users(TypedDict):
    """What a run needs that follows a change to other files: for each source, the positions of those that depend on it."""

    users: list[list[int]]


class Sizes(TypedDict):
    """How many bytes the text of each file is, in the order of the files of the head; 0 where none is kept."""

    sizes: list[int]


_FORMAT = b"layers-cache-2"
_SECTIONS = 4
_WORDS = 2 + 2 * _SECTIONS
_LONGEST_LINE = 1000


class Stored:
    """What an earlier run has kept; what is not asked for is not read.

    Args:
        file: the open file, which stays what it is when another run replaces it.
        start: where the sections start.
        sections: the digest of each section, and how many bytes it is.
    """

    def __init__(self, file: BinaryIO, start: int, sections: list[tuple[str, int]]) -> None:
        self._file = file
        self._start = start
        self._sections = sections

    # What has the digest and the key was written by this very tool, in this shape.

    def head(self) -> Head | None:
        """Return what every run needs; None where it is damaged."""
        return cast("Head | None", self._section(0))

    def names(self) -> Names | None:
        """Return what a run needs that finds something changed; None where it is damaged."""
        return cast("Names | None", self._section(1))

    def users(self) -> Users | None:
        """Return what a run needs that follows a change to other files; None where it is damaged."""
        return cast("Users | None", self._section(2))

    def sizes(self) -> Sizes | None:
        """Return how large the texts of the files are; None where that is damaged."""
        return cast("Sizes | None", self._section(3))

    def text(self, before: int, size: int) -> bytes:
        """Return the text of a file, which may be damaged.

        Args:
            before: how many bytes the texts before it are.
            size: how many bytes it is.
        """
        return self._read(self._start + sum(length for _, length in self._sections) + before, size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _section(self, number: int) -> object:
        expected, length = self._sections[number]
        content = self._read(self._start + sum(length for _, length in self._sections[:number]), length)
        return _object(content) if digest(content) == expected else None

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)


def read_stored(path: Path, key: str) -> Stored | None:
    """Return what is kept; None where there is nothing, or it is of another tool or configuration.

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
    digests, lengths = words[2 : 2 + _SECTIONS], words[2 + _SECTIONS :]
    is_ours = len(words) == _WORDS and words[:2] == [_FORMAT, key.encode()] and all(map(bytes.isdigit, lengths))
    if not is_ours:
        file.close()
        return None
    sections = [(one.decode(errors="replace"), int(length)) for one, length in zip(digests, lengths, strict=True)]
    return Stored(file, file.tell(), sections)


def write_stored(path: Path, key: str, sections: tuple[Head, Names, Users, Sizes], texts: list[bytes]) -> None:
    """Replace what is kept.

    Args:
        path: the file; its folder is made, and left out of version control.
        key: the digest of what results depend on besides the files.
        sections: the sections.
        texts: the texts of the files.
    """
    parts = [json.dumps(one, separators=(",", ":")).encode() for one in sections]
    words = [key, *map(digest, parts), *(str(len(one)) for one in parts)]
    line = b" ".join([_FORMAT, *(word.encode() for word in words)])
    keep_file(path, [line, b"\n", *parts, *texts])


def _object(content: bytes) -> object:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
