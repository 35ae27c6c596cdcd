"""A ledger of two files, and how it gets onto the disk."""

from pathlib import Path, PurePosixPath

from django_layers.scaffold.plans.ledger import FileKind, Ledger, LedgerFile
from django_layers.scaffold.plans.ledger_changes import ledger_changes
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.writing.apply import apply

APP = PurePosixPath("apps/recipes")
MODEL = LedgerFile(path=APP / "models/rating.py", kind=FileKind.WHOLE, text="class Rating: ...\n")
SHARED = LedgerFile(path=APP / "dependencies.py", kind=FileKind.SHARED, text="def rating_service(): ...\n")
RATING = Ledger(
    entity="rating",
    generator="0.1.0",
    spec={"name": "Rating", "fields": {"stars": {"type": "int", "min": 1}, "note": {"type": "text"}}, "unique": []},
    files=(MODEL, SHARED),
)


def write_ledger(root: Path, ledger: Ledger) -> None:
    """Write a ledger into the app, as a command does."""
    apply(Plan(root, ledger_changes(root, APP, ledger)))
