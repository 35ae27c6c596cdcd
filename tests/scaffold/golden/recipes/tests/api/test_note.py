"""The HTTP endpoints of notes, on the database."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django_layers.testing import UserFactory, assert_constant_queries

from recipes.schemas.note import NoteUpdate
from recipes.tests.factories.note import NoteCreateFactory, NoteFactory
from recipes.tests.factories.recipe import RecipeFactory

pytestmark = pytest.mark.django_db

URL = "/api/notes"
JSON = "application/json"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
READONLY = ["id", "user_id", "photo", "version", "created_at", "updated_at"]
LIMITS = [
    pytest.param("title", "x", id="title-shortest"),
    pytest.param("title", "x" * 100, id="title-longest"),
]
MISTAKES = [
    pytest.param("title", "x" * 101, id="title-too-long"),
    pytest.param("title", " ", id="title-blank"),
    pytest.param("title", None, id="title-null"),
    pytest.param("recipe_id", {}, id="recipe-id-no-key"),
]


@pytest.fixture
def user() -> User:
    """A user who may write notes."""
    return UserFactory.create()


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create a note."""
    request = NoteCreateFactory.build(
        recipe_id=RecipeFactory.create().pk,
    )
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the notes that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_note_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["title"] == sent["title"]
    assert response.json()["recipe_id"] == sent["recipe_id"]


def test_changing_a_note_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in NoteUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["title"] == sent["title"]
    assert response.json()["recipe_id"] == sent["recipe_id"]


def test_a_deleted_note_is_not_found(client: Client, user: User) -> None:
    row_url = f"{URL}/{NoteFactory.create(user=user).pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_notes_without_signing_in() -> None:
    note = NoteFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{note.pk}").status_code == 401


