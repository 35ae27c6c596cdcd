"""What the commands share that write models: an option to make the migration with them, and to run it."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.migrator import Migrator
    from django_layers.scaffold.plans.plan import Plan

__all__ = ["MigratingCommand"]


class MigratingCommand(WritingCommand):
    """A writing command that can make a migration too.

    Attributes:
        migrator: who is to run `migrate` once the plan is written; None where that is not asked for.
    """

    migrator: "Migrator | None" = None

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--migrate` to the options of all writing commands."""
        parser.add_argument("--migrate", action="store_true", help="Make its migration too, and run migrate.")
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do as any writing command, and leave no process behind that was to migrate."""
        from django.conf import settings

        from django_layers.scaffold.planning.migrator import migrating

        with migrating(settings.SETTINGS_MODULE) if options["migrate"] else nullcontext() as self.migrator:
            super().handle(*args, **options)

    def after_writing(self, plan: "Plan", options: dict[str, Any]) -> None:
        """Migrate, or say how to."""
        if self.migrator is not None:
            self.say(self.migrator.migrate(plan))
        elif any(change.migration for change in plan.writes):
            self.say("Next: python manage.py migrate")
        elif plan.changes_models:
            self.say(
                "Next: the same command with --migrate, or python manage.py makemigrations && python manage.py migrate"
            )
