"""What happens to a file that an entity is rendered into: written, left to its author's edits, or a conflict."""

from pathlib import PurePosixPath

from django_layers.scaffold.edits.members import add_members
from django_layers.scaffold.edits.outcome import Cannot
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.plan import Action
from django_layers.scaffold.rendering.render import Rendered

__all__ = ["decide_fragment", "decide_whole"]


def decide_whole(draft: Draft, rendered: Rendered, ledger: Ledger | None) -> None:
    """Decide on a file of the entity's own.

    A file that is still what was generated follows the new text. One that was edited stays as it is as long as the
    generated text is the same as before. Everything else is a conflict, unless the draft may overwrite the file.
    """
    path, text = rendered.path, rendered.text
    content = draft.read(path)
    base = _base(ledger, path)
    if content is None or _same(content, text):
        draft.write(path, text.encode() if content is None else content, rank=rendered.rank)
    elif path in draft.force or (base is not None and _same(content, base)):
        draft.write(path, text.encode(), rank=rendered.rank, action=Action.MERGE)
    elif base == text:
        draft.keep(path)
    elif base is None:
        draft.conflict(path, f"It is there already, and not from django-layers; {_way_out(path)}")
    else:
        draft.conflict(path, f"It was edited by hand, and its generated text changes too; {_way_out(path)}")


def decide_fragment(
    draft: Draft, rendered: Rendered, ledger: Ledger | None, *, first_party: frozenset[str], line_length: int
) -> None:
    """Decide on members that go into a file which the entity shares with others."""
    path = rendered.path
    content = draft.read(path)
    if content is None:
        draft.write(path, rendered.text.encode(), rank=rendered.rank)
        return
    outcome = add_members(content, rendered.text.encode(), first_party=first_party, line_length=line_length)
    if not isinstance(outcome, Cannot):
        draft.edit(path, outcome, rank=rendered.rank)
    elif _base(ledger, path) == rendered.text:
        draft.keep(path)  # The members are there, edited by hand since.
    else:
        draft.conflict(path, f"{outcome.reason[:1].upper()}{outcome.reason[1:]}.")


def _base(ledger: Ledger | None, path: PurePosixPath) -> str | None:
    file = ledger.file(path) if ledger is not None else None
    return file.text if file is not None else None


def _same(content: bytes, text: str) -> bool:
    """Compare a file with a text; version control may have given the file's lines carriage returns."""
    return content.replace(b"\r\n", b"\n") == text.encode()


def _way_out(path: PurePosixPath) -> str:
    return f"move it away, or overwrite it with --force {path}."
