"""What happens to the files that an entity is rendered into."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.planning.decide import Decider
from django_layers.scaffold.planning.decisions import read_decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.ledger import FileKind, LedgerFile
from django_layers.scaffold.plans.plan import Action, Change
from django_layers.scaffold.rendering.render import Rendered

PATH = PurePosixPath("recipes/types.py")
NEW = 'class Rating:\n    stars = "new"\n'
OLD = 'class Rating:\n    stars = "old"\n'
EDITED = 'class Rating:\n    stars = "mine"\n'


def rendered(text: str, kind: str = "whole") -> Rendered:
    """What the templates make of an entity."""
    return Rendered(path=PATH, text=text, kind="whole" if kind == "whole" else "fragment", layer="types", rank=3)


def base_of(text: str | None) -> LedgerFile | None:
    """What an earlier run has generated."""
    return None if text is None else LedgerFile(path=PATH, kind=FileKind.WHOLE, text=text)


def decided(root: Path, on_disk: str | None, base: str | None, kind: str = "whole", force: bool = False) -> Change:
    """The change that comes of rendering `NEW`."""
    if on_disk is not None:
        (root / PATH.parent).mkdir()
        (root / PATH).write_bytes(on_disk.encode())
    draft = Draft(root, read_decisions(force=[str(PATH)] if force else []))
    decider = Decider(draft, ImportStyle(frozenset({"recipes"})))
    (decider.whole if kind == "whole" else decider.part)(rendered(NEW, kind), base_of(base))
    (change,) = draft.plan().changes
    return change


@pytest.mark.parametrize(
    ("on_disk", "base", "action"),
    [
        (None, None, Action.CREATE),
        (NEW, None, Action.IDENTICAL),
        (NEW, NEW, Action.IDENTICAL),
        (NEW, OLD, Action.IDENTICAL),
        (OLD, OLD, Action.MERGE),
        (OLD.replace("\n", "\r\n"), OLD, Action.MERGE),
        (EDITED, NEW, Action.IDENTICAL),
        ("this is no python\n", NEW, Action.CONFLICT),
        (EDITED, OLD, Action.CONFLICT),
        (EDITED, None, Action.CONFLICT),
    ],
)
def test_a_file_of_its_own(tmp_path: Path, on_disk: str | None, base: str | None, action: Action) -> None:
    change = decided(tmp_path, on_disk, base)

    assert change.action is action
    if action is Action.IDENTICAL:
        assert on_disk is not None
        assert change.after == on_disk.encode()
    elif action is not Action.CONFLICT:
        assert change.after is not None
        assert change.after.replace(b"\r\n", b"\n") == NEW.encode()


def test_a_conflict_says_how_to_overwrite_the_file(tmp_path: Path) -> None:
    change = decided(tmp_path, EDITED, None)

    assert change.reason.endswith("or overwrite it with --force recipes/types.py.")


@pytest.mark.parametrize("base", [None, OLD, NEW])
def test_a_file_that_may_be_overwritten_is(tmp_path: Path, base: str | None) -> None:
    change = decided(tmp_path, EDITED, base, force=True)

    assert (change.action, change.after) == (Action.MERGE, NEW.encode())


@pytest.mark.parametrize(
    ("on_disk", "base", "action"),
    [
        (None, None, Action.CREATE),
        ("X = 1\n", None, Action.EDIT),
        ("X = 1\n\n\n" + NEW, None, Action.IDENTICAL),
        (EDITED, NEW, Action.IDENTICAL),
        (EDITED, None, Action.CONFLICT),
        ("this is no python\n", None, Action.CONFLICT),
    ],
)
def test_members_of_a_shared_file(tmp_path: Path, on_disk: str | None, base: str | None, action: Action) -> None:
    assert decided(tmp_path, on_disk, base, kind="fragment").action is action


def test_members_are_added_behind_what_is_there(tmp_path: Path) -> None:
    change = decided(tmp_path, "X = 1\n", None, kind="fragment")

    assert change.after == b"X = 1\n\n\n" + NEW.encode()


def test_where_nothing_new_is_generated_nothing_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def merge(*_: object, **__: object) -> None:
        pytest.fail("it was merged")

    monkeypatch.setattr("django_layers.scaffold.planning.decide.merge", merge)

    assert decided(tmp_path, EDITED, NEW, kind="fragment").action is Action.IDENTICAL
