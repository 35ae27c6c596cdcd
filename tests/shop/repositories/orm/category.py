"""Every query of categories."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Category
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead


class DjangoCategoryRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, CategoryQuery]):
    """Categories in the database."""
