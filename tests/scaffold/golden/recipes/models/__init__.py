"""The tables of recipes."""

from recipes.models.category import Category
from recipes.models.hour import Hour
from recipes.models.note import Note
from recipes.models.rating import Rating
from recipes.models.recipe import Recipe
from recipes.models.reminder import Reminder
from recipes.models.sample import Sample
from recipes.models.tag import Tag

__all__ = ["Category", "Hour", "Note", "Rating", "Recipe", "Reminder", "Sample", "Tag"]
