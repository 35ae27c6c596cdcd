"""The command line of the map, which `python -m django_layers map` and `manage.py maplayers` share."""

import argparse
import sys
from pathlib import Path
from typing import Protocol

from django_layers.architecture.map.formats import as_html, as_json, as_mermaid
from django_layers.architecture.map.surveying import draw
from django_layers.architecture.spelling import amount

__all__ = ["FORMATS", "run"]

FORMATS = {"html": as_html, "json": as_json, "mermaid": as_mermaid}


class Writes(Protocol):
    """What can be written to: a stream, or Django's wrapper of one."""

    def write(self, text: str, /) -> object:
        """Write a text."""
        ...


def run(options: argparse.Namespace, out: Writes | None = None, talk: Writes | None = None) -> int:
    """Draw the map, and write it to a file or show it.

    Args:
        options: what `add_arguments` of the arguments adds.
        out: where the map goes where no file is named; standard output.
        talk: where the summary goes; standard error.

    Returns:
        0: a map is drawn whatever it shows.

    Raises:
        CheckError: there is nothing to draw.
    """
    atlas = draw(options.paths or [Path.cwd()], remember=options.cache)
    text = FORMATS[options.format](atlas)
    target: Path | None = options.output
    if target is None:
        (out or sys.stdout).write(text)
    else:
        target.write_text(text, "utf-8")
        counts = (
            amount(len(atlas.apps), "app"),
            amount(len(atlas.entities), "entity", "entities"),
            amount(len(atlas.wrong), "violation"),
        )
        (talk or sys.stderr).write(f"{target}: {', '.join(counts)}.\n")
    return 0
