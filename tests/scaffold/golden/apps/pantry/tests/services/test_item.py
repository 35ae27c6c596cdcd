"""The rules of items, on in-memory repositories."""

from decimal import Decimal
from io import BytesIO

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound, Stale
from django_layers.schemas import Upload
from django_layers.testing import MemoryDatabase

from apps.pantry.schemas import (
    ItemCreate,
    ItemMove,
    ItemQuery,
    ItemRestock,
    ItemUpdate,
    ItemUseUp,
)
from apps.pantry.services import ItemService
from apps.pantry.tests.actors import ALICE, BOB, NOBODY
from apps.pantry.tests.factories.item import requested_item, stored_item
from apps.pantry.tests.factories.shelf import stored_shelf
from apps.pantry.tests.memory import item_service, memory_database
from mealgenie.actors import Actor

EDITOR = Actor.user(
    ALICE.user_id,
    permissions=["pantry.add_item", "pantry.change_item", "pantry.delete_item"],
)


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def items(database: MemoryDatabase) -> ItemService:
    return item_service(database)


def test_a_created_item_can_be_read(
    items: ItemService, database: MemoryDatabase
) -> None:
    request = requested_item(database, EDITOR)

    created = items.create(EDITOR, request)

    assert items.get(BOB, created.id) == created
    assert created.shelf_id == request.shelf_id
    assert created.recipe_id == request.recipe_id
    assert created.title == request.title
    assert created.kind == request.kind


def test_what_a_new_item_leaves_out_has_its_default(
    items: ItemService, database: MemoryDatabase
) -> None:
    request = requested_item(database, EDITOR)

    created = items.create(
        EDITOR,
        ItemCreate(
            shelf_id=request.shelf_id,
            title=request.title,
            kind=request.kind,
        ),
    )

    assert created.recipe_id is None


