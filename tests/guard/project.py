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
        app: the name of the app's package.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # Modules stay in `sys.modules` by name; each project has one of its own.
        self.app = f"guarded{next(_numbers)}"
        self.write("schemas.py", "")
        self.write("services.py", "")

    def write(self, path: str, text: str) -> None:
        """Write a module of the app."""
        self.write_beside(f"{self.app}/{path}", text)

    def write_beside(self, path: str, text: str) -> None:
        """Write a module of the project."""
        file = self._root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("from tests.shop.models import Tag\n" + dedent(text))
        for folder in file.parent.relative_to(self._root).parents:
            if folder != Path():
                (self._root / folder / "__init__.py").touch()
        if file.parent != self._root:
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
    def installed(self, installed_apps: list[str], *, layered: bool = True) -> Iterator[None]:
        """Let the app be one of Django's while it is used."""
        sys.path.insert(0, str(self._root))
        try:
            with override_settings(BASE_DIR=self._root, INSTALLED_APPS=[*installed_apps, self.app]):
                yield
        finally:
            sys.path.remove(str(self._root))
            for name in [each for each in sys.modules if each.partition(".")[0].startswith(self.app)]:
                del sys.modules[name]
