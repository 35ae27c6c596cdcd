from recipes import dependencies  # legal
from recipes.models import Recipe  # L101 recipes.tasks
from recipes.services.recipe import RecipeService  # legal: a way in knows services


def clean() -> None:
    Recipe.objects.all().delete()  # L502 clean
