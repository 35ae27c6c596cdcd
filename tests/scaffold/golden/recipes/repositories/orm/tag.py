"""Every query of tags."""

from typing import ClassVar

from django_layers.repositories import ModelRepository

from recipes.models import Tag
from recipes.schemas.tag import TagChanges, TagInsert, TagQuery, TagRead


class DjangoTagRepository(
    ModelRepository[Tag, TagRead, TagInsert, TagChanges, TagQuery]
):
    """Tags in the database."""

    filters: ClassVar = {
        "name_contains": "name__icontains",
    }