def test_a_list_holds_the_stored_items(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    assert items.page(BOB, ItemQuery()).items == (item,)


def test_a_change_keeps_what_it_leaves_out(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    assert items.update(EDITOR, item.id, ItemUpdate()) == item


def test_every_field_that_can_be_changed_is(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    request = requested_item(database, EDITOR)

    changed = items.update(
        EDITOR,
        item.id,
        ItemUpdate(
            shelf_id=request.shelf_id,
            recipe_id=request.recipe_id,
            title=request.title,
            kind=request.kind,
        ),
    )

    assert changed.id == item.id
    assert changed.shelf_id == request.shelf_id
    assert changed.recipe_id == request.recipe_id
    assert changed.title == request.title
    assert changed.kind == request.kind


def test_a_deleted_item_is_gone(items: ItemService, database: MemoryDatabase) -> None:
    item = stored_item(database)

    items.delete(EDITOR, item.id)

    with pytest.raises(NotFound):
        items.get(EDITOR, item.id)


def test_only_an_item_that_is_there_can_be_referred_to(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    items.require(BOB, item.id)
    items.delete(EDITOR, item.id)
    with pytest.raises(NotFound):
        items.require(BOB, item.id)


def test_a_change_of_an_old_version_is_refused(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    old = item.version - 1

    with pytest.raises(Stale):
        items.update(EDITOR, item.id, ItemUpdate(), expected_version=old)


def test_an_old_version_cannot_be_deleted(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    old = item.version - 1

    with pytest.raises(Stale):
        items.delete(EDITOR, item.id, expected_version=old)


def test_an_item_cannot_refer_to_a_missing_shelf(
    items: ItemService, database: MemoryDatabase
) -> None:
    request = requested_item(database, EDITOR).model_copy(
        update={"shelf_id": 999_999_999}
    )

    with pytest.raises(NotFound):
        items.create(EDITOR, request)


def test_an_item_cannot_be_changed_to_refer_to_a_missing_shelf(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    with pytest.raises(NotFound):
        items.update(EDITOR, item.id, ItemUpdate(shelf_id=999_999_999))


def test_an_item_cannot_refer_to_the_shelf_of_somebody_else(
    items: ItemService, database: MemoryDatabase
) -> None:
    others = stored_shelf(database, BOB)
    request = requested_item(database, EDITOR).model_copy(
        update={"shelf_id": others.id}
    )

    with pytest.raises(NotFound):
        items.create(EDITOR, request)


def test_an_item_cannot_refer_to_a_missing_recipe(
    items: ItemService, database: MemoryDatabase
) -> None:
    request = requested_item(database, EDITOR).model_copy(
        update={"recipe_id": 999_999_999}
    )

    with pytest.raises(NotFound):
        items.create(EDITOR, request)


def test_an_item_cannot_be_changed_to_refer_to_a_missing_recipe(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    with pytest.raises(NotFound):
        items.update(EDITOR, item.id, ItemUpdate(recipe_id=999_999_999))


def test_items_are_written_with_the_permission_only(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    request = requested_item(database, BOB)

    with pytest.raises(Forbidden):
        items.create(BOB, request)
    with pytest.raises(Forbidden):
        items.update(BOB, item.id, ItemUpdate())
    with pytest.raises(Forbidden):
        items.delete(BOB, item.id)


def test_each_permission_lets_do_one_thing(
    items: ItemService, database: MemoryDatabase
) -> None:
    adder = Actor.user(BOB.user_id, permissions=["pantry.add_item"])
    changer = Actor.user(BOB.user_id, permissions=["pantry.change_item"])
    deleter = Actor.user(BOB.user_id, permissions=["pantry.delete_item"])

    item = items.create(adder, requested_item(database, BOB))
    assert items.update(changer, item.id, ItemUpdate()) == item
    items.delete(deleter, item.id)
    assert items.page(BOB, ItemQuery()).items == ()


def test_nobody_cannot_read_items(items: ItemService, database: MemoryDatabase) -> None:
    item = stored_item(database)

    with pytest.raises(NotAuthenticated):
        items.get(NOBODY, item.id)
    with pytest.raises(NotAuthenticated):
        items.require(NOBODY, item.id)
    with pytest.raises(NotAuthenticated):
        items.page(NOBODY, ItemQuery())


def test_nobody_cannot_write_items(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    request = requested_item(database, EDITOR)

    with pytest.raises(NotAuthenticated):
        items.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        items.update(NOBODY, item.id, ItemUpdate())
    with pytest.raises(NotAuthenticated):
        items.delete(NOBODY, item.id)


def test_the_photo_of_an_item_can_be_set_and_removed(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    assert items.set_photo(EDITOR, item.id, upload).photo is not None
    assert items.remove_photo(EDITOR, item.id).photo is None


def test_only_who_may_change_an_item_sets_its_photo(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    with pytest.raises(Forbidden):
        items.set_photo(BOB, item.id, upload)
    with pytest.raises(Forbidden):
        items.remove_photo(BOB, item.id)


def test_a_holder_of_the_permission_sets_the_photo_of_an_item(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )
    changer = Actor.user(BOB.user_id, permissions=["pantry.change_item"])

    assert items.set_photo(changer, item.id, upload).photo is not None
    assert items.remove_photo(changer, item.id).photo is None


def use_up_request(database: MemoryDatabase, actor: Actor) -> ItemUseUp:
    """Return a request to use an item up."""
    return ItemUseUp(
        amount=Decimal("0.01"),
    )


def test_use_up_answers_with_what_is_stored(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    changed = items.use_up(EDITOR, item.id, use_up_request(database, EDITOR))

    assert changed.id == item.id
    assert items.get(BOB, item.id) == changed


def test_use_up_of_a_missing_item_is_refused(
    items: ItemService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        items.use_up(EDITOR, 999_999_999, use_up_request(database, EDITOR))


def test_use_up_of_an_old_version_is_refused(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    old = item.version - 1

    with pytest.raises(Stale):
        items.use_up(
            EDITOR, item.id, use_up_request(database, EDITOR), expected_version=old
        )


def test_use_up_is_for_who_may_change_an_item(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    changer = Actor.user(BOB.user_id, permissions=["pantry.change_item"])

    with pytest.raises(Forbidden):
        items.use_up(BOB, item.id, use_up_request(database, BOB))
    items.use_up(changer, item.id, use_up_request(database, changer))


def test_use_up_is_not_for_nobody(items: ItemService, database: MemoryDatabase) -> None:
    item = stored_item(database)
    data = use_up_request(database, EDITOR)

    with pytest.raises(NotAuthenticated):
        items.use_up(NOBODY, item.id, data)


def move_request(database: MemoryDatabase, actor: Actor) -> ItemMove:
    """Return a request to move an item."""
    request = requested_item(database, actor)
    return ItemMove(
        shelf_id=request.shelf_id,
        kind=request.kind,
    )


def test_move_stores_what_it_is_told(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    data = move_request(database, EDITOR)

    changed = items.move(EDITOR, item.id, data)

    assert changed.id == item.id
    assert items.get(BOB, item.id) == changed
    assert changed.shelf_id == data.shelf_id
    assert changed.kind == data.kind


def test_move_of_a_missing_item_is_refused(
    items: ItemService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        items.move(EDITOR, 999_999_999, move_request(database, EDITOR))


def test_move_refuses_a_missing_shelf(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    data = move_request(database, EDITOR).model_copy(update={"shelf_id": 999_999_999})

    with pytest.raises(NotFound):
        items.move(EDITOR, item.id, data)


def test_move_of_an_old_version_is_refused(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    old = item.version - 1

    with pytest.raises(Stale):
        items.move(
            EDITOR, item.id, move_request(database, EDITOR), expected_version=old
        )


def test_move_is_for_who_may_change_an_item(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    changer = Actor.user(BOB.user_id, permissions=["pantry.change_item"])

    with pytest.raises(Forbidden):
        items.move(BOB, item.id, move_request(database, BOB))
    items.move(changer, item.id, move_request(database, changer))


def test_move_is_not_for_nobody(items: ItemService, database: MemoryDatabase) -> None:
    item = stored_item(database)
    data = move_request(database, EDITOR)

    with pytest.raises(NotAuthenticated):
        items.move(NOBODY, item.id, data)


def restock_request(database: MemoryDatabase, actor: Actor) -> ItemRestock:
    """Return a request to restock all items."""
    request = requested_item(database, actor)
    return ItemRestock(
        kind=request.kind,
    )


def test_restock_stores_what_it_is_told(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)
    data = restock_request(database, EDITOR)

    (changed,) = items.restock(EDITOR, data)

    assert changed.id == item.id
    assert items.get(BOB, item.id) == changed
    assert changed.kind == data.kind


def test_restock_is_for_who_may_change_items(
    items: ItemService, database: MemoryDatabase
) -> None:
    stored_item(database)
    changer = Actor.user(BOB.user_id, permissions=["pantry.change_item"])

    with pytest.raises(Forbidden):
        items.restock(BOB, restock_request(database, BOB))
    items.restock(changer, restock_request(database, changer))


def test_restock_is_not_for_nobody(
    items: ItemService, database: MemoryDatabase
) -> None:
    data = restock_request(database, EDITOR)

    with pytest.raises(NotAuthenticated):
        items.restock(NOBODY, data)


def test_count_leaves_the_items_there(
    items: ItemService, database: MemoryDatabase
) -> None:
    item = stored_item(database)

    items.count(EDITOR)

    assert items.get(BOB, item.id).id == item.id


def test_count_is_for_who_may_change_items(
    items: ItemService, database: MemoryDatabase
) -> None:
    stored_item(database)
    changer = Actor.user(BOB.user_id, permissions=["pantry.change_item"])

    with pytest.raises(Forbidden):
        items.count(BOB)
    items.count(changer)


def test_count_is_not_for_nobody(items: ItemService, database: MemoryDatabase) -> None:

    with pytest.raises(NotAuthenticated):
        items.count(NOBODY)