def test_nobody_may_write_notes_without_signing_in() -> None:
    row_url = f"{URL}/{NoteFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_others_do_not_find_a_note(client: Client) -> None:
    row_url = f"{URL}/{NoteFactory.create().pk}"

    assert listed(client) == []
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_a_note_of_a_missing_recipe_is_not_created(client: Client) -> None:
    sent = {**body(), "recipe_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_no_two_notes_have_the_same_title(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "title": first["title"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_note_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["title"])
def test_a_new_note_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_note_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, user: User, name: str, value: object
) -> None:
    note = NoteFactory.create(user=user)

    response = client.patch(f"{URL}/{note.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_note_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)

    response = client.patch(f"{URL}/{note.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_note_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    note = NoteFactory.create(user=user)
    value = client.get(f"{URL}/{note.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    note = NoteFactory.create(user=user)
    value = client.get(f"{URL}/{note.pk}").json()[name]

    response = client.patch(f"{URL}/{note.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_notes_are_filtered_by_title(client: Client, user: User) -> None:
    low = NoteFactory.create(user=user, title="title 1")
    high = NoteFactory.create(user=user, title="title 2")

    assert listed(client, title="title 1") == [str(low.pk)]
    assert listed(client, title="title 2") == [str(high.pk)]


def test_notes_are_filtered_by_recipe_id(client: Client, user: User) -> None:
    recipe = RecipeFactory.create()
    NoteFactory.create(user=user)
    wanted = NoteFactory.create(user=user, recipe=recipe)

    assert listed(client, recipe_id=recipe.pk) == [str(wanted.pk)]


def test_notes_are_ordered_by_created_at(client: Client, user: User) -> None:
    low = NoteFactory.create(user=user)
    high = NoteFactory.create(user=user)

    assert listed(client, order_by="created_at") == [str(low.pk), str(high.pk)]
    assert listed(client, order_by="-created_at") == [str(high.pk), str(low.pk)]


def test_notes_are_ordered_by_title(client: Client, user: User) -> None:
    low = NoteFactory.create(user=user, title="title 1")
    high = NoteFactory.create(user=user, title="title 2")

    assert listed(client, order_by="title") == [str(low.pk), str(high.pk)]
    assert listed(client, order_by="-title") == [str(high.pk), str(low.pk)]


def test_notes_come_by_created_at_if_nothing_is_asked_for(
    client: Client, user: User
) -> None:
    low = NoteFactory.create(user=user)
    high = NoteFactory.create(user=user)

    assert listed(client) == [str(high.pk), str(low.pk)]


def test_the_next_page_goes_on_where_the_last_one_ended(
    client: Client, user: User
) -> None:
    NoteFactory.create_batch(3, user=user)
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
        NoteFactory.create_batch(3, user=user)

    NoteFactory.create(user=user)

    assert_constant_queries(lambda: listed(client), grow)


def test_each_response_carries_the_version_as_etag(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON)
    row_url = f"{URL}/{created.json()['id']}"
    changed = client.patch(row_url, {}, content_type=JSON)

    assert created["ETag"] == f'"{created.json()["version"]}"'
    assert client.get(row_url)["ETag"] == f'"{created.json()["version"]}"'
    assert changed["ETag"] == f'"{created.json()["version"]}"'


def test_an_old_version_is_refused(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)
    old = {"If-Match": f'"{note.version - 1}"'}

    assert (
        client.patch(f"{URL}/{note.pk}", {}, content_type=JSON, headers=old).status_code
        == 412
    )
    assert client.delete(f"{URL}/{note.pk}", headers=old).status_code == 412


def test_the_photo_of_a_note_can_be_set_and_removed(
    client: Client, user: User, tmp_path: Path
) -> None:
    note = NoteFactory.create(user=user)
    row_url = f"{URL}/{note.pk}/photo"

    with override_settings(MEDIA_ROOT=tmp_path):
        stored = client.post(row_url, {"photo": SimpleUploadedFile("a.gif", GIF)})
        removed = client.delete(row_url)

    assert stored.status_code == 200, stored.content
    assert stored.json()["photo"].endswith(".gif")
    assert removed.json()["photo"] is None
    assert stored["ETag"] == f'"{stored.json()["version"]}"'
    assert removed["ETag"] == f'"{removed.json()["version"]}"'


def test_the_photo_of_an_old_version_is_not_changed(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)
    row_url = f"{URL}/{note.pk}/photo"
    old = {"If-Match": f'"{note.version - 1}"'}

    response = client.post(
        row_url, {"photo": SimpleUploadedFile("a.gif", GIF)}, headers=old
    )
    assert response.status_code == 412
    assert client.delete(row_url, headers=old).status_code == 412


def test_the_photo_of_a_note_may_not_be_too_large(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recipes.api.note.MAX_PHOTO_SIZE", len(GIF) - 1)
    note = NoteFactory.create(user=user)
    row_url = f"{URL}/{note.pk}/photo"

    response = client.post(row_url, {"photo": SimpleUploadedFile("a.gif", GIF)})

    assert response.status_code == 422


def test_the_photo_of_a_note_must_be_an_image(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)
    row_url = f"{URL}/{note.pk}/photo"

    response = client.post(row_url, {"photo": SimpleUploadedFile("a.gif", b"text")})

    assert response.status_code == 422


def test_only_who_may_change_a_note_sets_its_photo() -> None:
    note = NoteFactory.create()
    row_url = f"{URL}/{note.pk}/photo"

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
        == 404
    )
    assert other.delete(row_url).status_code == 404


def test_file_away_answers_with_the_note(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)

    response = client.post(f"{URL}/{note.pk}/file-away")

    assert response.status_code == 200, response.content
    assert response.json() == client.get(f"{URL}/{note.pk}").json()


def test_file_away_asks_who_it_is() -> None:
    note = NoteFactory.create()

    assert Client().post(f"{URL}/{note.pk}/file-away").status_code == 401


def test_file_away_does_not_find_what_there_is_not(client: Client) -> None:
    note = NoteFactory.create()
    row_url = f"{URL}/{note.pk}/file-away"
    note.delete()

    assert client.post(row_url).status_code == 404


def test_file_away_is_not_for_others() -> None:
    note = NoteFactory.create()
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.post(f"{URL}/{note.pk}/file-away").status_code == 404


def test_file_away_of_an_old_version_fails(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)
    old = {"If-Match": f'"{note.version - 1}"'}

    assert client.post(f"{URL}/{note.pk}/file-away", headers=old).status_code == 412


def attach_body() -> dict[str, object]:
    """Return the body of a request to attach a note."""
    sent = body()
    return {
        "recipe_id": sent["recipe_id"],
        "title": sent["title"],
    }


def test_attach_answers_with_nothing(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)

    response = client.post(f"{URL}/{note.pk}/attach", attach_body(), content_type=JSON)

    assert response.status_code == 204, response.content
    assert client.get(f"{URL}/{note.pk}").status_code == 200


def test_attach_asks_who_it_is() -> None:
    note = NoteFactory.create()

    assert (
        Client()
        .post(f"{URL}/{note.pk}/attach", attach_body(), content_type=JSON)
        .status_code
        == 401
    )


def test_attach_does_not_find_what_there_is_not(client: Client) -> None:
    note = NoteFactory.create()
    row_url = f"{URL}/{note.pk}/attach"
    note.delete()

    assert client.post(row_url, attach_body(), content_type=JSON).status_code == 404


def test_attach_is_not_for_others() -> None:
    note = NoteFactory.create()
    reader = Client()
    reader.force_login(UserFactory.create())

    assert (
        reader.post(
            f"{URL}/{note.pk}/attach", attach_body(), content_type=JSON
        ).status_code
        == 404
    )


def test_attach_of_an_old_version_fails(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)
    old = {"If-Match": f'"{note.version - 1}"'}

    assert (
        client.post(
            f"{URL}/{note.pk}/attach", attach_body(), content_type=JSON, headers=old
        ).status_code
        == 412
    )


def detach_body() -> dict[str, object]:
    """Return the body of a request to detach all notes of the actor."""
    sent = body()
    return {
        "recipe_id": sent["recipe_id"],
    }


def test_detach_answers_with_nothing(client: Client, user: User) -> None:
    note = NoteFactory.create(user=user)

    response = client.post(f"{URL}/detach", detach_body(), content_type=JSON)

    assert response.status_code == 204, response.content
    assert client.get(f"{URL}/{note.pk}").status_code == 200


def test_detach_asks_who_it_is() -> None:
    assert (
        Client().post(f"{URL}/detach", detach_body(), content_type=JSON).status_code
        == 401
    )
