"""What can be said on the command line, to `python -m django_layers check` and to `manage.py checklayers`."""

import argparse
from pathlib import Path

__all__ = ["add_arguments"]

FORMATS = ("text", "json", "sarif", "github")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to check and how to show it."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="folders and modules to check; without them, this folder"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="how the violations are shown; without it as text, in GitHub Actions as annotations too",
    )
    parser.add_argument(
        "--baseline",
        choices=("create", "check", "prune"),
        default="check",
        help="create: write down what is found, for apps without a baseline; check: only tell what is new (as it is "
        "without this option); prune: take out what is fixed",
    )
    parser.add_argument(
        "--changed", metavar="REF", help="tell only what is in files that have changed since a commit or branch of git"
    )
    parser.add_argument(
        "--stdin-filename",
        type=Path,
        metavar="PATH",
        help="check what standard input holds as if this file held it, for editors",
    )
    parser.add_argument(
        "--no-cache",
        action="store_false",
        dest="cache",
        help="look at every file anew, and keep nothing for the next run",
    )
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument(
        "--selftest",
        action="store_true",
        help="plant a violation of every rule in a copy of the project in memory, and fail where one is not found",
    )
    asked.add_argument("--explain", metavar="CODE", help="say what a rule is about, and check nothing")
    asked.add_argument(
        "--context",
        type=Path,
        metavar="PATH",
        help="say which layer a file is in, what it may import and what belongs where, and check nothing",
    )
