"""Where the apps of a project keep their layers, read from the disk."""

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.stubs import is_stub
from django_layers.scaffold.refusals import NotImportable

if TYPE_CHECKING:
    from django.db.models import Model

__all__ = ["PACKAGES", "app_layout", "dotted_name", "has_layers", "model_module", "relative_to", "rival_modules"]

PACKAGES = ("models", "schemas", "repositories", "gateways", "services", "api")
"""The layers that are packages, unless the app has a module of the name already."""


def app_layout(root: Path, folder: Path, *, label: str, package: str) -> AppLayout:
    """Return how an app is laid out, or would be laid out where there is nothing yet.

    Args:
        root: the root of the project.
        folder: the app's folder; it need not exist.
        label: the app's label.
        package: its dotted name.
    """
    return AppLayout(
        label=label,
        package=package,
        path=relative_to(root, folder),
        single_modules=frozenset(layer for layer in PACKAGES if _is_module(folder, layer)),
        tests="test_layers" if _is_module(folder, "tests") else "tests",
    )


def has_layers(root: Path, app: AppLayout) -> bool:
    """Tell whether `startlayer` has been run for an app."""
    folder = root / app.path
    return (folder / "dependencies.py").is_file() and all(
        (folder / layer).is_dir() or (folder / f"{layer}.py").is_file() for layer in ("repositories", "services")
    )


def rival_modules(root: Path, app: AppLayout) -> tuple[PurePosixPath, ...]:
    """Return modules with content that a package of the same name hides already; Python never reads them."""
    folder = root / app.path
    return tuple(
        app.path / f"{layer}.py"
        for layer in (*PACKAGES, "tests")
        if (folder / layer / "__init__.py").is_file()
        and (folder / f"{layer}.py").is_file()
        and not is_stub(folder / f"{layer}.py")
    )


def dotted_name(folder: Path) -> str:
    """Return the dotted name under which a folder is, or would be, imported.

    Raises:
        NotImportable: it is in no folder of the import path, or a part of its name is no identifier.
    """
    # The shortest name below an entry of the import path is the one of the deepest such entry.
    entries = sorted((Path(entry or os.curdir).resolve() for entry in sys.path), key=lambda entry: -len(entry.parts))
    for entry in entries:
        if entry in folder.parents:
            parts = folder.relative_to(entry).parts
            if all(part.isidentifier() for part in parts):
                return ".".join(parts)
    raise NotImportable(folder)


def model_module(model: "type[Model]") -> str:
    """Return where to import a model from: the `models` of its app if it is to be had there, else where it is defined."""
    from django.apps import apps

    module = getattr(apps.get_app_config(model._meta.app_label).models_module, "__name__", "")
    return module if getattr(sys.modules.get(module), model.__name__, None) is model else model.__module__


def relative_to(root: Path, path: Path) -> PurePosixPath:
    """Return a path relative to the root, with slashes.

    Raises:
        ValueError: it is not below the root.
    """
    return PurePosixPath(path.relative_to(root).as_posix())


def _is_module(folder: Path, name: str) -> bool:
    module = folder / f"{name}.py"
    return module.is_file() and not (folder / name / "__init__.py").is_file() and not is_stub(module)
