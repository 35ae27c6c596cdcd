"""`manage.py startlayer LABEL`: start a layered app, or add the layers to an app that exists."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Start a layered app."""

    help = (
        "Starts a layered app, or adds the layers to an app that exists, and wires it into the project: settings, "
        "root urls, and on the first run actors.py, api.py and the configuration of pytest and mypy."
    )
    missing_args_message = "Name the app: manage.py startlayer recipes"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the app and where it goes."""
        parser.add_argument("label", metavar="LABEL", help="The app's label, or its dotted package (apps.recipes).")
        parser.add_argument(
            "--path", metavar="FOLDER", help="The folder that a new app goes into, relative to manage.py (apps)."
        )
        parser.add_argument(
            "--split",
            action="store_true",
            help="Turn layers that are a single module (models.py) into packages, and adjust their relative imports.",
        )
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the app, and load the project as the plan would leave it."""
        from django_layers.scaffold.planning.migration import check_loads
        from django_layers.scaffold.planning.startlayer import plan_startlayer
        from django_layers.scaffold.project.discovery import discover_project

        plan = plan_startlayer(
            discover_project(), options["label"], path=options["path"], split=options["split"], force=decisions.force
        )
        if plan.changes_something and not plan.conflicts:
            check_loads(plan)
        return plan

    def after_writing(self, plan: "Plan", options: dict[str, Any]) -> None:
        """Say what comes next."""
        if plan.changes_something:
            label = options["label"].rpartition(".")[2]
            self.say(f"Next: python manage.py addentity NAME --app {label} title:str=200 ...")
