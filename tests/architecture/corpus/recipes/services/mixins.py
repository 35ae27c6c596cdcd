from typing import Any

from recipes.models import Recipe  # L101 recipes.services.mixins
from recipes.repositories.recipe import RecipeRepository


class Base:
    model: Any = None

    def rows(self):
        return self.model.objects.all()

    def _saved(self, row: Recipe) -> None:  # L410 Base._saved
        row.full_clean()  # L404 Base._saved
        row.save()  # L404 Base._saved


class Deleting:
    def removed(self, recipe) -> None:
        recipe.delete()  # L404 Deleting.removed


class Untyped:
    def __init__(self, recipe_repository, repo):
        self.recipe_repository = recipe_repository
        self.repo = repo

    def twice(self, title):
        self.recipe_repository.add(title)
        self.repo.add(title)  # L411 Untyped.twice
