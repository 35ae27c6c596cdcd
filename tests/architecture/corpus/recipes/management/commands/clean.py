from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from recipes.models import Recipe  # L101 recipes.management.commands.clean


class Command(BaseCommand):
    def handle(self) -> None:
        get_user_model().objects.get_or_create(username="x")  # legal: users are in no layered app
        Recipe.objects.all().delete()  # L502 Command.handle
