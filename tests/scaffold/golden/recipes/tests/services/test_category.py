"""The rules of categories, on in-memory repositories."""

from io import BytesIO

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.schemas import Upload
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.category import CategoryCreate, CategoryQuery, CategoryUpdate
from recipes.services.category import CategoryService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.category import requested_category, stored_category
from recipes.tests.memory import category_service, memory_database

EDITOR = Actor.user(
    ALICE.user_id,
    permissions=[
        "recipes.add_category",
        "recipes.change_category",
        "recipes.delete_category",
    ],
)


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def categories(database: MemoryDatabase) -> CategoryService:
    return category_service(database)


def test_a_created_category_can_be_read(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    request = requested_category(database)

    created = categories.create(EDITOR, request)

    assert categories.get(EDITOR, created.id) == created
    assert created.name == request.name
    assert created.parent_id == request.parent_id
    assert created.tag_ids == request.tag_ids
    assert created.group_ids == request.group_ids


def test_what_a_new_category_leaves_out_has_its_default(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    request = requested_category(database)

    created = categories.create(
        EDITOR,
        CategoryCreate(
            name=request.name,
        ),
    )

    assert created.parent_id is None
    assert created.tag_ids == ()
    assert created.group_ids == ()


def test_a_list_holds_the_stored_categories(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    assert categories.page(NOBODY, CategoryQuery()).items == (category,)


def test_a_change_keeps_what_it_leaves_out(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    assert categories.update(EDITOR, category.id, CategoryUpdate()) == category


def test_every_field_that_can_be_changed_is(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    request = requested_category(database)

    changed = categories.update(
        EDITOR,
        category.id,
        CategoryUpdate(
            name=request.name,
            tag_ids=request.tag_ids,
            group_ids=request.group_ids,
        ),
    )

    assert changed.id == category.id
    assert changed.name == request.name
    assert changed.tag_ids == request.tag_ids
    assert changed.group_ids == request.group_ids


def test_the_parent_of_a_category_can_be_changed(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    parent_id = stored_category(database).id

    changed = categories.update(
        EDITOR, category.id, CategoryUpdate(parent_id=parent_id)
    )

    assert changed.parent_id == parent_id


def test_a_deleted_category_is_gone(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    categories.delete(EDITOR, category.id)

    with pytest.raises(NotFound):
        categories.get(EDITOR, category.id)


def test_only_a_category_that_is_there_can_be_referred_to(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    categories.require(NOBODY, category.id)
    categories.delete(EDITOR, category.id)
    with pytest.raises(NotFound):
        categories.require(NOBODY, category.id)


def test_a_category_cannot_refer_to_a_missing_parent(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    request = requested_category(database).model_copy(update={"parent_id": 999_999_999})

    with pytest.raises(NotFound):
        categories.create(EDITOR, request)


def test_a_category_cannot_be_changed_to_refer_to_a_missing_parent(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    with pytest.raises(NotFound):
        categories.update(EDITOR, category.id, CategoryUpdate(parent_id=999_999_999))


def test_a_category_cannot_refer_to_a_missing_tag(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    request = requested_category(database).model_copy(
        update={"tag_ids": (999_999_999,)}
    )

    with pytest.raises(NotFound):
        categories.create(EDITOR, request)


def test_a_category_cannot_be_changed_to_refer_to_a_missing_tag(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    with pytest.raises(NotFound):
        categories.update(EDITOR, category.id, CategoryUpdate(tag_ids=(999_999_999,)))


def test_a_category_cannot_refer_to_a_missing_group(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    request = requested_category(database).model_copy(
        update={"group_ids": (999_999_999,)}
    )

    with pytest.raises(NotFound):
        categories.create(EDITOR, request)


def test_a_category_cannot_be_changed_to_refer_to_a_missing_group(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)

    with pytest.raises(NotFound):
        categories.update(EDITOR, category.id, CategoryUpdate(group_ids=(999_999_999,)))


def test_categories_are_written_with_the_permission_only(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    request = requested_category(database)

    with pytest.raises(Forbidden):
        categories.create(BOB, request)
    with pytest.raises(Forbidden):
        categories.update(BOB, category.id, CategoryUpdate())
    with pytest.raises(Forbidden):
        categories.delete(BOB, category.id)


def test_each_permission_lets_do_one_thing(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    adder = Actor.user(BOB.user_id, permissions=["recipes.add_category"])
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_category"])
    deleter = Actor.user(BOB.user_id, permissions=["recipes.delete_category"])

    category = categories.create(adder, requested_category(database))
    assert categories.update(changer, category.id, CategoryUpdate()) == category
    categories.delete(deleter, category.id)
    assert categories.page(BOB, CategoryQuery()).items == ()


def test_nobody_cannot_write_categories(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    request = requested_category(database)

    with pytest.raises(NotAuthenticated):
        categories.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        categories.update(NOBODY, category.id, CategoryUpdate())
    with pytest.raises(NotAuthenticated):
        categories.delete(NOBODY, category.id)


def test_the_manual_of_a_category_can_be_set_and_removed(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    assert categories.set_manual(EDITOR, category.id, upload).manual is not None
    assert categories.remove_manual(EDITOR, category.id).manual is None


def test_only_who_may_change_a_category_sets_its_manual(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    with pytest.raises(Forbidden):
        categories.set_manual(BOB, category.id, upload)
    with pytest.raises(Forbidden):
        categories.remove_manual(BOB, category.id)


def test_a_holder_of_the_permission_sets_the_manual_of_a_category(
    categories: CategoryService, database: MemoryDatabase
) -> None:
    category = stored_category(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_category"])

    assert categories.set_manual(changer, category.id, upload).manual is not None
    assert categories.remove_manual(changer, category.id).manual is None
