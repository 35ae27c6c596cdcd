"""What memory refuses to guess about the integrity of rows."""

from __future__ import annotations

import pytest
from django.db.models import BaseConstraint

from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.database import MemoryDatabase
from tests.shop.models import Tag
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.tag import TagInsert


def test_a_constraint_of_a_kind_that_only_a_database_knows_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    class ExclusionConstraint(BaseConstraint):
        """Stands for PostgreSQL's, which takes its driver to be imported."""

    monkeypatch.setattr(Tag._meta, "constraints", [ExclusionConstraint(name="shop_tag_hours")])
    tags = MemoryDatabase().repository(DjangoTagRepository)
    with pytest.raises(NotInMemory, match="'shop_tag_hours' of Tag is a ExclusionConstraint"):
        tags.add(TagInsert(name="a"))
