from django.db import connection, transaction  # L401 recipes.services.tables 2
from django.http import Http404, HttpRequest  # L406 recipes.services.tables # L407 recipes.services.tables

from recipes.models import Recipe  # L101 recipes.services.tables


def count() -> int:
    return Recipe.objects.count()  # L402 count


def drafts() -> int:
    rows = Recipe.objects.filter(status="draft")  # L402 drafts
    return len(rows)


def live() -> int:
    return len(Recipe.live.published())  # L402 live


def made() -> None:
    row = Recipe(title="x")
    row.save()  # L404 made


def sql() -> None:
    with connection.cursor() as cursor:  # L405 sql
        cursor.execute("SELECT 1")  # L405 sql


def raw() -> object:
    return Recipe.objects.raw("SELECT 1")  # L402 raw # L405 raw


def together() -> None:
    with transaction.atomic():  # L409 together
        pass


def shown(request: HttpRequest) -> str:  # L408 shown
    return request.GET["q"]  # L408 shown


def whose(request):
    return request.user.pk  # L408 whose


def taken(recipe: Recipe) -> None:  # L410 taken
    print(recipe.title)


def given() -> list[Recipe]:  # L410 given
    raise Http404  # L407 given
