"""Every query of tags."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Tag
from tests.shop.schemas.tag import TagChanges, TagInsert, TagQuery, TagRead


class DjangoTagRepository(ModelRepository[Tag, TagRead, TagInsert, TagChanges, TagQuery]):
    """Tags in the database."""
