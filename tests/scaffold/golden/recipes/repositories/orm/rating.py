"""Every query of ratings."""

from typing import ClassVar

from django_layers.repositories import ModelRepository

from recipes.models import Rating
from recipes.schemas.rating import RatingChanges, RatingInsert, RatingQuery, RatingRead


class DjangoRatingRepository(
    ModelRepository[Rating, RatingRead, RatingInsert, RatingChanges, RatingQuery]
):
    """Ratings in the database."""

    filters: ClassVar = {
        "stars_max": "stars__lte",
        "stars_min": "stars__gte",
    }
