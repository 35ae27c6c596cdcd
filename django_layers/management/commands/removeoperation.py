"""`manage.py removeoperation ENTITY NAME`: take out what addoperation has made."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Remove an operation."""

    merges = True
    help = (
        "Takes out what addoperation has made of an operation, in all layers and tests. What was edited by hand stops the "
        "run, until --ours or --theirs decides about it."
    )
    missing_args_message = "Name the entity and the operation: manage.py removeoperation recipes.Recipe publish"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the entity and the operation."""
        parser.add_argument("name", metavar="ENTITY", help="The entity's class name, Recipe or recipes.Recipe.")
        parser.add_argument("operation", metavar="NAME", help="The name of the operation.")
        parser.add_argument("--app", help="The app; not needed where the project has one layered app.")
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the removal, and load the project as the plan would leave it."""
        from django_layers.scaffold.planning.removeoperation import plan_removeoperation
        from django_layers.scaffold.project.discovery import discover_project

        return plan_removeoperation(
            discover_project(), options["name"], options["operation"], app_label=options["app"], decisions=decisions
        )
