import django_layers.services as contracts
from django.utils import timezone  # legal: harmless Django
from django_layers.services import UnitOfWork

from recipes.repositories.recipe import RecipeRepository  # legal: the abstraction
from recipes.schemas import ExportRequest, RecipeRead


class Draft:
    def save(self) -> None: ...


class RecipeService:
    def __init__(self, *, recipes: RecipeRepository, unit_of_work: UnitOfWork) -> None:
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def export(self, request: ExportRequest) -> str:  # legal: a DTO that is called request
        return request.user + request.title  # legal: a field of the DTO

    def kept(self) -> None:
        Draft().save()  # legal: a class of our own
        draft = Draft()
        draft.save()  # legal: a class of our own

    def both(self, title: str) -> None:
        with self._unit_of_work():
            self._recipes.add(title)  # legal: kept together
            self._recipes.add(title)  # legal: kept together

    def either(self, title: str, recipe_id: int) -> RecipeRead:
        if recipe_id:
            return self._recipes.update(recipe_id, title)  # legal: one of two
        return self._recipes.add(title)  # legal: one of two

    def once(self, title: str) -> RecipeRead:
        return self._recipes.add(title)  # legal: one write

    def chosen(self) -> tuple[RecipeRead, ...]:
        return self._recipes.filter(status="draft")  # legal: a method of a repository

    def counted(self, recipe_id: int) -> int:
        return self._recipes.get(recipe_id).ratings.count(5)  # legal: a tuple of a DTO

    def removed(self, names: dict[str, int]) -> None:
        names.update(title=1)  # legal: a dictionary

    def given(self, recipe_id: int):
        return self._recipes.row(recipe_id)

    def twice(self, title: str, recipe_id: int) -> None:
        self._recipes.add(title)
        self._recipes.delete(recipe_id)  # L411 RecipeService.twice

    def looped(self, titles: list[str]) -> None:
        for title in titles:
            self._recipes.add(title)  # L411 RecipeService.looped

    def hidden(self, title: str) -> None:
        self._recipes.add(title)
        self._also(title)  # L411 RecipeService.hidden

    def _also(self, title: str) -> None:
        self._recipes.add(title)

    def saved(self, recipe_id: int) -> None:
        row = self._recipes.row(recipe_id)
        row.title = "x"
        row.save()  # L404 RecipeService.saved
        row.delete()  # L404 RecipeService.saved

    def refreshed(self, recipe) -> None:
        recipe.refresh_from_db()  # L404 RecipeService.refreshed

    def guessed(self, recipe) -> None:
        recipe.save(update_fields=["title"])  # L404 RecipeService.guessed

    def rated(self, recipe_id: int) -> int:
        row = self._recipes.row(recipe_id)
        return row.ratings.count()  # L403 RecipeService.rated # L412 RecipeService.rated

    def authored(self, recipe_id: int) -> str:
        return self._recipes.row(recipe_id).author.username  # L412 RecipeService.authored

    def narrowed(self, rows):
        return rows.select_related("author")  # L403 RecipeService.narrowed
