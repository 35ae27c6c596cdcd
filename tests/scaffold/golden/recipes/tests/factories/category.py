"""Categories for tests."""

import factory
from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from recipes.models import Category
from recipes.schemas.category import CategoryCreate, CategoryRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.factories.tag import stored_tag
from recipes.tests.memory import category_service


class CategoryFactory(DjangoModelFactory[Category]):
    """Categories in the database."""

    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"name {n}")


class CategoryCreateFactory(Factory[CategoryCreate]):
    """Requests to create a category; what they refer to is the caller's to give."""

    class Meta:
        model = CategoryCreate

    name = factory.Sequence(lambda n: f"name {n}")


def requested_category(database: MemoryDatabase) -> CategoryCreate:
    """Return a request to create a category, with what it refers to in memory."""
    database.register("auth.Group", 1)
    return CategoryCreateFactory.build(
        tag_ids=(stored_tag(database).id,),
        group_ids=(1,),
    )


def stored_category(database: MemoryDatabase) -> CategoryRead:
    """Store a category in memory, with all that it refers to."""
    return category_service(database).create(
        SUPERUSER,
        requested_category(database),
    )
