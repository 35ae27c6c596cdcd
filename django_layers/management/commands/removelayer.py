"""`manage.py removelayer LABEL`: take out what startlayer has written."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Remove the layers of an app."""

    help = (
        "Takes out what startlayer has written into an app, which must have no entities any more, and with the last layered "
        "app what it has written into the project. What was there before comes back; what was edited by hand stops the run."
    )
    force_help = "Take this edited file out too, or a member of one that was there before: PATH::MEMBER."
    missing_args_message = "Name the app: manage.py removelayer recipes"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the app."""
        parser.add_argument("label", metavar="LABEL", help="The app's label.")
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the removal."""
        from django_layers.scaffold.planning.undo.removelayer import plan_removelayer
        from django_layers.scaffold.project.discovery import discover_project

        return plan_removelayer(discover_project(), options["label"], force=decisions.force)
