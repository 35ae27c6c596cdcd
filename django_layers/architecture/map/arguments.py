"""What can be said on the command line, to `python -m django_layers map` and to `manage.py maplayers`."""

import argparse
from pathlib import Path

__all__ = ["add_arguments"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to draw and how."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="folders of the project; without them, this folder"
    )
    parser.add_argument(
        "--format", choices=("html", "json", "mermaid"), default="html", help="what the map is drawn as (html)"
    )
    parser.add_argument(
        "--no-cache",
        action="store_false",
        dest="cache",
        help="look at every file anew, and keep nothing for the next run",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="the file to write; without it, standard output is written to"
    )
