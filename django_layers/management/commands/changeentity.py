"""`manage.py changeentity NAME`: what an entity is made of changes, in all layers, on code that was edited since."""

from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from django_layers.management.commands._migrating import MigratingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan


class Command(MigratingCommand):
    """Change an entity."""

    merges = True
    help = (
        "Changes an entity that addentity has made: its fields and its options, in all of its layers and tests. What was "
        "edited since stays; what both sides changed stops the run. Whatever is not named stays as it is."
    )
    missing_args_message = "Name the entity: manage.py changeentity Rating --add helpful:int:default=0"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the entity and what changes about it."""
        parser.add_argument("name", metavar="NAME", help="Its class name, Rating or recipes.Rating.")
        parser.add_argument("--app", help="The app; not needed where the project has one layered app.")
        fields = parser.add_argument_group("its fields")
        fields.add_argument(
            "--add", action="extend", nargs="+", default=[], metavar="FIELD", help="New fields, in the field grammar."
        )
        fields.add_argument("--remove", action="extend", nargs="+", default=[], metavar="NAME", help="Fields that go.")
        fields.add_argument(
            "--leave-references", action="store_true", help="Remove a field although the project refers to it."
        )
        fields.add_argument(
            "--rename", action="extend", nargs="+", default=[], metavar="OLD:NEW", help="Fields with new names."
        )
        fields.add_argument(
            "--backfill",
            action="extend",
            nargs="+",
            default=[],
            metavar="FIELD=VALUE",
            help="What rows that exist get where they need a value.",
        )
        fields.add_argument(
            "--change",
            action="extend",
            nargs="+",
            default=[],
            metavar="FIELD",
            help="Fields that exist, as they are to be.",
        )
        options = parser.add_argument_group("its options")
        options.add_argument("--unique", action="append", default=[], metavar="A,B", help="Fields unique together.")
        options.add_argument("--drop-unique", action="append", default=[], metavar="A,B", help="Fields no longer so.")
        options.add_argument("--index", action="append", default=[], metavar="A,B:desc", help="Fields of an index.")
        options.add_argument("--drop-index", action="append", default=[], metavar="A,B:desc", help="An index to drop.")
        options.add_argument("--order", metavar="A:desc,B", help="The order of lists; '' for the usual one.")
        options.add_argument("--public", choices=["none", "read", "all"], help="What nobody may do too.")
        options.add_argument(
            "--write", choices=["users", "permission"], help="Who writes rows without owner: every user, or who may."
        )
        for name, dest, text in (
            ("--versioned", "versioned", "Refuse changes of rows changed meanwhile."),
            ("--async", "asynchronous", "Write asynchronous endpoints."),
            ("--timestamps", "timestamps", "Have created_at and updated_at."),
        ):
            options.add_argument(name, dest=dest, action=BooleanOptionalAction, default=None, help=text)
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the change, with its migration if that is asked for."""
        from django_layers.scaffold.planning.changeentity import plan_changeentity
        from django_layers.scaffold.project.discovery import discover_project
        from django_layers.scaffold.request.entity_change import ChangeArguments

        arguments = ChangeArguments(**{name: options[name] for name in ChangeArguments.__slots__})
        return plan_changeentity(
            discover_project(),
            options["name"],
            arguments,
            app_label=options["app"],
            decisions=decisions,
            migrator=self.migrator,
            leave_references=options["leave_references"],
        )
