"""The HTTP endpoints of categories, on the database."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django_layers.testing import (
    UserFactory,
    assert_constant_queries,
    factory_for,
    user_with,
)

from recipes.schemas.category import CategoryCreate, CategoryUpdate
from recipes.tests.factories.category import CategoryCreateFactory, CategoryFactory
from recipes.tests.factories.tag import TagFactory

pytestmark = pytest.mark.django_db

URL = "/api/categories"
JSON = "application/json"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
READONLY = ["id", "manual", "parent", "tags", "created_at", "updated_at"]
LIMITS = [
    pytest.param("name", "x", id="name-shortest"),
    pytest.param("name", "x" * 50, id="name-longest"),
]
MISTAKES = [
    pytest.param("name", "x" * 51, id="name-too-long"),
    pytest.param("name", " ", id="name-blank"),
    pytest.param("name", None, id="name-null"),
    pytest.param("parent_id", {}, id="parent-id-no-key"),
    pytest.param("tag_ids", [{}], id="tag-ids-no-key"),
    pytest.param("tag_ids", None, id="tag-ids-null"),
    pytest.param("group_ids", [{}], id="group-ids-no-key"),
    pytest.param("group_ids", None, id="group-ids-null"),
    pytest.param("tag_ids", [999_999_999] * 101, id="tag-ids-too-many"),
    pytest.param("group_ids", [999_999_999] * 101, id="group-ids-too-many"),
]


@pytest.fixture
def user() -> User:
    """A user who may write categories."""
    return user_with(
        "recipes.add_category", "recipes.change_category", "recipes.delete_category"
    )


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create a category."""
    request = CategoryCreateFactory.build(
        tag_ids=(TagFactory.create().pk,),
        group_ids=(factory_for(Group).create().pk,),
    )
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the categories that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_category_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["name"] == sent["name"]
    assert response.json()["parent_id"] == sent["parent_id"]
    assert response.json()["tag_ids"] == sent["tag_ids"]
    assert response.json()["group_ids"] == sent["group_ids"]


def test_changing_a_category_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in CategoryUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["name"] == sent["name"]
    assert response.json()["tag_ids"] == sent["tag_ids"]
    assert response.json()["group_ids"] == sent["group_ids"]


