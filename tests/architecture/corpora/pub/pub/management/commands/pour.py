from argparse import ArgumentParser

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from pub.dependencies import beer_service
from inn.services import rooms
from inn.models import Room  # L103 pub.management.commands.pour


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pk", type=int)

    def handle(self, *args, **options):
        user = get_user_model().objects.get(pk=1)
        beer_service().serve(options["pk"], user.pk)
        beer_service().serve(options["pk"], user)  # L504 Command.handle
        Beer = apps.get_model("pub", "Beer")
        Beer.objects.get_or_create(name="x")  # L502 Command.handle
        self.stdout.write("x")
        Room.objects.first()  # L502 Command.handle
        raise CommandError("x")
