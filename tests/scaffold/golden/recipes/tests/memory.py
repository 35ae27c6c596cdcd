"""The services of recipes in memory: the composition root of their tests."""

from django_layers.testing import MemoryDatabase

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
from recipes.tests.actors import ALICE, BOB, SUPERUSER


def memory_database() -> MemoryDatabase:
    """Return an empty database in memory that knows the users of the tests."""
    database = MemoryDatabase()
    database.register(
        "auth.User", *(actor.user_id for actor in (ALICE, BOB, SUPERUSER))
    )
    return database


def recipe_service(database: MemoryDatabase) -> RecipeService:
    """Return the service of recipes, in memory."""
    return RecipeService(
        recipes=database.repository(DjangoRecipeRepository),
        unit_of_work=database.unit_of_work(),
    )


def rating_service(database: MemoryDatabase) -> RatingService:
    """Return the service of ratings, in memory."""
    return RatingService(
        ratings=database.repository(DjangoRatingRepository),
        recipes=recipe_service(database),
        unit_of_work=database.unit_of_work(),
    )


def note_service(database: MemoryDatabase) -> NoteService:
    """Return the service of notes, in memory."""
    return NoteService(
        notes=database.repository(DjangoNoteRepository),
        recipes=recipe_service(database),
        unit_of_work=database.unit_of_work(),
    )


def reminder_service(database: MemoryDatabase) -> ReminderService:
    """Return the service of reminders, in memory."""
    return ReminderService(
        reminders=database.repository(DjangoReminderRepository),
        notes=note_service(database),
        unit_of_work=database.unit_of_work(),
    )


def tag_service(database: MemoryDatabase) -> TagService:
    """Return the service of tags, in memory."""
    return TagService(
        tags=database.repository(DjangoTagRepository),
        unit_of_work=database.unit_of_work(),
    )


def category_service(database: MemoryDatabase) -> CategoryService:
    """Return the service of categories, in memory."""
    return CategoryService(
        categories=database.repository(DjangoCategoryRepository),
        tags=tag_service(database),
        unit_of_work=database.unit_of_work(),
    )


def hour_service(database: MemoryDatabase) -> HourService:
    """Return the service of hours, in memory."""
    return HourService(
        hours=database.repository(DjangoHourRepository),
        unit_of_work=database.unit_of_work(),
    )


def sample_service(database: MemoryDatabase) -> SampleService:
    """Return the service of samples, in memory."""
    return SampleService(
        samples=database.repository(DjangoSampleRepository),
        unit_of_work=database.unit_of_work(),
    )
