"""`manage.py exportspec [ENTITY...]`: print what was asked for of generated entities, for `addentity --from-spec`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

__all__ = ["Command"]


class Command(BaseCommand):
    """Print the specifications of entities."""

    help = (
        "Prints what was asked for of entities that were generated, as a file that addentity --from-spec reads: fields, "
        "options, layers and operations. Nothing is written."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which entities, and how they are written."""
        parser.add_argument(
            "names", metavar="ENTITY", nargs="*", help="Rating or recipes.Rating; all if none is named."
        )
        parser.add_argument("--app", help="Only the entities of this app.")
        parser.add_argument("--format", choices=["toml", "json"], default="toml", help="How they are written.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Print them.

        Raises:
            CommandError: with the exit code as its returncode.
        """
        from django_layers.scaffold.errors import ScaffoldError
        from django_layers.scaffold.planning.exporting import exported, left_out
        from django_layers.scaffold.plans.spec_file import as_json, as_toml
        from django_layers.scaffold.project.discovery import discover_project

        try:
            project = discover_project()
            entities = exported(project, options["names"], app_label=options["app"])
        except ScaffoldError as error:
            raise CommandError(str(error), returncode=error.exit_code) from error
        write = as_json if options["format"] == "json" else as_toml
        self.stdout.write(write(entities), ending="")
        for sentence in left_out(project, entities, app_label=options["app"]) if not options["names"] else ():
            self.stderr.write(sentence)
