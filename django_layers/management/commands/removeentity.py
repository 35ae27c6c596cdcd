"""`manage.py removeentity NAME`: take out what addentity has made, in all layers."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._migrating import MigratingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(MigratingCommand):
    """Remove an entity."""

    help = (
        "Takes out what addentity has made of an entity: files, members of shared files, exports, routes, ledger. What was "
        "edited by hand stops the run, and so does code that still uses what would go. Migrations stay."
    )
    force_help = "Take this edited file out too, or a member of a shared one: PATH::MEMBER."
    missing_args_message = "Name the entity: manage.py removeentity Rating"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the entity and what happens to what was edited."""
        parser.add_argument("name", metavar="NAME", help="Its class name, Rating or recipes.Rating.")
        parser.add_argument("--app", help="The app; not needed where the project has one layered app.")
        parser.add_argument("--keep-edited", action="store_true", help="Keep what was edited, and what that uses.")
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the removal, with the migration that drops the table if that is asked for."""
        from django_layers.scaffold.planning.undo.removeentity import plan_removeentity
        from django_layers.scaffold.project.discovery import discover_project

        return plan_removeentity(
            discover_project(),
            options["name"],
            app_label=options["app"],
            force=decisions.force,
            keep_edited=options["keep_edited"],
            migrator=self.migrator,
        )

    def after_writing(self, plan: "Plan", options: dict[str, Any]) -> None:
        """Drop the table, where that was asked for."""
        if options["migrate"]:
            super().after_writing(plan, options)
