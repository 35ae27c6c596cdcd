# L004 recipes.helpers
from recipes.models import Recipe


def newest():
    return Recipe.objects.latest("created_at")