def test_a_deleted_category_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{CategoryFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_categories() -> None:
    category = CategoryFactory.create()

    assert listed(Client()) == [category.pk]
    assert Client().get(f"{URL}/{category.pk}").status_code == 200


def test_nobody_may_write_categories_without_signing_in() -> None:
    row_url = f"{URL}/{CategoryFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_categories_are_written_with_the_permission_only() -> None:
    row_url = f"{URL}/{CategoryFactory.create().pk}"
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.get(row_url).status_code == 200
    assert reader.post(URL, body(), content_type=JSON).status_code == 403
    assert reader.patch(row_url, {}, content_type=JSON).status_code == 403
    assert reader.delete(row_url).status_code == 403


def test_a_category_of_a_missing_parent_is_not_created(client: Client) -> None:
    sent = {**body(), "parent_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_a_category_of_a_missing_tag_is_not_created(client: Client) -> None:
    sent = {**body(), "tag_ids": [999_999_999]}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_a_category_of_a_missing_group_is_not_created(client: Client) -> None:
    sent = {**body(), "group_ids": [999_999_999]}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_category_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize(
    ("name", "longest"),
    [
        ("tag_ids", [999_999_999] * 100),
        ("group_ids", [999_999_999] * 100),
    ],
)
def test_a_new_category_may_refer_to_as_many_as_a_list_takes(
    name: str, longest: list[object]
) -> None:
    request = CategoryCreate.model_validate({**body(), name: longest})

    assert len(request.model_dump()[name]) == len(longest)


@pytest.mark.parametrize("name", ["name"])
def test_a_new_category_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_category_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, name: str, value: object
) -> None:
    category = CategoryFactory.create()

    response = client.patch(f"{URL}/{category.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_category_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    category = CategoryFactory.create()

    response = client.patch(
        f"{URL}/{category.pk}", {"unheard_of": 1}, content_type=JSON
    )

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_category_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    category = CategoryFactory.create()
    value = client.get(f"{URL}/{category.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    category = CategoryFactory.create()
    value = client.get(f"{URL}/{category.pk}").json()[name]

    response = client.patch(f"{URL}/{category.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_a_category_shows_its_parent(client: Client) -> None:
    parent = CategoryFactory.create()
    category = CategoryFactory.create(parent=parent)

    shown = client.get(f"{URL}/{category.pk}").json()["parent"]

    assert shown.keys() == {"id", "name"}
    assert shown["id"] == parent.id
    assert shown["name"] == parent.name


def test_a_category_shows_its_tags(client: Client) -> None:
    tag = TagFactory.create()
    category = CategoryFactory.create()
    category.tags.add(tag)

    [shown] = client.get(f"{URL}/{category.pk}").json()["tags"]

    assert shown.keys() == {"id", "name"}
    assert shown["id"] == tag.id
    assert shown["name"] == tag.name


def test_categories_are_filtered_by_name(client: Client) -> None:
    low = CategoryFactory.create(name="name 1")
    high = CategoryFactory.create(name="name 2")

    assert listed(client, name="name 1") == [low.pk]
    assert listed(client, name="name 2") == [high.pk]


def test_categories_are_filtered_by_parent_id(client: Client) -> None:
    parent = CategoryFactory.create()
    wanted = CategoryFactory.create(parent=parent)

    assert listed(client, parent_id=parent.pk) == [wanted.pk]


def test_categories_are_filtered_by_tag_id(client: Client) -> None:
    tag = TagFactory.create()
    CategoryFactory.create()
    wanted = CategoryFactory.create()
    wanted.tags.add(tag)

    assert listed(client, tag_id=tag.pk) == [wanted.pk]


def test_categories_are_filtered_by_group_id(client: Client) -> None:
    group = factory_for(Group).create()
    CategoryFactory.create()
    wanted = CategoryFactory.create()
    wanted.groups.add(group)

    assert listed(client, group_id=group.pk) == [wanted.pk]


def test_categories_are_ordered_by_created_at(client: Client) -> None:
    low = CategoryFactory.create()
    high = CategoryFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_categories_are_ordered_by_name(client: Client) -> None:
    low = CategoryFactory.create(name="name 1")
    high = CategoryFactory.create(name="name 2")

    assert listed(client, order_by="name") == [low.pk, high.pk]
    assert listed(client, order_by="-name") == [high.pk, low.pk]


def test_categories_come_by_name_if_nothing_is_asked_for(client: Client) -> None:
    low = CategoryFactory.create(name="name 1")
    high = CategoryFactory.create(name="name 2")

    assert listed(client) == [low.pk, high.pk]


def test_categories_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = CategoryFactory.create(name="name 1")
    high = CategoryFactory.create(name="name 1")

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    CategoryFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        for category in CategoryFactory.create_batch(3):
            category.tags.add(TagFactory.create())
            category.groups.add(factory_for(Group).create())

    category = CategoryFactory.create()
    category.tags.add(TagFactory.create())
    category.groups.add(factory_for(Group).create())

    assert_constant_queries(lambda: listed(client), grow)


def test_the_manual_of_a_category_can_be_set_and_removed(
    client: Client, tmp_path: Path
) -> None:
    category = CategoryFactory.create()
    row_url = f"{URL}/{category.pk}/manual"

    with override_settings(MEDIA_ROOT=tmp_path):
        stored = client.post(row_url, {"manual": SimpleUploadedFile("a.txt", b"text")})
        removed = client.delete(row_url)

    assert stored.status_code == 200, stored.content
    assert stored.json()["manual"].endswith(".txt")
    assert removed.json()["manual"] is None


def test_the_manual_of_a_category_may_not_be_too_large(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recipes.api.category.MAX_MANUAL_SIZE", len(GIF) - 1)
    category = CategoryFactory.create()
    row_url = f"{URL}/{category.pk}/manual"

    response = client.post(row_url, {"manual": SimpleUploadedFile("a.gif", GIF)})

    assert response.status_code == 422


def test_only_who_may_change_a_category_sets_its_manual() -> None:
    category = CategoryFactory.create()
    row_url = f"{URL}/{category.pk}/manual"

    nobody = Client()
    assert (
        nobody.post(row_url, {"manual": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 401
    )
    assert nobody.delete(row_url).status_code == 401
    other = Client()
    other.force_login(UserFactory.create())
    assert (
        other.post(row_url, {"manual": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 403
    )
    assert other.delete(row_url).status_code == 403
