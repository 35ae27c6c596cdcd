"""The HTTP endpoints of items, on the database."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client, override_settings
from django_layers.testing import UserFactory, assert_constant_queries, user_with

from apps.pantry.schemas import ItemUpdate
from apps.pantry.tests.factories.item import ItemCreateFactory, ItemFactory
from apps.pantry.tests.factories.shelf import ShelfFactory
from apps.pantry.types import ItemKind
from recipes.tests.factories.recipe import RecipeFactory

pytestmark = pytest.mark.django_db

URL = "/api/items"
JSON = "application/json"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
READONLY = ["id", "photo", "version", "created_at", "updated_at"]
LIMITS = [
    pytest.param("title", "x", id="title-shortest"),
    pytest.param("title", "x" * 100, id="title-longest"),
]
MISTAKES = [
    pytest.param("shelf_id", {}, id="shelf-id-no-key"),
    pytest.param("shelf_id", None, id="shelf-id-null"),
    pytest.param("recipe_id", {}, id="recipe-id-no-key"),
    pytest.param("title", "x" * 101, id="title-too-long"),
    pytest.param("title", " ", id="title-blank"),
    pytest.param("title", None, id="title-null"),
    pytest.param("kind", "unheard-of", id="kind-none-of-the-choices"),
    pytest.param("kind", None, id="kind-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write items."""
    return user_with("pantry.add_item", "pantry.change_item", "pantry.delete_item")


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body(user: User) -> dict[str, object]:
    """Return the body of a request to create an item."""
    request = ItemCreateFactory.build(
        shelf_id=ShelfFactory.create(owner=user).pk,
        recipe_id=RecipeFactory.create().pk,
    )
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the items that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_an_item_answers_with_it(client: Client, user: User) -> None:
    sent = body(user)

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["shelf_id"] == sent["shelf_id"]
    assert response.json()["recipe_id"] == sent["recipe_id"]
    assert response.json()["title"] == sent["title"]
    assert response.json()["kind"] == sent["kind"]


