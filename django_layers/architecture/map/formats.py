"""A map as JSON, as Mermaid and as a page."""

import html
import json
from dataclasses import asdict
from importlib.resources import files

from django_layers.architecture.map.atlas import Atlas, Use
from django_layers.layers import LAYERS

__all__ = ["VERSION", "as_html", "as_json", "as_mermaid"]

VERSION = 1
"""The version of the shape of the JSON; it grows when a key changes its meaning or goes away."""

_ORDER = {layer.name: number for number, layer in enumerate(reversed(LAYERS))}


def as_json(atlas: Atlas) -> str:
    """Return a map as one JSON object."""
    return json.dumps({"version": VERSION, **asdict(atlas)}, indent=2, ensure_ascii=False) + "\n"


def as_html(atlas: Atlas) -> str:
    """Return a map as one page that loads nothing from anywhere."""
    layers = [layer.name for layer in reversed(LAYERS)]
    data = json.dumps({"version": VERSION, "layers": layers, **asdict(atlas)}, ensure_ascii=False)
    page = files(__package__).joinpath("page.html").read_text("utf-8")
    # A text of the project must not end the script that it stands in.
    return page.replace("__TITLE__", html.escape(atlas.title)).replace("__DATA__", data.replace("<", "\\u003c"))


def as_mermaid(atlas: Atlas) -> str:
    """Return a map as a flowchart of Mermaid: a box for each layer, with its entities, and red where a rule is broken."""
    places = {one.name: (one.app, one.part) for one in atlas.files}
    labels = {one.name: one.label for one in atlas.entities}
    lines = ["flowchart TB"]
    for app in atlas.apps:
        lines.append(f'  subgraph {_id(app)}["{app}"]')
        parts = {one.part for one in atlas.files if one.app == app}
        for part in sorted(parts, key=lambda one: (_ORDER.get(one, -1), one)):
            of_part = [one for one in atlas.files if (one.app, one.part) == (app, part)]
            names = sorted({labels[entity] for one in of_part for entity in one.entities})
            text = f"{part}<br/>{', '.join(names)}" if names else part
            lines.append(f'    {_id(app, part)}["{text}"]')
        lines.append("  end")
    edges: dict[tuple[str, str], list[Use]] = {}
    for use in atlas.uses:
        if use.source in places and use.target in places and places[use.source] != places[use.target]:
            key = (_id(*places[use.source]), _id(*places[use.target]))
            edges.setdefault(key, []).append(use)
    red = []
    for number, ((source, target), uses) in enumerate(sorted(edges.items())):
        codes = sorted({code for use in uses for code in use.codes})
        arrow = f"-->|{' '.join(codes)}|" if codes else "-->"
        lines.append(f"  {source} {arrow} {target}")
        if codes:
            red.append(str(number))
    if red:
        lines.append(f"  linkStyle {','.join(red)} stroke:#d1242f,color:#d1242f,stroke-width:2px")
    wrong = {one.file for one in atlas.wrong}
    marked = sorted({_id(*places[one]) for one in wrong if one in places})
    lines += [f"  style {one} stroke:#d1242f,stroke-width:2px" for one in marked]
    return "\n".join(lines) + "\n"


def _id(app: str, part: str = "") -> str:
    return "_".join(["app", *app.split("."), *part.split(".")]).rstrip("_")
