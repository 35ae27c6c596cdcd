from recipes.repositories.orm.recipe import DjangoRecipeRepository as Stored
from recipes.models import Recipe as Meal
from django.db import transaction as together
