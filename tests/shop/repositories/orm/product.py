"""Every query of products."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Product
from tests.shop.schemas.product import ProductChanges, ProductInsert, ProductQuery, ProductRead


class DjangoProductRepository(ModelRepository[Product, ProductRead, ProductInsert, ProductChanges, ProductQuery]):
    """Products in the database."""

    filters = {
        "name_contains": "name__icontains",
        "price_max": "price__lte",
        "price_min": "price__gte",
        "tag_id": "tags",
    }
    id_lists = {
        "tag_ids": "tags",
    }
