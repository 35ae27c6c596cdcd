"""`manage.py explainrepository APP.REPOSITORY`: what a repository runs, and which index serves what."""

from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

OPERATIONS = ("get", "many", "page", "count", "add", "update", "delete")


class Command(BaseCommand):
    """Explain a repository."""

    help = (
        "Says for each operation of a repository which statements it runs, how rows become DTOs, and which index serves "
        "each filter and each order, or that none does. Reads and writes no row."
    )
    missing_args_message = "Name the repository: manage.py explainrepository recipes.RatingRepository"
    # What is wrong with the repository is said by the command itself.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the repository and what to say of it."""
        parser.add_argument(
            "repository",
            metavar="APP.REPOSITORY",
            help="The label of the app and the name of the class, or of its abstraction (recipes.RatingRepository).",
        )
        parser.add_argument(
            "--operation", action="append", choices=OPERATIONS, help="Only this operation; can be given several times."
        )
        parser.add_argument(
            "--database", default=DEFAULT_DB_ALIAS, metavar="ALIAS", help="The database that the SQL is for (default)."
        )
        parser.add_argument(
            "--analyze",
            action="store_true",
            help="Ask the database, by EXPLAIN, how it would run the reads, and which index it would take for each "
            "filter and order. It decides by the rows that it holds, so ask the one that holds many.",
        )
        parser.add_argument("--json", action="store_true", help="Say it as JSON.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Explain the repository.

        Raises:
            CommandError: with the exit code as its returncode.
        """
        from django_layers.repositories import DeclarationError
        from django_layers.repositories.explain import UnknownRepository, as_json, as_text, explain, find_repository

        alias = options["database"]
        if alias not in connections:
            raise CommandError(
                f"There is no database {alias!r} in DATABASES. There are: {', '.join(connections)}.", returncode=2
            )
        try:
            repository = find_repository(options["repository"])
            explanation = explain(repository, using=alias, analyze=options["analyze"])
        except UnknownRepository as error:
            raise CommandError(str(error), returncode=2) from error
        except DeclarationError as error:
            raise CommandError(str(error), returncode=1) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database {alias!r} refuses to answer: {error} Are its migrations applied?", returncode=1
            ) from error
        wanted = set(options["operation"] or OPERATIONS)
        shown = [each for each in explanation.operations if each.name.partition(" ")[0] in wanted]
        explanation = replace(explanation, operations=tuple(shown))
        self.stdout.write(as_json(explanation) if options["json"] else as_text(explanation), ending="")
