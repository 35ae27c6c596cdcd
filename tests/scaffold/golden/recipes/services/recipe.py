"""The rules of recipes."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.recipe import RecipeRepository
from recipes.schemas.recipe import (
    RecipeChanges,
    RecipeCreate,
    RecipeInsert,
    RecipeQuery,
    RecipeRead,
    RecipeReportToEditor,
    RecipeUpdate,
)


class RecipeService:
    """The rules of recipes, and the only way in for callers."""

    def __init__(
        self,
        *,
        recipes: RecipeRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, recipe_id: int) -> RecipeRead:
        """Return a recipe.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
        """
        actor.require_user()
        return self._recipes.get(recipe_id)

    def page(self, actor: Actor, query: RecipeQuery) -> Page[RecipeRead]:
        """Return a page of recipes.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._recipes.page(query)

    def require(self, actor: Actor, *recipe_ids: int) -> None:
        """Make sure that there are these recipes, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
        """
        actor.require_user()
        self._recipes.require(*recipe_ids)

    def create(self, actor: Actor, data: RecipeCreate) -> RecipeRead:
        """Create a recipe that the actor owns.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        author_id = actor.user_id
        with self._unit_of_work():
            return self._recipes.add(
                RecipeInsert(
                    title=data.title,
                    summary=data.summary,
                    servings=data.servings,
                    minutes=data.minutes,
                    author_id=author_id,
                    status=data.status,
                )
            )

    def update(self, actor: Actor, recipe_id: int, data: RecipeUpdate) -> RecipeRead:
        """Change a recipe; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
            Forbidden: the recipe is somebody else's.
        """
        with self._unit_of_work():
            recipe = self._recipes.get(recipe_id)
            actor.require_owner(recipe.author_id, or_permission="recipes.change_recipe")
            return self._recipes.update(
                recipe_id,
                RecipeChanges(
                    title=data.title,
                    summary=data.summary,
                    servings=data.servings,
                    minutes=data.minutes,
                    status=data.status,
                ),
            )

    def delete(self, actor: Actor, recipe_id: int) -> None:
        """Delete a recipe.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
            Forbidden: the recipe is somebody else's.
            Conflict: something still refers to the recipe.
        """
        with self._unit_of_work():
            recipe = self._recipes.get(recipe_id)
            actor.require_owner(recipe.author_id, or_permission="recipes.delete_recipe")
            self._recipes.delete(recipe_id)

    def report_to_editor(
        self, actor: Actor, recipe_id: int, data: RecipeReportToEditor
    ) -> None:
        """Report a recipe to editor.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
            Forbidden: the recipe is somebody else's.
        """
        with self._unit_of_work():
            recipe = self._recipes.lock(recipe_id)
            actor.require_owner(recipe.author_id, or_permission="recipes.change_recipe")
            self._recipes.update(
                recipe_id,
                self._report_to_editor_changes(recipe, data),
            )

    def _report_to_editor_changes(
        self, recipe: RecipeRead, data: RecipeReportToEditor
    ) -> RecipeChanges:
        """Return what `report_to_editor` changes of a recipe, or refuse it with
        `RuleViolated`: its rule.
        """
        return RecipeChanges()
