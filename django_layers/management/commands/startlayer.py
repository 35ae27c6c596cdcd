"""`manage.py startlayer LABEL`: start a layered app, or add the layers to an app that exists."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser

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

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the app and where it goes."""
        parser.add_argument(
            "label", metavar="LABEL", nargs="?", help="The app's label, or its dotted package (apps.recipes)."
        )
        parser.add_argument(
            "--path", metavar="FOLDER", help="The folder that a new app goes into, relative to manage.py (apps)."
        )
        parser.add_argument(
            "--split",
            action="store_true",
            help="Turn layers that are a single module (models.py) into packages, and adjust their relative imports.",
        )
        parser.add_argument(
            "--agents",
            action="store_true",
            help="Write what coding agents have to know into a marked section of AGENTS.md; does without a label.",
        )
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the app, and load the project as the plan would leave it."""
        from django_layers.scaffold.planning.migration import check_loads
        from django_layers.scaffold.planning.startlayer import plan_startlayer
        from django_layers.scaffold.project.discovery import discover_project

        if options["label"] is None:
            return self._plan_agents(options)
        plan = plan_startlayer(
            discover_project(),
            options["label"],
            path=options["path"],
            split=options["split"],
            agents=options["agents"],
            force=decisions.force,
        )
        if plan.changes_something and not plan.conflicts:
            check_loads(plan)
        return plan

    def _plan_agents(self, options: dict[str, Any]) -> "Plan":
        from django_layers.scaffold.planning.agents import plan_agents
        from django_layers.scaffold.project.discovery import project_root

        if not options["agents"] or options["split"] or options["path"]:
            raise CommandError("Name the app: manage.py startlayer recipes", returncode=2)
        return plan_agents(project_root())

    def after_writing(self, plan: "Plan", options: dict[str, Any]) -> None:
        """Say what comes next."""
        if plan.changes_something and options["label"] is not None:
            label = options["label"].rpartition(".")[2]
            self.say(f"Next: python manage.py addentity NAME --app {label} title:str=200 ...")
