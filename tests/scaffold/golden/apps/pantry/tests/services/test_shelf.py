"""The rules of shelves, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from apps.pantry.schemas import ShelfQuery, ShelfUpdate
from apps.pantry.services import ShelfService
from apps.pantry.tests.actors import ALICE, BOB, NOBODY, SUPERUSER
from apps.pantry.tests.factories.shelf import requested_shelf, stored_shelf
from apps.pantry.tests.memory import memory_database, shelf_service
from mealgenie.actors import Actor


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def shelves(database: MemoryDatabase) -> ShelfService:
    return shelf_service(database)


def test_a_created_shelf_can_be_read(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    request = requested_shelf(database)

    created = shelves.create(ALICE, request)

    assert shelves.get(ALICE, created.id) == created
    assert created.title == request.title
    assert created.owner_id == ALICE.user_id


def test_a_list_holds_the_stored_shelves(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    assert shelves.page(ALICE, ShelfQuery()).items == (shelf,)


def test_a_change_keeps_what_it_leaves_out(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    assert shelves.update(ALICE, shelf.id, ShelfUpdate()) == shelf


def test_every_field_that_can_be_changed_is(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)
    request = requested_shelf(database)

    changed = shelves.update(
        ALICE,
        shelf.id,
        ShelfUpdate(
            title=request.title,
        ),
    )

    assert changed.id == shelf.id
    assert changed.title == request.title


def test_a_deleted_shelf_is_gone(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    shelves.delete(ALICE, shelf.id)

    with pytest.raises(NotFound):
        shelves.get(ALICE, shelf.id)


def test_only_a_shelf_that_is_there_can_be_referred_to(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    shelves.require(ALICE, shelf.id)
    shelves.delete(ALICE, shelf.id)
    with pytest.raises(NotFound):
        shelves.require(ALICE, shelf.id)


def test_others_do_not_see_a_shelf(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    assert shelves.page(BOB, ShelfQuery()).items == ()
    with pytest.raises(NotFound):
        shelves.get(BOB, shelf.id)
    with pytest.raises(NotFound):
        shelves.require(BOB, shelf.id)
    with pytest.raises(NotFound):
        shelves.update(BOB, shelf.id, ShelfUpdate())
    with pytest.raises(NotFound):
        shelves.delete(BOB, shelf.id)


def test_the_superuser_sees_all_shelves(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    shelves.require(SUPERUSER, shelf.id)
    assert shelves.get(SUPERUSER, shelf.id) == shelf
    assert shelves.page(SUPERUSER, ShelfQuery()).items == (shelf,)


def test_each_permission_opens_the_shelves_of_others(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)
    viewer = Actor.user(BOB.user_id, permissions=["pantry.view_shelf"])
    changer = Actor.user(
        BOB.user_id, permissions=["pantry.view_shelf", "pantry.change_shelf"]
    )
    deleter = Actor.user(
        BOB.user_id, permissions=["pantry.view_shelf", "pantry.delete_shelf"]
    )

    shelves.require(viewer, shelf.id)
    assert shelves.get(viewer, shelf.id) == shelf
    assert shelves.page(viewer, ShelfQuery()).items == (shelf,)
    assert shelves.update(changer, shelf.id, ShelfUpdate()) == shelf
    shelves.delete(deleter, shelf.id)
    assert shelves.page(viewer, ShelfQuery()).items == ()


def test_who_sees_the_shelves_of_others_cannot_change_them(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)
    viewer = Actor.user(BOB.user_id, permissions=["pantry.view_shelf"])

    with pytest.raises(Forbidden):
        shelves.update(viewer, shelf.id, ShelfUpdate())
    with pytest.raises(Forbidden):
        shelves.delete(viewer, shelf.id)


def test_who_does_not_see_the_shelves_of_others_cannot_change_them(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)
    blind = Actor.user(
        BOB.user_id, permissions=["pantry.change_shelf", "pantry.delete_shelf"]
    )

    with pytest.raises(NotFound):
        shelves.update(blind, shelf.id, ShelfUpdate())
    with pytest.raises(NotFound):
        shelves.delete(blind, shelf.id)


def test_nobody_cannot_read_shelves(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)

    with pytest.raises(NotAuthenticated):
        shelves.get(NOBODY, shelf.id)
    with pytest.raises(NotAuthenticated):
        shelves.require(NOBODY, shelf.id)
    with pytest.raises(NotAuthenticated):
        shelves.page(NOBODY, ShelfQuery())


def test_nobody_cannot_write_shelves(
    shelves: ShelfService, database: MemoryDatabase
) -> None:
    shelf = stored_shelf(database, ALICE)
    request = requested_shelf(database)

    with pytest.raises(NotAuthenticated):
        shelves.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        shelves.update(NOBODY, shelf.id, ShelfUpdate())
    with pytest.raises(NotAuthenticated):
        shelves.delete(NOBODY, shelf.id)
