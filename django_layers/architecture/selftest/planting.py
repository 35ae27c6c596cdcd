"""Plants the wrong example of a rule in an app, with what it needs, under names that nothing else there has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.configuration.layout import Layout
from django_layers.architecture.explanations.shop import SHOP

__all__ = ["App", "plant"]

# Relations and drift connect these, and no import does.
_TOGETHER = ("shop/models/book.py", "shop/models/page.py", "shop/schemas/book.py")
_CLASSES = re.compile("(?=(?:Book|Page|Shelf))")
_COMPOSITION = re.compile(r"from shop import dependencies\b")


@dataclass(frozen=True, slots=True)
class App:
    """A layered app that is planted in.

    Attributes:
        name: its dotted package.
        folder: the folder of that package.
    """

    name: str
    folder: Path

    @property
    def label(self) -> str:
        """The last part of its name, which labels of models begin with."""
        return self.name.rpartition(".")[2]


def plant(app: App, code: str, wrong: Mapping[str, str], layout: Layout) -> dict[Path, bytes]:
    """Return the files that break a rule in an app.

    Args:
        app: the app.
        code: the rule.
        wrong: its wrong example, as files of the project of the pages.
        layout: where the project keeps its layers.
    """
    files = _needed(wrong)
    prefix = f"selftest_{app.name.replace('.', '_')}_{code.lower()}"
    places = {path: _place(path, app, prefix, layout) for path in files}
    return {place: _rewritten(files[path], app, code, prefix, places).encode() for path, place in places.items()}


def _needed(wrong: Mapping[str, str]) -> dict[str, str]:
    """Return an example with the files of its project that it names, directly or through others."""
    found = {**{path: SHOP[path] for path in _TOGETHER}, **wrong}
    waiting = list(found.values())
    while waiting:
        text = waiting.pop()
        for path, other in SHOP.items():
            if path not in found and not path.endswith("__init__.py") and _names(text, path):
                found[path] = other
                waiting.append(other)
    return found


def _names(text: str, path: str) -> bool:
    if path.startswith("depot/"):
        # Two layers make it an app, so that all of it is needed.
        return "depot." in text
    return _dotted(path) in text or (path == "shop/dependencies.py" and _COMPOSITION.search(text) is not None)


def _dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _place(path: str, app: App, prefix: str, layout: Layout) -> Path:
    top, _, rest = path.partition("/")
    if top == "common":
        return app.folder.parent / f"{prefix}_{rest}"
    folder = app.folder if top == "shop" else app.folder.parent / f"{prefix}_{top}"
    inside = tuple(_dotted(rest).split("."))
    layer = Layout().layer_of(inside)
    held = _held(layer, folder, layout) if layer else inside[0]
    if top == "depot":
        return folder / f"{held.replace('.', '/')}.py"
    return folder / held.replace(".", "/") / f"{prefix}_{inside[-1]}.py"


def _held(layer: str, folder: Path, layout: Layout) -> str:
    """Return what holds a layer in an app: of the names that it may have, the one that is there."""
    names = layout.names[layer]
    for one in names:
        place = folder / one.replace(".", "/")
        if place.is_dir() or place.with_suffix(".py").is_file():
            return one
    return names[0]


def _rewritten(text: str, app: App, code: str, prefix: str, places: Mapping[str, Path]) -> str:
    text = _COMPOSITION.sub("import shop.dependencies as dependencies", text)
    start = app.folder.parents[app.name.count(".")]
    for old, new in sorted(_modules(places, start), reverse=True):
        text = re.sub(rf"\b{re.escape(old)}\b", new, text)
    text = text.replace('"shop.', f'"{app.label}.').replace('"depot.', f'"{prefix}_depot.')
    return _CLASSES.sub(code, text)


def _modules(places: Mapping[str, Path], start: Path) -> Iterator[tuple[str, str]]:
    for path, place in places.items():
        yield _dotted(path), _dotted(place.relative_to(start).as_posix())
