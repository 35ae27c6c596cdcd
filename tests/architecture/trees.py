"""Small projects for tests of the checker."""

from pathlib import Path

from django_layers.architecture.checking import Violation, check
from tests.scaffold.trees import build_tree

__all__ = ["APP", "codes", "violations"]

APP = {
    "shop/__init__.py": "",
    "shop/models.py": "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.TextField()\n",
    "shop/services.py": "",
}
"""The smallest layered app."""


def violations(root: Path, files: dict[str, str | bytes], *paths: str) -> list[Violation]:
    """Return what is found in a project of some files, with the smallest layered app among them.

    Args:
        root: an empty folder.
        files: by their relative paths; they replace those of the app.
        paths: what to check, relative to the root; nothing for all of it.
    """
    build_tree(root, {**APP, **files})
    return list(check([root / path for path in paths] or [root]).violations)


def codes(root: Path, files: dict[str, str | bytes], *paths: str) -> list[str]:
    """Return the codes of what is found, in the order of the places."""
    return [one.code for one in violations(root, files, *paths)]
