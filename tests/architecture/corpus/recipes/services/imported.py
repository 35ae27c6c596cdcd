import recipes.repositories.orm.recipe as impl  # L101 recipes.services.imported
from importlib import import_module as load
from importlib import import_module

import pantry.models  # L103 recipes.services.imported
from django.utils.module_loading import import_string
from pantry import models as shelves  # L103 recipes.services.imported
from pantry.dependencies import shelf_service  # L101 recipes.services.imported
from pantry.services import Shelf  # L103 recipes.services.imported
from pantry.repositories import ShelfRepository as Repo  # L103 recipes.services.imported # L104 recipes.services.imported

from recipes import forms  # L101 recipes.services.imported
from recipes import views  # L101 recipes.services.imported
from recipes.admin import RecipeAdmin  # L101 recipes.services.imported
from recipes.public import Meal  # L101 recipes.services.imported # L102 recipes.services.imported
from recipes.repositories import implementation  # L101 recipes.services.imported
from recipes.schemas import RecipeRead  # legal
from recipes.services import flows  # legal: another service
from recipes.signals import recipe_published  # legal: a signal of ours is no layer
from recipes.types import Status  # legal

from ..repositories.orm import recipe as stored  # L101 recipes.services.imported
from . import quiet  # legal
from .quiet import QuietService  # legal
from .. import api  # L101 recipes.services.imported


def by_alias() -> object:
    return load("recipes.models")  # L101 by_alias


def relative() -> object:
    return import_module(".models", "recipes")  # L101 relative


def by_keyword() -> object:
    return import_module(name="recipes.models")  # L101 by_keyword


def by_builtin() -> object:
    return __import__("recipes.models")  # L101 by_builtin


def by_string() -> object:
    return import_string("recipes.models.recipe.Recipe")  # L101 by_string


def by_string_of_other() -> object:
    return import_string("pantry.models.Shelf")  # L103 by_string_of_other


def legal_string() -> object:
    return import_string("recipes.services.quiet.QuietService")  # legal: a service


class Holder:
    from recipes.models import Recipe  # L101 Holder

    def late(self) -> None:
        if True:
            from recipes import repositories  # legal: the abstractions
            from recipes.repositories.orm.recipe import DjangoRecipeRepository  # L101 Holder.late
