"""`manage.py addentity NAME [fields]`: an entity, or those of a file, through all layers, with tests."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser

from django_layers.management.commands._migrating import MigratingCommand

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan
    from django_layers.scaffold.project.discovery import Project
    from django_layers.scaffold.request.entity_request import EntityRequest


class Command(MigratingCommand):
    """Add an entity."""

    merges = True
    help = (
        "Adds an entity to a layered app: model, schemas, repository, service, endpoints and tests. A field is "
        "name:type[=argument][:modifier[=value]]..., for example title:str=200 or stars:int:min=1:max=5."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the entity and everything that can be said about it."""
        parser.add_argument("name", metavar="NAME", nargs="?", help="Its class name, Rating or recipes.Rating.")
        parser.add_argument("fields", metavar="FIELD", nargs="*", help="Its fields, in the field grammar.")
        entity = parser.add_argument_group("the entity")
        entity.add_argument("--app", help="The app; not needed where the project has one layered app.")
        entity.add_argument("--plural", help="The plural in snake case (people), where the worked-out one is wrong.")
        entity.add_argument("--pk", choices=["auto", "uuid"], default="auto", help="The kind of its key.")
        entity.add_argument("--unique", action="append", default=[], metavar="A,B", help="Fields unique together.")
        entity.add_argument("--index", action="append", default=[], metavar="A,B:desc", help="Fields of an index.")
        entity.add_argument("--order", metavar="A:desc,B", help="The order of lists; newest first if not said.")
        entity.add_argument("--public", choices=["none", "read", "all"], default="none", help="What nobody may do too.")
        entity.add_argument("--write", choices=["users"], default="", help="Let every user write rows without owner.")
        entity.add_argument("--versioned", action="store_true", help="Refuse changes of rows changed meanwhile.")
        entity.add_argument("--async", action="store_true", dest="asynchronous", help="Write asynchronous endpoints.")
        entity.add_argument(
            "--no-timestamps", action="store_false", dest="timestamps", help="No created_at, updated_at."
        )
        entity.add_argument("--only", action="append", default=[], metavar="LAYER", help="Write these layers only.")
        entity.add_argument("--skip", action="append", default=[], metavar="LAYER", help="Leave these layers out.")
        entity.add_argument("--all", action="store_true", help="Adopt every model of the app that is there.")
        entity.add_argument("--from-spec", metavar="FILE", help="Read entities from a TOML or JSON file instead.")
        super().add_arguments(parser)

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Plan the entity, or those of a file, with the migration if that is asked for."""
        from django_layers.scaffold.planning.adoption import plan_adoption_of_app, plan_entities
        from django_layers.scaffold.planning.migration import loadable
        from django_layers.scaffold.project.discovery import discover_project

        project = discover_project()
        requests = self._requests(project, options)
        first, *others = (request.entity for request in requests)
        if options["all"]:
            return plan_adoption_of_app(project, requests[0], decisions=decisions)
        plan = plan_entities(project, requests, decisions=decisions)
        plan = loadable(plan, first, project, migrator=self.migrator, beside=others)
        if not first.fields and not others and plan.changes_models:
            self.say(f"{first.name} has no fields of its own. Name them after it: addentity {first.name} title:str=200")
        return plan

    def _requests(self, project: "Project", options: dict[str, Any]) -> "list[EntityRequest]":
        from django_layers.scaffold.planning.adoption import model_to_adopt
        from django_layers.scaffold.plans.spec_file import read_spec_file
        from django_layers.scaffold.request.entity_request import (
            EntityArguments,
            EntityRequest,
            ask_for_fields,
            entity_request,
        )
        from django_layers.scaffold.request.questions import Questioner

        if options["from_spec"]:
            if options["name"]:
                raise CommandError("Say what the entity is either by NAME and fields or by --from-spec.", returncode=2)
            return [EntityRequest(entity=entity) for entity in read_spec_file(Path(options["from_spec"]))]
        if options["all"] and (options["name"] or not options["app"]):
            raise CommandError("--all is about an app, not an entity: addentity --app recipes --all", returncode=2)
        if not options["name"] and not options["all"]:
            raise CommandError("Name the entity: manage.py addentity Rating --app recipes stars:int", returncode=2)
        arguments = EntityArguments(**{name: options[name] for name in EntityArguments.__slots__})
        # With --all the name is that of no model: each entity has its own.
        request = entity_request(replace(arguments, name=arguments.name or "All"), project)
        asks = not (arguments.fields or options["all"]) and options["interactive"] and sys.stdin.isatty()
        if asks and model_to_adopt(project, request) is None:
            arguments = ask_for_fields(arguments, project, Questioner(sys.stdin, sys.stderr))
            request = entity_request(arguments, project)
        return [request]
