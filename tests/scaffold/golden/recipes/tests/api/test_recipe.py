"""The HTTP endpoints of recipes, on the database."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django_layers.testing import UserFactory, assert_constant_queries

from recipes.schemas.recipe import RecipeUpdate
from recipes.tests.factories.recipe import RecipeCreateFactory, RecipeFactory
from recipes.types import RecipeStatus

pytestmark = pytest.mark.django_db

URL = "/api/recipes"
JSON = "application/json"
READONLY = ["id", "author_id", "created_at", "updated_at"]
LIMITS = [
    pytest.param("title", "x", id="title-shortest"),
    pytest.param("title", "x" * 200, id="title-longest"),
    pytest.param("servings", 1, id="servings-lowest"),
    pytest.param("minutes", 0, id="minutes-lowest"),
]
MISTAKES = [
    pytest.param("title", "x" * 201, id="title-too-long"),
    pytest.param("title", " ", id="title-blank"),
    pytest.param("title", None, id="title-null"),
    pytest.param("summary", None, id="summary-null"),
    pytest.param("servings", 0, id="servings-too-low"),
    pytest.param("servings", None, id="servings-null"),
    pytest.param("minutes", -1, id="minutes-too-low"),
    pytest.param("minutes", None, id="minutes-null"),
    pytest.param("status", "unheard-of", id="status-none-of-the-choices"),
    pytest.param("status", None, id="status-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write recipes."""
    return UserFactory.create()


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create a recipe."""
    request = RecipeCreateFactory.build()
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the recipes that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_recipe_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["title"] == sent["title"]
    assert response.json()["summary"] == sent["summary"]
    assert response.json()["servings"] == sent["servings"]
    assert response.json()["minutes"] == sent["minutes"]
    assert response.json()["status"] == sent["status"]


def test_changing_a_recipe_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in RecipeUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["title"] == sent["title"]
    assert response.json()["summary"] == sent["summary"]
    assert response.json()["servings"] == sent["servings"]
    assert response.json()["minutes"] == sent["minutes"]
    assert response.json()["status"] == sent["status"]


def test_a_deleted_recipe_is_not_found(client: Client, user: User) -> None:
    row_url = f"{URL}/{RecipeFactory.create(author=user).pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_recipes_without_signing_in() -> None:
    recipe = RecipeFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{recipe.pk}").status_code == 401


def test_nobody_may_write_recipes_without_signing_in() -> None:
    row_url = f"{URL}/{RecipeFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_others_may_read_a_recipe_but_not_change_it(client: Client) -> None:
    row_url = f"{URL}/{RecipeFactory.create().pk}"

    assert client.get(row_url).status_code == 200
    assert client.patch(row_url, {}, content_type=JSON).status_code == 403
    assert client.delete(row_url).status_code == 403


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_recipe_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["title", "minutes"])
def test_a_new_recipe_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_recipe_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, user: User, name: str, value: object
) -> None:
    recipe = RecipeFactory.create(author=user)

    response = client.patch(f"{URL}/{recipe.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("servings", 0, id="servings-too-low"),
        pytest.param("minutes", -1, id="minutes-too-low"),
        pytest.param("status", "unheard-of", id="status-none-of-the-choices"),
    ],
)
def test_the_database_refuses_what_breaks_a_constraint(
    name: str, value: object
) -> None:
    with pytest.raises(IntegrityError):
        RecipeFactory.create(**{name: value})


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_recipe_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client, user: User) -> None:
    recipe = RecipeFactory.create(author=user)

    response = client.patch(f"{URL}/{recipe.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_recipe_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    recipe = RecipeFactory.create(author=user)
    value = client.get(f"{URL}/{recipe.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    recipe = RecipeFactory.create(author=user)
    value = client.get(f"{URL}/{recipe.pk}").json()[name]

    response = client.patch(f"{URL}/{recipe.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_recipes_are_filtered_by_author_id(client: Client, user: User) -> None:
    RecipeFactory.create()
    wanted = RecipeFactory.create(author=user)

    assert listed(client, author_id=user.pk) == [wanted.pk]


def test_recipes_are_filtered_by_status(client: Client, user: User) -> None:
    low = RecipeFactory.create(author=user, status=RecipeStatus.DRAFT)
    high = RecipeFactory.create(author=user, status=RecipeStatus.PUBLISHED)

    assert listed(client, status="draft") == [low.pk]
    assert listed(client, status="published") == [high.pk]


def test_recipes_are_ordered_by_created_at(client: Client, user: User) -> None:
    low = RecipeFactory.create(author=user)
    high = RecipeFactory.create(author=user)

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_recipes_are_ordered_by_status(client: Client, user: User) -> None:
    low = RecipeFactory.create(author=user, status=RecipeStatus.DRAFT)
    high = RecipeFactory.create(author=user, status=RecipeStatus.PUBLISHED)

    assert listed(client, order_by="status") == [low.pk, high.pk]
    assert listed(client, order_by="-status") == [high.pk, low.pk]


def test_recipes_come_by_created_at_if_nothing_is_asked_for(
    client: Client, user: User
) -> None:
    low = RecipeFactory.create(author=user)
    high = RecipeFactory.create(author=user)

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(
    client: Client, user: User
) -> None:
    RecipeFactory.create_batch(3, author=user)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(
    client: Client, user: User
) -> None:
    def grow() -> None:
        RecipeFactory.create_batch(3, author=user)

    RecipeFactory.create(author=user)

    assert_constant_queries(lambda: listed(client), grow)


def report_to_editor_body() -> dict[str, object]:
    """Return the body of a request to report a recipe to editor."""
    return {
        "reason": "spam",
        "remark": "remark 2",
    }


def test_report_to_editor_answers_with_nothing(client: Client, user: User) -> None:
    recipe = RecipeFactory.create(author=user)

    response = client.post(
        f"{URL}/{recipe.pk}/report-to-editor",
        report_to_editor_body(),
        content_type=JSON,
    )

    assert response.status_code == 204, response.content
    assert client.get(f"{URL}/{recipe.pk}").status_code == 200


def test_report_to_editor_asks_who_it_is() -> None:
    recipe = RecipeFactory.create()

    assert (
        Client()
        .post(
            f"{URL}/{recipe.pk}/report-to-editor",
            report_to_editor_body(),
            content_type=JSON,
        )
        .status_code
        == 401
    )


def test_report_to_editor_does_not_find_what_there_is_not(client: Client) -> None:
    recipe = RecipeFactory.create()
    row_url = f"{URL}/{recipe.pk}/report-to-editor"
    recipe.delete()

    assert (
        client.post(row_url, report_to_editor_body(), content_type=JSON).status_code
        == 404
    )


def test_report_to_editor_is_not_for_others() -> None:
    recipe = RecipeFactory.create()
    reader = Client()
    reader.force_login(UserFactory.create())

    assert (
        reader.post(
            f"{URL}/{recipe.pk}/report-to-editor",
            report_to_editor_body(),
            content_type=JSON,
        ).status_code
        == 403
    )
