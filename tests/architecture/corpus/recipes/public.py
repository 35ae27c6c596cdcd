# L004 recipes.public
from recipes.models import Recipe as Meal

__all__ = ["Meal"]
