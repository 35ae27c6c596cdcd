"""What a repository class declares."""

from typing import Generic, TypeVar

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from pydantic import BaseModel

from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.declaration import Problems
from django_layers.schemas import PageQuery
from tests.shop.models import Tag
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.tag import TagChanges, TagInsert, TagQuery, TagRead

ModelT = TypeVar("ModelT", bound=Model)
ReadT = TypeVar("ReadT", bound=BaseModel)
InsertT = TypeVar("InsertT", bound=BaseModel)
ChangesT = TypeVar("ChangesT", bound=BaseModel)
QueryT = TypeVar("QueryT", bound=PageQuery)


def test_the_brackets_are_read() -> None:
    declaration = DjangoTagRepository.declaration()
    assert (declaration.name, declaration.model) == ("DjangoTagRepository", Tag)
    assert (declaration.read, declaration.insert, declaration.changes, declaration.query) == (
        TagRead,
        TagInsert,
        TagChanges,
        TagQuery,
    )


def test_the_attributes_are_read() -> None:
    assert (DjangoTagRepository.declaration().owner, DjangoNoteRepository.declaration().owner) == (None, "user")


def test_the_brackets_are_read_through_a_subclass_without_any() -> None:
    class OwnTags(DjangoTagRepository):
        """Tags with a method of their own."""

    assert OwnTags.declaration().model is Tag


def test_the_brackets_are_read_through_a_base_that_turns_them_round() -> None:
    class ProjectRepository(
        ModelRepository[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[QueryT, ChangesT, InsertT, ReadT, ModelT]
    ):
        """A project's own base."""

    class Tags(ProjectRepository[TagQuery, TagChanges, TagInsert, TagRead, Tag]):
        """Tags."""

    declaration = Tags.declaration()
    assert (declaration.model, declaration.read, declaration.query) == (Tag, TagRead, TagQuery)


def test_the_brackets_are_read_through_a_base_that_fills_some() -> None:
    class AnyTags(ModelRepository[Tag, ReadT, TagInsert, TagChanges, TagQuery], Generic[ReadT]):
        """Tags, read as somebody else says."""

    class Tags(AnyTags[TagRead]):
        """Tags."""

    assert Tags.declaration().read is TagRead
    assert AnyTags.is_base()
    assert not Tags.is_base()
    with pytest.raises(DeclarationError, match="AnyTags leaves its model or a schema open: inherit from AnyTags"):
        AnyTags.declaration()


def test_a_model_in_the_wrong_place_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(DeclarationError, match=r"Wrong: .*TagRead.* is not a Django model. The order is ModelRepos"):

        class Wrong(ModelRepository[TagRead, Tag, TagInsert, TagChanges, TagQuery]):  # type: ignore[type-var]
            """The model and a schema changed places."""


def test_a_schema_that_is_none_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(DeclarationError, match="is not a Pydantic model"):

        class Wrong(ModelRepository[Tag, TagRead, int, TagChanges, TagQuery]):  # type: ignore[type-var]
            """A number is inserted."""


def test_several_problems_are_told_together() -> None:
    problems = Problems()
    for name in "ab":
        with problems:
            raise DeclarationError(name)
    with pytest.raises(ImproperlyConfigured) as caught:
        problems.raise_any()
    assert isinstance(caught.value, DeclarationError)
    assert caught.value.problems == ("a", "b")
    assert str(caught.value) == "a\nb"


def test_another_error_is_not_gathered() -> None:
    problems = Problems()
    with pytest.raises(ZeroDivisionError), problems:
        raise ZeroDivisionError
    problems.raise_any()
