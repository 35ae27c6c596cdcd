"""`manage.py seed`: a believable set of data to try the project with."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django_layers.repositories import database_unit_of_work

from mealgenie.actors import Actor, UserId
from recipes import dependencies
from recipes.management.seed_data import ADMINISTRATOR, INGREDIENTS, RECIPES, USERS, SeedRecipe
from recipes.schemas.ingredient import IngredientCreate, IngredientQuery
from recipes.schemas.rating import RatingCreate, RatingQuery
from recipes.schemas.recipe import RecipeCreate, RecipeQuery
from recipes.schemas.recipe_ingredient import RecipeIngredientCreate, RecipeIngredientQuery

PASSWORD = "mealgenie"


class Command(BaseCommand):
    """Stores what is missing, through the services: every rule holds, and a second run changes nothing."""

    help = f"Store users (their password is {PASSWORD!r}), ingredients, recipes and ratings."

    def handle(self, *args: object, **options: object) -> None:
        """Store the data, and say how much there is of it."""
        if not settings.DEBUG:
            raise CommandError(
                "The users of this data have a password that everybody knows, so it is stored "
                "while DEBUG is on only."
            )
        with database_unit_of_work()():
            _store()
        ratings = sum(len(recipe.ratings) for recipe in RECIPES)
        self.stdout.write(
            f"{len(USERS)} users, {len(INGREDIENTS)} ingredients, {len(RECIPES)} recipes, "
            f"{ratings} ratings. Sign in as {ADMINISTRATOR!r} with the password {PASSWORD!r}."
        )


def _store() -> None:
    users = {name: _user(name) for name in USERS}
    ingredients = {name: _ingredient(name) for name in INGREDIENTS}
    for recipe in RECIPES:
        author = Actor.user(users[recipe.author])
        recipe_id = _recipe(recipe, author)
        _fill(recipe_id, recipe, author, ingredients)
        for name, (stars, comment) in recipe.ratings.items():
            _rate(recipe_id, stars, comment, users[name])


def _user(name: str) -> UserId:
    user, created = get_user_model().objects.get_or_create(username=name)
    if created:
        user.is_staff = user.is_superuser = name == ADMINISTRATOR
        user.set_password(PASSWORD)
        user.save()
    return user.pk


def _ingredient(name: str) -> int:
    service = dependencies.ingredient_service()
    found = service.page(Actor.system(), IngredientQuery(name=name)).items
    if found:
        return found[0].id
    return service.create(Actor.system(), IngredientCreate(name=name)).id


def _recipe(recipe: SeedRecipe, author: Actor) -> int:
    service = dependencies.recipe_service()
    query = RecipeQuery(author_id=author.user_id, limit=100)
    while True:
        page = service.page(author, query)
        for found in page.items:
            if found.title == recipe.title:
                return found.id
        if page.next_cursor is None:
            break
        query = query.model_copy(update={"cursor": page.next_cursor})
    data = RecipeCreate(
        title=recipe.title,
        summary=recipe.summary,
        servings=recipe.servings,
        minutes=recipe.minutes,
        status=recipe.status,
    )
    return service.create(author, data).id


def _fill(recipe_id: int, recipe: SeedRecipe, author: Actor, ingredients: dict[str, int]) -> None:
    service = dependencies.recipe_ingredient_service()
    for name, (amount, unit) in recipe.contents.items():
        query = RecipeIngredientQuery(recipe_id=recipe_id, ingredient_id=ingredients[name])
        if not service.page(author, query).items:
            data = RecipeIngredientCreate(
                recipe_id=recipe_id, ingredient_id=ingredients[name], amount=amount, unit=unit
            )
            service.create(author, data)


def _rate(recipe_id: int, stars: int, comment: str, user_id: UserId) -> None:
    service = dependencies.rating_service()
    user = Actor.user(user_id)
    if not service.page(user, RatingQuery(recipe_id=recipe_id, user_id=user_id)).items:
        service.create(user, RatingCreate(recipe_id=recipe_id, stars=stars, comment=comment))
