"""`manage.py checklayers`: check that no layer is crossed."""

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from django_layers.architecture.arguments import add_arguments


class Command(BaseCommand):
    """Checks that no layer is crossed."""

    help = "Checks that no layer is crossed; `python -m django_layers check` does the same without loading the project."
    # It reads files, so it works in a project that does not load.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what to check and how to show it."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and show what was found.

        Raises:
            CommandError: there are violations, with 1 as its returncode, or nothing could be checked, with 2.
        """
        from django_layers.architecture.command import run
        from django_layers.architecture.errors import CheckError

        try:
            code = run(Namespace(**options), self.stdout, self.stderr)
        except CheckError as error:
            raise CommandError(str(error), returncode=error.exit_code) from error
        if code:
            raise CommandError(_said(code, is_selftest=options["selftest"]), returncode=code)


def _said(code: int, *, is_selftest: bool) -> str:
    if code != 1:
        return "The configuration is wrong."
    return "A violation that was planted is not found." if is_selftest else "The check has found errors."
