"""Assertions shared by the tests of the edits."""

import ast
from difflib import SequenceMatcher
from pathlib import Path
from textwrap import dedent

from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done, Outcome, Removal

CORPUS = Path(__file__).parent.parent / "corpus"
BOM = b"\xef\xbb\xbf"


def text(source: str) -> str:
    """Dedent a test's source, without the line break after its opening quotes."""
    return dedent(source.removeprefix("\n"))


def done(outcome: Outcome) -> bytes:
    """The new source of an edit that was made."""
    assert isinstance(outcome, Done), outcome
    return outcome.source


def removed(removal: Removal) -> bytes:
    """The new source of a removal that was made."""
    assert isinstance(removal, Done), removal
    return removal.source


def assert_edit(outcome: Outcome, after: str) -> None:
    """The edit was made and gave exactly this."""
    assert done(outcome).decode() == text(after)


def assert_cannot(outcome: Outcome, *words: str) -> str:
    """The edit was refused for a reason that holds these words; gives what to paste."""
    assert isinstance(outcome, Cannot), outcome
    for word in words:
        assert word in outcome.reason
    ast.parse(outcome.paste)
    assert outcome.paste.endswith("\n")
    return outcome.paste


def assert_there(outcome: Outcome) -> None:
    assert outcome == AlreadyThere()


def assert_only_insertions(before: bytes, after: bytes) -> None:
    """Every byte of the old file is in the new one, in order, and all but the lines edited are whole."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for verb, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        assert verb != "delete", old[start:end]
        if verb == "replace":
            assert end - start <= 3, "more than a few lines were touched"
            remaining = iter(b"".join(new[new_start:new_end]))
            assert all(byte in remaining for byte in b"".join(old[start:end])), old[start:end]


def variants(source: bytes) -> dict[str, bytes]:
    """The same file as other systems write it."""
    found = {"lf": source, "crlf": source.replace(b"\n", b"\r\n")}
    if b"coding:" not in source:
        # A byte order mark says UTF-8; and the declaration is looked for in lines that end in a line feed.
        found |= {"bom": BOM + source, "bom crlf": BOM + found["crlf"], "cr": source.replace(b"\n", b"\r")}
    return found


def corpus(folder: str) -> list[str]:
    """The names of the files of a part of the corpus."""
    return sorted(file.stem for file in (CORPUS / folder).glob("*.py"))


def read(folder: str, name: str) -> bytes:
    return (CORPUS / folder / f"{name}.py").read_bytes()
