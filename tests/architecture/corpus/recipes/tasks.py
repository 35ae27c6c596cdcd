from celery import shared_task  # legal: a way in
from django.db import transaction  # legal: what it is used for decides

from recipes import dependencies  # legal
from recipes.models import Recipe  # L101 recipes.tasks
from recipes.services.recipe import RecipeService  # legal: a way in knows services


def clean() -> None:
    Recipe.objects.all().delete()  # L502 clean


@shared_task
def counted() -> int:
    from recipes.models import Rating  # L101 counted

    return Rating.objects.count()  # L502 counted


@shared_task
def together() -> None:
    with transaction.atomic():  # L501 together
        dependencies.recipe_service().once("x")
