"""`manage.py synclayers [NAME]`: models were changed by hand, and their other layers follow."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Bring layers to where their models are."""

    merges = True
    help = (
        "Compares models with the layers that were generated for them, and brings the layers along: by the same merge "
        "as changeentity, so what you edited stays. Models are read and never written. With --check it lists what has "
        "drifted, and exits with 1 if anything has."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which entities to look at."""
        parser.add_argument("name", metavar="NAME", nargs="?", help="A class name, Rating or recipes.Rating.")
        parser.add_argument("--app", help="The app; not needed where the project has one layered app.")
        parser.add_argument("--all", action="store_true", help="Every entity: of the app, or of all apps.")
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan what brings the layers along."""
        from django_layers.scaffold.planning.known_entity import named_entity
        from django_layers.scaffold.planning.sync import plan_sync
        from django_layers.scaffold.project.discovery import discover_project

        if bool(options["name"]) == options["all"]:
            raise CommandError("Say which: manage.py synclayers Rating, or manage.py synclayers --all", returncode=2)
        project = discover_project()
        if options["all"]:
            labels = [options["app"]] if options["app"] else sorted(project.layered)
            return plan_sync(project, labels, "", decisions=decisions)
        app, name = named_entity(project, options["name"], options["app"])
        return plan_sync(project, [app.label], name, decisions=decisions)
