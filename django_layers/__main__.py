"""What can be done without Django, and therefore also when the project no longer starts: `python -m django_layers`."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.arguments import add_arguments as add_check_arguments
from django_layers.architecture.errors import CheckError
from django_layers.architecture.map.arguments import add_arguments as add_map_arguments
from django_layers.scaffold.errors import RootNotFound, ScaffoldError

__all__ = ["COMMANDS", "Command", "main"]


class Command(NamedTuple):
    """One subcommand.

    Attributes:
        name: the word on the command line.
        help: what it does, in one sentence.
        add_arguments: declares its arguments.
        run: does it and returns the exit code; a `ScaffoldError` or `CheckError` becomes its message and its exit
            code.
    """

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


class _Formatter(argparse.HelpFormatter):
    """Asks for the width of the terminal itself: the module that would be asked loads three that compress."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return int(named)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (AttributeError, ValueError, OSError):
        # It is no terminal.
        return 80


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand and return the exit code: 0 done or nothing to do, 1 incomplete, 2 a wrong request.

    Args:
        arguments: the words after `python -m django_layers`; None for those of this process.
    """
    words = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m django_layers", description=__doc__, formatter_class=_Formatter)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        of_command = subparsers.add_parser(
            command.name, help=command.help, description=command.help, formatter_class=_Formatter
        )
        # An editor waits for each run, so what another command takes is not worked out.
        if words[:1] == [command.name]:
            command.add_arguments(of_command)
    options = parser.parse_args(words)
    command = next(command for command in COMMANDS if command.name == options.command)
    try:
        return command.run(options)
    except (ScaffoldError, CheckError) as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _add_recover_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root",
        type=Path,
        metavar="PATH",
        help="the folder of manage.py; without it, the nearest one from here upwards",
    )


def _recover(options: argparse.Namespace) -> int:
    # Merging is far more than a check or a map needs.
    from django_layers.scaffold.writing.recovery import recover
    from django_layers.scaffold.writing.root import find_root

    chosen: Path | None = options.root
    if chosen is not None and not chosen.is_dir():
        raise RootNotFound(chosen)
    recovery = recover(chosen.absolute() if chosen is not None else find_root(Path.cwd()))
    if not recovery.interrupted:
        sys.stdout.write("Nothing to do: no run was interrupted here.\n")
        return 0
    for path in recovery.restored:
        sys.stdout.write(f"restored  {path}\n")
    sys.stdout.write("The interrupted run is rolled back: the project is as it was before.\n")
    return 0


def _check(options: argparse.Namespace) -> int:
    # What is made from here on stays until the end, and there is no garbage to look for among it.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        # Recovery has to work whatever happens, and needs none of this.
        from django_layers.architecture.command import run

        return run(options)
    finally:
        if was_enabled:
            gc.enable()


def _map(options: argparse.Namespace) -> int:
    from django_layers.architecture.map.command import run

    return run(options)


COMMANDS: tuple[Command, ...] = (
    Command("recover", "Put back what an interrupted run had written.", _add_recover_arguments, _recover),
    Command("check", "Check that no layer is crossed.", add_check_arguments, _check),
    Command("map", "Draw the apps, layers and entities, and who uses whom.", add_map_arguments, _map),
)
"""Every subcommand; a new one is a new row."""


if __name__ == "__main__":
    sys.exit(main())
