"""The modules of a project and its layered apps, found without configuration."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple, TypeAlias

from django_layers.architecture.configuration.layout import Layout
from django_layers.architecture.errors import NothingLayered
from django_layers.architecture.tree.places import UNASSIGNED, Place, is_layer, part_of
from django_layers.architecture.tree.surveying import Survey, survey

__all__ = ["Source", "Tree", "arrange", "discover"]

_Prefix: TypeAlias = tuple[Path, tuple[str, ...]]
_Surroundings: TypeAlias = tuple[int, bool] | None


class Source(NamedTuple):
    """A module on the disk.

    Attributes:
        path: its file.
        name: its dotted name, which no other module of the tree has.
        root: the folder that the names of its project start in.
        place: which part of which layered app it is.
    """

    path: Path
    name: str
    root: Path
    place: Place

    def __hash__(self) -> int:
        # A path works its hash out in Python, and sources are looked up by the ten thousand.
        return hash(self.name)

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__` of a package."""
        return self.path.name == "__init__.py"


class Tree(NamedTuple):
    """What there is to check.

    Attributes:
        sources: every module, those that only serve to follow names included.
        apps: the dotted packages of the layered apps, sorted.
        aliases: the name of a module, by the folder that a dotted name starts in and that dotted name.
        unmatched: the patterns of paths and the apps of the configuration that match nothing here, with their keys.
    """

    sources: tuple[Source, ...]
    apps: tuple[str, ...]
    aliases: Mapping[tuple[Path, str], str]
    unmatched: tuple[tuple[str, str], ...] = ()


def discover(paths: Sequence[Path], layout: Layout | None = None) -> Tree:
    """Find the modules and the layered apps at some paths.

    Args:
        paths: folders and Python files.
        layout: where the layers are.

    Raises:
        PathNotFound: one of them is neither.
        NothingLayered: there is no layered app among the modules.
    """
    layout = layout or Layout()
    return arrange(survey(paths, layout), layout)


def arrange(found: Survey, layout: Layout) -> Tree:
    """Give the files of a survey their names, and their places in layered apps.

    Args:
        found: the files.
        layout: where the layers are.

    Raises:
        NothingLayered: there is no layered app among them.
    """
    roots = found.roots
    files, unmatched = _kept([Path(file) for file in found.files], [path for path, _ in found.closed], layout)
    packages = {file.parent for file in files if file.name == "__init__.py"}
    starts = {*roots, *layout.roots, *(file.parent for file in files if file.name == "manage.py")}
    starts |= {root / "src" for root in list(starts) if root / "src" not in packages and (root / "src").is_dir()}
    apps = _app_folders(files, starts, packages, layout)
    tops = starts - packages | set(roots) | set(layout.roots)
    named = _declared_apps(files, tops, packages, layout)
    unmatched += [("apps", name) for name in layout.apps if name not in named]
    apps |= set(named.values())
    sources, aliases = _named(files, tops, packages, apps, layout)
    names = tuple(sorted({source.place.app for source in sources if source.place.app}))
    if not names:
        raise NothingLayered(found.chosen)
    return Tree(sources, names, aliases, tuple(unmatched))


def _kept(files: list[Path], closed: list[Path], layout: Layout) -> tuple[list[Path], list[tuple[str, str]]]:
    """Return the files that are not excluded, and the exclusions that match neither a file nor a closed folder."""
    if layout.folder is None or not layout.excluded:
        return files, []
    kept, used = [], {pattern for folder in closed for pattern in layout.excluding(folder)}
    for file in files:
        matching = layout.excluding(file)
        used.update(matching)
        if not matching:
            kept.append(file)
    return kept, [("exclude", pattern) for pattern in layout.excluded if pattern not in used]


def _app_folders(files: Iterable[Path], starts: set[Path], packages: set[Path], layout: Layout) -> set[Path]:
    """Return the folders that hold two of the marking layers, and are no part of a layer themselves."""
    named = layout.markers()
    markers: dict[Path, set[str]] = {}
    for file in files:
        if file.stem in named:
            markers.setdefault(file.parent, set()).add(named[file.stem])
        if file.parent.name in named:
            markers.setdefault(file.parent.parent, set()).add(named[file.parent.name])
    found: set[Path] = set()
    for folder in sorted(markers, key=lambda folder: len(folder.parts)):
        if len(markers[folder]) < 2 or (folder in starts and folder not in packages):
            continue
        if all(part_of(folder.relative_to(app).parts, layout) == UNASSIGNED for app in found if app in folder.parents):
            found.add(folder)
    return found


def _declared_apps(files: Iterable[Path], starts: set[Path], packages: set[Path], layout: Layout) -> dict[str, Path]:
    """Return the folders of the apps that the configuration lists, by their dotted packages."""
    if not layout.apps:
        return {}
    found = {}
    for folder in {file.parent for file in files}:
        for name, _ in _names_with(_prefixes(folder, starts, packages), "__init__", starts):
            if name in layout.apps:
                found[name] = folder
    return found


