"""The composition root of recipes: which implementation each service gets."""

from django_layers.repositories import database_unit_of_work

from recipes.repositories.orm.category import DjangoCategoryRepository
from recipes.repositories.orm.hour import DjangoHourRepository
from recipes.repositories.orm.note import DjangoNoteRepository
from recipes.repositories.orm.rating import DjangoRatingRepository
from recipes.repositories.orm.recipe import DjangoRecipeRepository
from recipes.repositories.orm.reminder import DjangoReminderRepository
from recipes.repositories.orm.sample import DjangoSampleRepository
from recipes.repositories.orm.tag import DjangoTagRepository
from recipes.services.category import CategoryService
from recipes.services.hour import HourService
from recipes.services.note import NoteService
from recipes.services.rating import RatingService
from recipes.services.recipe import RecipeService
from recipes.services.reminder import ReminderService
from recipes.services.sample import SampleService
from recipes.services.tag import TagService


def recipe_service() -> RecipeService:
    """Return the service of recipes, on the database."""
    return RecipeService(
        recipes=DjangoRecipeRepository(),
        unit_of_work=database_unit_of_work(),
    )


def rating_service() -> RatingService:
    """Return the service of ratings, on the database."""
    return RatingService(
        ratings=DjangoRatingRepository(),
        recipes=recipe_service(),
        unit_of_work=database_unit_of_work(),
    )


def note_service() -> NoteService:
    """Return the service of notes, on the database."""
    return NoteService(
        notes=DjangoNoteRepository(),
        recipes=recipe_service(),
        unit_of_work=database_unit_of_work(),
    )


def reminder_service() -> ReminderService:
    """Return the service of reminders, on the database."""
    return ReminderService(
        reminders=DjangoReminderRepository(),
        notes=note_service(),
        unit_of_work=database_unit_of_work(),
    )


def tag_service() -> TagService:
    """Return the service of tags, on the database."""
    return TagService(
        tags=DjangoTagRepository(),
        unit_of_work=database_unit_of_work(),
    )


def category_service() -> CategoryService:
    """Return the service of categories, on the database."""
    return CategoryService(
        categories=DjangoCategoryRepository(),
        tags=tag_service(),
        unit_of_work=database_unit_of_work(),
    )


def hour_service() -> HourService:
    """Return the service of hours, on the database."""
    return HourService(
        hours=DjangoHourRepository(),
        unit_of_work=database_unit_of_work(),
    )


def sample_service() -> SampleService:
    """Return the service of samples, on the database."""
    return SampleService(
        samples=DjangoSampleRepository(),
        unit_of_work=database_unit_of_work(),
    )