def test_changing_an_item_answers_with_it(client: Client, user: User) -> None:
    created = client.post(URL, body(user), content_type=JSON).json()
    sent = body(user)
    changes = {name: sent[name] for name in ItemUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["shelf_id"] == sent["shelf_id"]
    assert response.json()["recipe_id"] == sent["recipe_id"]
    assert response.json()["title"] == sent["title"]
    assert response.json()["kind"] == sent["kind"]


def test_a_deleted_item_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{ItemFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_items_without_signing_in() -> None:
    item = ItemFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{item.pk}").status_code == 401


def test_nobody_may_write_items_without_signing_in(user: User) -> None:
    row_url = f"{URL}/{ItemFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(user), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_items_are_written_with_the_permission_only(user: User) -> None:
    row_url = f"{URL}/{ItemFactory.create().pk}"
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.get(row_url).status_code == 200
    assert reader.post(URL, body(user), content_type=JSON).status_code == 403
    assert reader.patch(row_url, {}, content_type=JSON).status_code == 403
    assert reader.delete(row_url).status_code == 403


def test_an_item_of_a_missing_shelf_is_not_created(client: Client, user: User) -> None:
    sent = {**body(user), "shelf_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_an_item_of_the_shelf_of_somebody_else_is_not_created(
    client: Client, user: User
) -> None:
    others = ShelfFactory.create()
    sent = {**body(user), "shelf_id": others.pk}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_an_item_of_a_missing_recipe_is_not_created(client: Client, user: User) -> None:
    sent = {**body(user), "recipe_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_item_may_go_to_the_limit(
    client: Client, user: User, name: str, value: object
) -> None:
    response = client.post(URL, {**body(user), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["shelf_id", "title", "kind"])
def test_a_new_item_cannot_do_without(client: Client, user: User, name: str) -> None:
    sent = {key: value for key, value in body(user).items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_item_is_refused(
    client: Client, user: User, name: str, value: object
) -> None:
    response = client.post(URL, {**body(user), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, name: str, value: object
) -> None:
    item = ItemFactory.create()

    response = client.patch(f"{URL}/{item.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("kind", "unheard-of", id="kind-none-of-the-choices"),
    ],
)
def test_the_database_refuses_what_breaks_a_constraint(
    name: str, value: object
) -> None:
    with pytest.raises(IntegrityError):
        ItemFactory.create(**{name: value})


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_item_is_refused(client: Client, user: User) -> None:
    response = client.post(URL, {**body(user), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    item = ItemFactory.create()

    response = client.patch(f"{URL}/{item.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_item_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    item = ItemFactory.create()
    value = client.get(f"{URL}/{item.pk}").json()[name]

    response = client.post(URL, {**body(user), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    item = ItemFactory.create()
    value = client.get(f"{URL}/{item.pk}").json()[name]

    response = client.patch(f"{URL}/{item.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_items_are_filtered_by_shelf_id(client: Client) -> None:
    shelf = ShelfFactory.create()
    ItemFactory.create()
    wanted = ItemFactory.create(shelf=shelf)

    assert listed(client, shelf_id=shelf.pk) == [wanted.pk]


def test_items_are_filtered_by_recipe_id(client: Client) -> None:
    recipe = RecipeFactory.create()
    ItemFactory.create()
    wanted = ItemFactory.create(recipe=recipe)

    assert listed(client, recipe_id=recipe.pk) == [wanted.pk]


def test_items_are_filtered_by_kind(client: Client) -> None:
    low = ItemFactory.create(kind=ItemKind.DRY)
    high = ItemFactory.create(kind=ItemKind.FRESH)

    assert listed(client, kind="dry") == [low.pk]
    assert listed(client, kind="fresh") == [high.pk]


def test_items_are_ordered_by_created_at(client: Client) -> None:
    low = ItemFactory.create()
    high = ItemFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_items_are_ordered_by_kind(client: Client) -> None:
    low = ItemFactory.create(kind=ItemKind.DRY)
    high = ItemFactory.create(kind=ItemKind.FRESH)

    assert listed(client, order_by="kind") == [low.pk, high.pk]
    assert listed(client, order_by="-kind") == [high.pk, low.pk]


def test_items_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = ItemFactory.create()
    high = ItemFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    ItemFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        ItemFactory.create_batch(3)

    ItemFactory.create()

    assert_constant_queries(lambda: listed(client), grow)


def test_each_response_carries_the_version_as_etag(client: Client, user: User) -> None:
    created = client.post(URL, body(user), content_type=JSON)
    row_url = f"{URL}/{created.json()['id']}"
    changed = client.patch(row_url, {}, content_type=JSON)

    assert created["ETag"] == f'"{created.json()["version"]}"'
    assert client.get(row_url)["ETag"] == f'"{created.json()["version"]}"'
    assert changed["ETag"] == f'"{created.json()["version"]}"'


def test_an_old_version_is_refused(client: Client) -> None:
    item = ItemFactory.create()
    old = {"If-Match": f'"{item.version - 1}"'}

    assert (
        client.patch(f"{URL}/{item.pk}", {}, content_type=JSON, headers=old).status_code
        == 412
    )
    assert client.delete(f"{URL}/{item.pk}", headers=old).status_code == 412


def test_the_photo_of_an_item_can_be_set_and_removed(
    client: Client, tmp_path: Path
) -> None:
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/photo"

    with override_settings(MEDIA_ROOT=tmp_path):
        stored = client.post(row_url, {"photo": SimpleUploadedFile("a.gif", GIF)})
        removed = client.delete(row_url)

    assert stored.status_code == 200, stored.content
    assert stored.json()["photo"].endswith(".gif")
    assert removed.json()["photo"] is None
    assert stored["ETag"] == f'"{stored.json()["version"]}"'
    assert removed["ETag"] == f'"{removed.json()["version"]}"'


def test_the_photo_of_an_old_version_is_not_changed(client: Client) -> None:
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/photo"
    old = {"If-Match": f'"{item.version - 1}"'}

    response = client.post(
        row_url, {"photo": SimpleUploadedFile("a.gif", GIF)}, headers=old
    )
    assert response.status_code == 412
    assert client.delete(row_url, headers=old).status_code == 412


def test_the_photo_of_an_item_may_not_be_too_large(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.pantry.api.MAX_ITEM_PHOTO_SIZE", len(GIF) - 1)
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/photo"

    response = client.post(row_url, {"photo": SimpleUploadedFile("a.gif", GIF)})

    assert response.status_code == 422


def test_the_photo_of_an_item_must_be_an_image(client: Client) -> None:
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/photo"

    response = client.post(row_url, {"photo": SimpleUploadedFile("a.gif", b"text")})

    assert response.status_code == 422


def test_only_who_may_change_an_item_sets_its_photo() -> None:
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/photo"

    nobody = Client()
    assert (
        nobody.post(row_url, {"photo": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 401
    )
    assert nobody.delete(row_url).status_code == 401
    other = Client()
    other.force_login(UserFactory.create())
    assert (
        other.post(row_url, {"photo": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 403
    )
    assert other.delete(row_url).status_code == 403


def use_up_body(user: User) -> dict[str, object]:
    """Return the body of a request to use an item up."""
    return {
        "amount": "0.01",
    }


def test_use_up_answers_with_the_item(client: Client, user: User) -> None:
    item = ItemFactory.create()

    response = client.post(
        f"{URL}/{item.pk}/use-up", use_up_body(user), content_type=JSON
    )

    assert response.status_code == 200, response.content
    assert response.json() == client.get(f"{URL}/{item.pk}").json()


def test_use_up_asks_who_it_is(user: User) -> None:
    item = ItemFactory.create()

    assert (
        Client()
        .post(f"{URL}/{item.pk}/use-up", use_up_body(user), content_type=JSON)
        .status_code
        == 401
    )


def test_use_up_does_not_find_what_there_is_not(client: Client, user: User) -> None:
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/use-up"
    item.delete()

    assert client.post(row_url, use_up_body(user), content_type=JSON).status_code == 404


def test_use_up_is_not_for_others(user: User) -> None:
    item = ItemFactory.create()
    reader = Client()
    reader.force_login(UserFactory.create())

    assert (
        reader.post(
            f"{URL}/{item.pk}/use-up", use_up_body(user), content_type=JSON
        ).status_code
        == 403
    )


def test_use_up_of_an_old_version_fails(client: Client, user: User) -> None:
    item = ItemFactory.create()
    old = {"If-Match": f'"{item.version - 1}"'}

    assert (
        client.post(
            f"{URL}/{item.pk}/use-up", use_up_body(user), content_type=JSON, headers=old
        ).status_code
        == 412
    )


def move_body(user: User) -> dict[str, object]:
    """Return the body of a request to move an item."""
    sent = body(user)
    return {
        "shelf_id": sent["shelf_id"],
        "kind": sent["kind"],
    }


def test_move_answers_with_the_item(client: Client, user: User) -> None:
    item = ItemFactory.create()

    response = client.post(f"{URL}/{item.pk}/move", move_body(user), content_type=JSON)

    assert response.status_code == 200, response.content
    assert response.json() == client.get(f"{URL}/{item.pk}").json()


def test_move_asks_who_it_is(user: User) -> None:
    item = ItemFactory.create()

    assert (
        Client()
        .post(f"{URL}/{item.pk}/move", move_body(user), content_type=JSON)
        .status_code
        == 401
    )


def test_move_does_not_find_what_there_is_not(client: Client, user: User) -> None:
    item = ItemFactory.create()
    row_url = f"{URL}/{item.pk}/move"
    item.delete()

    assert client.post(row_url, move_body(user), content_type=JSON).status_code == 404


def test_move_is_not_for_others(user: User) -> None:
    item = ItemFactory.create()
    reader = Client()
    reader.force_login(UserFactory.create())

    assert (
        reader.post(
            f"{URL}/{item.pk}/move", move_body(user), content_type=JSON
        ).status_code
        == 403
    )


def test_move_of_an_old_version_fails(client: Client, user: User) -> None:
    item = ItemFactory.create()
    old = {"If-Match": f'"{item.version - 1}"'}

    assert (
        client.post(
            f"{URL}/{item.pk}/move", move_body(user), content_type=JSON, headers=old
        ).status_code
        == 412
    )


def restock_body(user: User) -> dict[str, object]:
    """Return the body of a request to restock all items."""
    sent = body(user)
    return {
        "kind": sent["kind"],
    }


def test_restock_answers_with_the_items(client: Client, user: User) -> None:
    item = ItemFactory.create()

    response = client.post(f"{URL}/restock", restock_body(user), content_type=JSON)

    assert response.status_code == 200, response.content
    assert response.json() == [client.get(f"{URL}/{item.pk}").json()]


def test_restock_asks_who_it_is(user: User) -> None:
    assert (
        Client()
        .post(f"{URL}/restock", restock_body(user), content_type=JSON)
        .status_code
        == 401
    )


def test_restock_is_not_for_others(user: User) -> None:
    reader = Client()
    reader.force_login(UserFactory.create())

    assert (
        reader.post(f"{URL}/restock", restock_body(user), content_type=JSON).status_code
        == 403
    )


def test_count_answers_with_nothing(client: Client) -> None:
    item = ItemFactory.create()

    response = client.post(f"{URL}/count")

    assert response.status_code == 204, response.content
    assert client.get(f"{URL}/{item.pk}").status_code == 200


def test_count_asks_who_it_is() -> None:
    assert Client().post(f"{URL}/count").status_code == 401


def test_count_is_not_for_others() -> None:
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.post(f"{URL}/count").status_code == 403
