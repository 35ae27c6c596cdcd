"""Every query of reviews."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Review
from tests.shop.schemas.review import ReviewChanges, ReviewInsert, ReviewQuery, ReviewRead


class DjangoReviewRepository(ModelRepository[Review, ReviewRead, ReviewInsert, ReviewChanges, ReviewQuery]):
    """Reviews in the database."""
