"""The rules of ratings."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.rating import RatingRepository
from recipes.schemas.rating import (
    RatingChanges,
    RatingCreate,
    RatingInsert,
    RatingQuery,
    RatingRead,
    RatingUpdate,
)
from recipes.services.recipe import RecipeService


class RatingService:
    """The rules of ratings, and the only way in for callers."""

    def __init__(
        self,
        *,
        ratings: RatingRepository,
        recipes: RecipeService,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._ratings = ratings
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, rating_id: int) -> RatingRead:
        """Return a rating.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such rating.
        """
        actor.require_user()
        return self._ratings.get(rating_id)

    def page(self, actor: Actor, query: RatingQuery) -> Page[RatingRead]:
        """Return a page of ratings.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._ratings.page(query)

    def require(self, actor: Actor, *rating_ids: int) -> None:
        """Make sure that there are these ratings, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such rating.
        """
        actor.require_user()
        self._ratings.require(*rating_ids)

    def create(self, actor: Actor, data: RatingCreate) -> RatingRead:
        """Create a rating that the actor owns.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe, or the actor may not see it.
            Conflict: there is a rating with this recipe and this user already.
        """
        user_id = actor.user_id
        with self._unit_of_work():
            self._recipes.require(actor, data.recipe_id)
            return self._ratings.add(
                RatingInsert(
                    recipe_id=data.recipe_id,
                    user_id=user_id,
                    stars=data.stars,
                    comment=data.comment,
                )
            )

    def update(self, actor: Actor, rating_id: int, data: RatingUpdate) -> RatingRead:
        """Change a rating; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such rating.
            Forbidden: the rating is somebody else's.
        """
        with self._unit_of_work():
            rating = self._ratings.get(rating_id)
            actor.require_owner(rating.user_id, or_permission="recipes.change_rating")
            return self._ratings.update(
                rating_id,
                RatingChanges(
                    stars=data.stars,
                    comment=data.comment,
                ),
            )

    def delete(self, actor: Actor, rating_id: int) -> None:
        """Delete a rating.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such rating.
            Forbidden: the rating is somebody else's.
            Conflict: something still refers to the rating.
        """
        with self._unit_of_work():
            rating = self._ratings.get(rating_id)
            actor.require_owner(rating.user_id, or_permission="recipes.delete_rating")
            self._ratings.delete(rating_id)
