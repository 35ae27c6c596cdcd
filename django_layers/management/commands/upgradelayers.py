"""`manage.py upgradelayers [ENTITY...]`: generated code follows the templates that are installed now."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Bring generated code up to date."""

    merges = True
    help = (
        "Generates entities again with the templates that are installed now, or with the project's own, and merges what "
        "has changed about them into what was edited since. --check exits with 1 where anything would change."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which entities."""
        parser.add_argument(
            "names", metavar="ENTITY", nargs="*", help="Rating or recipes.Rating; all if none is named."
        )
        parser.add_argument("--app", help="Only the entities of this app.")
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan it, and load the project as the plan would leave it."""
        from django_layers.scaffold.planning.upgradelayers import plan_upgradelayers
        from django_layers.scaffold.project.discovery import discover_project

        return plan_upgradelayers(discover_project(), options["names"], app_label=options["app"], decisions=decisions)
