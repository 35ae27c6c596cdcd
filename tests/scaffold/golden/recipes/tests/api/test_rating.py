"""The HTTP endpoints of ratings, on the database."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django_layers.testing import UserFactory, assert_constant_queries

from recipes.schemas.rating import RatingUpdate
from recipes.tests.factories.rating import RatingCreateFactory, RatingFactory
from recipes.tests.factories.recipe import RecipeFactory

pytestmark = pytest.mark.django_db

URL = "/api/ratings"
JSON = "application/json"
READONLY = ["id", "user_id", "recipe", "created_at", "updated_at"]
LIMITS = [
    pytest.param("stars", 1, id="stars-lowest"),
    pytest.param("stars", 5, id="stars-highest"),
]
MISTAKES = [
    pytest.param("recipe_id", {}, id="recipe-id-no-key"),
    pytest.param("recipe_id", None, id="recipe-id-null"),
    pytest.param("stars", 0, id="stars-too-low"),
    pytest.param("stars", 6, id="stars-too-high"),
    pytest.param("stars", None, id="stars-null"),
    pytest.param("comment", None, id="comment-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write ratings."""
    return UserFactory.create()


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create a rating."""
    request = RatingCreateFactory.build(
        recipe_id=RecipeFactory.create().pk,
    )
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the ratings that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_rating_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["recipe_id"] == sent["recipe_id"]
    assert response.json()["stars"] == sent["stars"]
    assert response.json()["comment"] == sent["comment"]


def test_changing_a_rating_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in RatingUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["stars"] == sent["stars"]
    assert response.json()["comment"] == sent["comment"]


def test_a_deleted_rating_is_not_found(client: Client, user: User) -> None:
    row_url = f"{URL}/{RatingFactory.create(user=user).pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_ratings_without_signing_in() -> None:
    rating = RatingFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{rating.pk}").status_code == 401


def test_nobody_may_write_ratings_without_signing_in() -> None:
    row_url = f"{URL}/{RatingFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_others_may_read_a_rating_but_not_change_it(client: Client) -> None:
    row_url = f"{URL}/{RatingFactory.create().pk}"

    assert client.get(row_url).status_code == 200
    assert client.patch(row_url, {}, content_type=JSON).status_code == 403
    assert client.delete(row_url).status_code == 403


def test_a_rating_of_a_missing_recipe_is_not_created(client: Client) -> None:
    sent = {**body(), "recipe_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_no_two_ratings_have_the_same_recipe_and_user(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "recipe_id": first["recipe_id"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


def test_two_users_may_have_the_same_recipe(client: Client) -> None:
    first = body()
    other = Client()
    other.force_login(UserFactory.create())

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert other.post(URL, first, content_type=JSON).status_code == 201


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_rating_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["recipe_id", "stars"])
def test_a_new_rating_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_rating_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, user: User, name: str, value: object
) -> None:
    rating = RatingFactory.create(user=user)

    response = client.patch(f"{URL}/{rating.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("stars", 0, id="stars-too-low"),
        pytest.param("stars", 6, id="stars-too-high"),
    ],
)
def test_the_database_refuses_what_breaks_a_constraint(
    name: str, value: object
) -> None:
    with pytest.raises(IntegrityError):
        RatingFactory.create(**{name: value})


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_rating_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client, user: User) -> None:
    rating = RatingFactory.create(user=user)

    response = client.patch(f"{URL}/{rating.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_rating_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    rating = RatingFactory.create(user=user)
    value = client.get(f"{URL}/{rating.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    rating = RatingFactory.create(user=user)
    value = client.get(f"{URL}/{rating.pk}").json()[name]

    response = client.patch(f"{URL}/{rating.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_a_rating_shows_its_recipe(client: Client, user: User) -> None:
    recipe = RecipeFactory.create()
    rating = RatingFactory.create(user=user, recipe=recipe)

    shown = client.get(f"{URL}/{rating.pk}").json()["recipe"]

    assert shown.keys() == {"id", "title"}
    assert shown["id"] == recipe.id
    assert shown["title"] == recipe.title


def test_ratings_are_filtered_by_recipe_id(client: Client, user: User) -> None:
    recipe = RecipeFactory.create()
    RatingFactory.create(user=user)
    wanted = RatingFactory.create(user=user, recipe=recipe)

    assert listed(client, recipe_id=recipe.pk) == [wanted.pk]


def test_ratings_are_filtered_by_user_id(client: Client, user: User) -> None:
    RatingFactory.create()
    wanted = RatingFactory.create(user=user)

    assert listed(client, user_id=user.pk) == [wanted.pk]


def test_ratings_are_filtered_by_stars_min(client: Client, user: User) -> None:
    low = RatingFactory.create(user=user, stars=1)
    high = RatingFactory.create(user=user, stars=2)

    assert listed(client, stars_min=2) == [high.pk]
    assert {*listed(client, stars_min=1)} == {low.pk, high.pk}


def test_ratings_are_filtered_by_stars_max(client: Client, user: User) -> None:
    low = RatingFactory.create(user=user, stars=1)
    high = RatingFactory.create(user=user, stars=2)

    assert listed(client, stars_max=1) == [low.pk]
    assert {*listed(client, stars_max=2)} == {low.pk, high.pk}


def test_ratings_are_ordered_by_created_at(client: Client, user: User) -> None:
    low = RatingFactory.create(user=user)
    high = RatingFactory.create(user=user)

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_ratings_are_ordered_by_stars(client: Client, user: User) -> None:
    low = RatingFactory.create(user=user, stars=1)
    high = RatingFactory.create(user=user, stars=2)

    assert listed(client, order_by="stars") == [low.pk, high.pk]
    assert listed(client, order_by="-stars") == [high.pk, low.pk]


def test_ratings_come_by_created_at_if_nothing_is_asked_for(
    client: Client, user: User
) -> None:
    low = RatingFactory.create(user=user)
    high = RatingFactory.create(user=user)

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(
    client: Client, user: User
) -> None:
    RatingFactory.create_batch(3, user=user)
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
        RatingFactory.create_batch(3, user=user)

    RatingFactory.create(user=user)

    assert_constant_queries(lambda: listed(client), grow)


def test_praise_answers_with_the_rating(client: Client, user: User) -> None:
    rating = RatingFactory.create(user=user)

    response = client.post(f"{URL}/{rating.pk}/praise")

    assert response.status_code == 200, response.content
    assert response.json() == client.get(f"{URL}/{rating.pk}").json()


def test_praise_asks_who_it_is() -> None:
    rating = RatingFactory.create()

    assert Client().post(f"{URL}/{rating.pk}/praise").status_code == 401


def test_praise_does_not_find_what_there_is_not(client: Client) -> None:
    rating = RatingFactory.create()
    row_url = f"{URL}/{rating.pk}/praise"
    rating.delete()

    assert client.post(row_url).status_code == 404


def test_praise_is_not_for_others() -> None:
    rating = RatingFactory.create()
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.post(f"{URL}/{rating.pk}/praise").status_code == 403


def level_body() -> dict[str, object]:
    """Return the body of a request to level all ratings of the actor."""
    sent = body()
    return {
        "stars": sent["stars"],
        "by": 2,
    }


def test_level_answers_with_the_ratings(client: Client, user: User) -> None:
    rating = RatingFactory.create(user=user)

    response = client.post(f"{URL}/level", level_body(), content_type=JSON)

    assert response.status_code == 200, response.content
    assert response.json() == [client.get(f"{URL}/{rating.pk}").json()]


def test_level_asks_who_it_is() -> None:
    assert (
        Client().post(f"{URL}/level", level_body(), content_type=JSON).status_code
        == 401
    )
