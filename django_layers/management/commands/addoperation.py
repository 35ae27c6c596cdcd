"""`manage.py addoperation ENTITY NAME`: what callers can do with rows besides, through the layers that the entity has."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Add an operation to an entity."""

    merges = True
    help = (
        "Adds an operation to an entity: a method of its service with its unit of work and access check, an endpoint, the "
        "schema of its requests where they say anything, and tests. What was edited since stays."
    )
    missing_args_message = "Name the entity and the operation: manage.py addoperation recipes.Recipe publish"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the entity and everything that can be said about the operation."""
        parser.add_argument("name", metavar="ENTITY", help="The entity's class name, Recipe or recipes.Recipe.")
        parser.add_argument("operation", metavar="NAME", help="What is done, in snake case: publish, mark_done.")
        parser.add_argument("--app", help="The app; not needed where the project has one layered app.")
        group = parser.add_argument_group("the operation")
        group.add_argument(
            "--on", choices=["one", "all"], default="one", help="One row, or all that the actor may change."
        )
        group.add_argument(
            "--input",
            action="extend",
            nargs="+",
            default=[],
            metavar="FIELD",
            help="What a request says: the name of a field of the entity, or something else in the field grammar.",
        )
        group.add_argument(
            "--returns",
            choices=["read", "none"],
            help="What it answers with: what it has changed (the default for one row), or nothing (for all).",
        )
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the operation, and load the project as the plan would leave it."""
        from django_layers.scaffold.planning.addoperation import plan_addoperation
        from django_layers.scaffold.project.discovery import discover_project
        from django_layers.scaffold.request.operation_request import OperationArguments

        arguments = OperationArguments(**{name: options[name] for name in OperationArguments.__slots__})
        return plan_addoperation(
            discover_project(), options["name"], arguments, app_label=options["app"], decisions=decisions
        )
