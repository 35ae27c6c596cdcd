import pydantic  # L201 recipes.models.recipe
from django.conf import settings  # legal: settings are no layer
from django.db import models
from django.http import HttpRequest  # L202 recipes.models.recipe
from django.urls import reverse  # legal: an address is text
from pantry.models import Shelf  # L103 recipes.models.recipe

from recipes.models.base import Timestamped
from recipes.schemas import RecipeRead  # L101 recipes.models.recipe
from recipes.types import Status  # legal: a model knows types


class PublishedManager(models.Manager):
    def published(self) -> models.QuerySet["Recipe"]:  # legal: a manager is part of the ORM
        return self.filter(status="published")


class Recipe(Timestamped):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recipes")
    shelf = models.ForeignKey("pantry.Shelf", on_delete=models.PROTECT, related_name="recipes")  # legal: by string
    live = PublishedManager()
    objects = models.Manager()


class Rating(models.Model):
    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE, related_name="ratings")
    stars = models.IntegerField()
