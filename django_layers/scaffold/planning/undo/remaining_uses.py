"""Where a project still uses what a plan takes out."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.planning.undo.parts import dotted_module
from django_layers.scaffold.planning.undo.uses import target_of, uses_of
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.project.layout import AppLayout

__all__ = ["RemainingUse", "remaining_uses"]

_FOREIGN = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages"})


@dataclass(frozen=True, slots=True, order=True)
class RemainingUse:
    """A line of a file that stays.

    Attributes:
        path: the file, relative to the root.
        line: the line.
        target: the dotted name of what it uses.
    """

    path: PurePosixPath
    line: int
    target: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def remaining_uses(plan: Plan, gone: Mapping[str, str], apps: Iterable[AppLayout]) -> tuple[RemainingUse, ...]:
    """Return where the project, as the plan leaves it, uses something that is gone: the first line of each file.

    Args:
        plan: what a run would do.
        gone: the dotted names of what goes, each with the word that a file must hold to name it.
        apps: the layouts of the project's apps.
    """
    planned = {change.path: change.after for change in plan.changes if change.writes}
    words = {word.encode() for word in gone.values()}
    layouts = tuple(apps)
    found: set[RemainingUse] = set()
    for path in _modules(plan.root):
        content = planned[path] if path in planned else (plan.root / path).read_bytes()
        if content is None or not any(word in content for word in words):
            continue
        found |= {*_uses(path, content, _dotted_name(plan.root, path, layouts), gone)}
    return tuple(sorted(found))


def _uses(path: PurePosixPath, content: bytes, module: str, gone: Mapping[str, str]) -> Iterator[RemainingUse]:
    try:
        uses = uses_of(content, module, is_package=path.name == "__init__.py")
    except CannotEdit:
        return  # What Python can't read, it can't run.
    seen: set[str] = set()
    for use in uses:
        target = target_of(use, gone)
        if target is not None and target not in seen:
            seen.add(target)
            yield RemainingUse(path, use.line, target)


def _dotted_name(root: Path, path: PurePosixPath, apps: Iterable[AppLayout]) -> str:
    for app in apps:
        if path.is_relative_to(app.path):
            return dotted_module(path, app)
    parts = [] if path.name == "__init__.py" else [path.stem]
    folder = path.parent
    while folder.parts and ((root / folder / "__init__.py").is_file() or folder == path.parent):
        parts.insert(0, folder.name)
        folder = folder.parent
    return ".".join(parts)


def _modules(root: Path) -> Iterator[PurePosixPath]:
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if name not in _FOREIGN and not name.startswith(".") and not Path(folder, name, "pyvenv.cfg").exists()
        ]
        base = PurePosixPath(Path(folder).relative_to(root).as_posix())
        yield from (base / name for name in names if name.endswith(".py"))
