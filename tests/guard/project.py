"""A layered app on disk, whose modules ask the database in every way."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from django.test import override_settings

_numbers = itertools.count()


class Project:
    """A project with one app, written file by file.

    Attributes:
        root: its folder.
        app: the name of the app's package.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        # Modules stay in `sys.modules` by name; each project has one of its own.
        self.app = f"guarded{next(_numbers)}"
        self.write("schemas.py", "")
        self.write("services.py", "")

    def write(self, path: str, text: str) -> None:
        """Write a module of the app."""
        self.write_beside(f"{self.app}/{path}", text)

    def write_beside(self, path: str, text: str) -> None:
        """Write a module of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("from tests.shop.models import Tag\n" + dedent(text))
        for folder in file.parent.relative_to(self.root).parents:
            if folder != Path():
                (self.root / folder / "__init__.py").touch()
        if file.parent != self.root:
            (file.parent / "__init__.py").touch()

    def load(self, module: str) -> ModuleType:
        """Return a module of the app."""
        invalidate_caches()
        return import_module(f"{self.app}.{module}")

    def beside(self, module: str) -> ModuleType:
        """Return a module of the project."""
        invalidate_caches()
        return import_module(module)

    @contextmanager
    def installed(self, installed_apps: list[str]) -> Iterator[None]:
        """Let the app be one of Django's while it is used."""
        sys.path.insert(0, str(self.root))
        try:
            with override_settings(BASE_DIR=self.root, INSTALLED_APPS=[*installed_apps, self.app]):
                yield
        finally:
            sys.path.remove(str(self.root))
            for name in [each for each in sys.modules if each.partition(".")[0].startswith(self.app)]:
                del sys.modules[name]
