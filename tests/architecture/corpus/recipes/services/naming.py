import importlib
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.apps import apps  # L401 recipes.services.naming
from django.contrib.auth import get_user_model  # L401 recipes.services.naming
from django.contrib.contenttypes.models import ContentType  # L401 recipes.services.naming
from django.core.exceptions import ValidationError  # legal: harmless Django
from django.core.mail import send_mail  # legal: harmless Django
from django.db import connection, transaction  # L401 recipes.services.naming 2
from django.db.models import F  # L401 recipes.services.naming
from django.db.models import TextChoices  # legal: an enumeration
from django.http import HttpRequest  # L406 recipes.services.naming
from django.shortcuts import get_object_or_404  # L401 recipes.services.naming
from django.utils import timezone  # legal: harmless Django
from django.utils.translation import gettext_lazy  # legal: harmless Django
from ninja.errors import HttpError  # L407 recipes.services.naming
from pantry.services import ShelfService  # legal: a service of another app
from pantry.schemas import ShelfRead  # legal: schemas of another app
from pantry.repositories import ShelfRepository  # L103 recipes.services.naming # L104 recipes.services.naming

from accounts.models import Member  # L401 recipes.services.naming
from config.actors import Actor  # legal: a module of no layer that reaches none
from config.shared import Meal  # L101 recipes.services.naming # L102 recipes.services.naming
from config.shared import together  # L401 recipes.services.naming
from recipes.api.recipe import router  # L101 recipes.services.naming
from recipes.helpers import newest  # L102 recipes.services.naming
from recipes.repositories.orm.recipe import DjangoRecipeRepository  # L101 recipes.services.naming

from .. import models as tables  # L101 recipes.services.naming
from ..models import Recipe as Dish  # L101 recipes.services.naming

if TYPE_CHECKING:
    from recipes.models import Rating  # L101 recipes.services.naming


def late() -> None:
    from recipes.models import Recipe  # L101 late

    print(Recipe)


def literal() -> None:
    importlib.import_module("recipes.models.recipe")  # L101 literal
