"""`manage.py maplayers`: draw the apps, layers and entities of the project, and who uses whom."""

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from django_layers.architecture.map.arguments import add_arguments


class Command(BaseCommand):
    """Draws the layers of the project."""

    help = "Draws the apps, layers and entities of the project and who uses whom, with what crosses a layer in red."
    # It reads files, so it works in a project that does not load.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what to draw and how."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw the map.

        Raises:
            CommandError: there is nothing to draw, with 2 as its returncode.
        """
        from django_layers.architecture.errors import CheckError
        from django_layers.architecture.map.command import run

        try:
            run(Namespace(**options), self.stdout, self.stderr)
        except CheckError as error:
            raise CommandError(str(error), returncode=error.exit_code) from error