def _named(
    files: Iterable[Path], tops: set[Path], packages: set[Path], apps: set[Path], layout: Layout
) -> tuple[tuple[Source, ...], dict[tuple[Path, str], str]]:
    sources: list[Source] = []
    aliases: dict[tuple[Path, str], str] = {}
    taken: set[str] = set()
    others = {file.parent for file in files if file.name == "apps.py"} - apps
    names_of_apps = _names_of_apps(apps, tops, packages)
    # Python finds the package of a name, and never the module beside it.
    hiding = set(map(str, packages))
    folders: dict[Path, tuple[list[_Prefix], _Surroundings, str]] = {}
    for file in files:
        folder = file.parent
        if folder not in folders:
            app = next((names_of_apps[above] for above in (folder, *folder.parents) if above in apps), "")
            folders[folder] = _prefixes(folder, tops, packages), _surroundings(folder, apps, others), app
        prefixes, surroundings, app = folders[folder]
        names = _names_with(prefixes, file.stem, tops)
        if not names:
            continue
        is_hidden = str(file).removesuffix(".py") in hiding
        name = _own_name(file, names, prefixes, app, taken, is_hidden=is_hidden)
        taken.add(name)
        sources.append(Source(file, name, names[0][1], _place(file.stem, name, surroundings, layout)))
        for other, root in names:
            aliases.setdefault((root, other), name)
    return tuple(sources), aliases


def _names_of_apps(apps: set[Path], tops: set[Path], packages: set[Path]) -> dict[Path, str]:
    """Return the dotted packages of apps, each another one, which the names of all modules in them begin with."""
    found: dict[Path, str] = {}
    for folder in sorted(apps):
        around = next((found[above] for above in folder.parents if above in found), "")
        prefixes = _prefixes(folder, tops, packages)
        names = _names_with(prefixes, "__init__", tops)
        if names:
            found[folder] = _own_name(folder / "__init__.py", names, prefixes, around, set(found.values()))
        else:
            found[folder] = around
    return found


def _prefixes(folder: Path, starts: set[Path], packages: set[Path]) -> list[_Prefix]:
    """Return the folders that names of modules in a folder can start in, with the parts of names up to it."""
    start = folder
    while start in packages:
        start = start.parent
    roots = [root for root in (folder, *folder.parents) if root == start or root in starts]
    return [(root, folder.relative_to(root).parts) for root in roots]


def _names_with(prefixes: Iterable[_Prefix], stem: str, starts: set[Path]) -> list[tuple[str, Path]]:
    """Return the dotted names that a file can be imported by, from the deepest folder that names can start in."""
    found = []
    for root, before in prefixes:
        parts = before if stem == "__init__" else (*before, stem)
        if parts and all(map(str.isidentifier, parts)):
            found.append((".".join(parts), root))
    # A namespace package is found from the folder of manage.py, not from inside itself.
    found.sort(key=lambda pair: pair[1] not in starts)
    return found


def _own_name(
    file: Path,
    names: list[tuple[str, Path]],
    prefixes: list[_Prefix],
    app: str,
    taken: set[str],
    *,
    is_hidden: bool = False,
) -> str:
    """Return a name that a file has for itself: the one that most would know it by, where no other has it.

    Where others have all that it can be imported by, it gets one that no import can mean.

    Args:
        file: the file.
        names: what it can be imported by, each with the folder that the name starts in.
        prefixes: the folders that names can start in, with the parts of names up to the folder of the file.
        app: the dotted package of the app that it is in, which the name begins with; empty for none.
        taken: the names of others.
        is_hidden: whether a package of its name hides it.
    """
    first = names[0][0]
    start = f"{app}." if app else ""
    if first not in taken and f"{first}.".startswith(start) and not is_hidden:
        return first
    # Folders that hold whole projects have any name, such as "shop-api".
    root, before = prefixes[-1]
    inside = [*before, *(() if file.stem == "__init__" else (file.stem,))]
    outside = [one.name for one in (root, *root.parents)]
    above = [".".join((*reversed(outside[:length]), *inside)) for length in range(len(outside))]
    known = [one for one in (*(name for name, _ in names), *above) if f"{one}.".startswith(start)] or [first]
    if is_hidden:
        known = [f"{known[0]} (hidden by its package)"]
    numbered = (f"{known[0]} ({number})" for number in count(2))
    return next(one for one in chain(known, numbered) if one not in taken)


def _surroundings(folder: Path, apps: set[Path], others: set[Path]) -> _Surroundings:
    """Return how deep a folder is in its layered app, and whether it is in an app of Django's within that one."""
    inside: list[Path] = []
    for above in (folder, *folder.parents):
        if above in apps:
            return len(inside), not others.isdisjoint(inside)
        inside.append(above)
    return None


def _place(stem: str, name: str, surroundings: _Surroundings, layout: Layout) -> Place:
    if surroundings is None:
        return Place()
    depth, is_in_other = surroundings
    parts = name.split(".")
    length = depth if stem == "__init__" else depth + 1
    inside = parts[len(parts) - length :] if length else []
    part = part_of(tuple(inside), layout)
    if not is_layer(part) and is_in_other:
        # Within it, but an app of its own for Django, and no layered one.
        return Place()
    return Place(".".join(parts[: len(parts) - length]), part)
