"""`manage.py ejecttemplates [NAME...]`: shipped templates as the project's own, which then win."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._base import WritingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(WritingCommand):
    """Copy templates."""

    tells_of_templates = False
    help = (
        "Copies templates of django-layers into .layers/templates, where they are the project's own and win. Where one has "
        "changed in the package since it was copied, the change is merged into the copy."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which templates."""
        parser.add_argument(
            "names",
            metavar="NAME",
            nargs="*",
            help="A template (entity/services.py) or a folder of them (entity); all if none is named.",
        )
        for option, text in (("--ours", "Keep this copy as it is."), ("--theirs", "Take the shipped template there.")):
            parser.add_argument(option, action="append", default=[], metavar="PATH", help=text)
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the copies."""
        from django_layers.scaffold.planning.ejecttemplates import plan_ejecttemplates
        from django_layers.scaffold.project.discovery import project_root

        return plan_ejecttemplates(project_root(), options["names"], decisions=decisions)

    def after_writing(self, plan: "Plan", options: dict[str, Any]) -> None:
        """Say what comes next."""
        if plan.changes_something:
            self.say("Next: edit the copies, and run python manage.py upgradelayers for what was generated before.")
