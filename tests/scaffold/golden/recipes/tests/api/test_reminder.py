"""The HTTP endpoints of reminders, on the database."""

import datetime as dt
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django_layers.testing import UserFactory, assert_constant_queries

from recipes.models import Reminder
from recipes.schemas.reminder import ReminderUpdate
from recipes.tests.factories.note import NoteFactory
from recipes.tests.factories.reminder import ReminderCreateFactory, ReminderFactory
from recipes.types import ReminderState

pytestmark = pytest.mark.django_db

URL = "/api/reminders"
JSON = "application/json"
READONLY = ["id", "state"]
LIMITS = [
    pytest.param("pin", "x", id="pin-shortest"),
    pytest.param("pin", "x" * 8, id="pin-longest"),
]
MISTAKES = [
    pytest.param("note_id", {}, id="note-id-no-key"),
    pytest.param("note_id", None, id="note-id-null"),
    pytest.param("editor_id", {}, id="editor-id-no-key"),
    pytest.param("editor_id", None, id="editor-id-null"),
    pytest.param("due", "2026-01-01T09:00:00", id="due-no-time-zone"),
    pytest.param("due", None, id="due-null"),
    pytest.param("pin", "x" * 9, id="pin-too-long"),
    pytest.param("pin", " ", id="pin-blank"),
    pytest.param("pin", None, id="pin-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write reminders."""
    return UserFactory.create()


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body(user: User) -> dict[str, object]:
    """Return the body of a request to create a reminder."""
    request = ReminderCreateFactory.build(
        note_id=NoteFactory.create(user=user).pk,
        editor_id=UserFactory.create().pk,
    )
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the reminders that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_reminder_answers_with_it(client: Client, user: User) -> None:
    sent = body(user)

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["note_id"] == sent["note_id"]
    assert response.json()["editor_id"] == sent["editor_id"]
    assert "pin" not in response.json()
    assert Reminder.objects.get(pk=response.json()["id"]).pin == sent["pin"]


def test_changing_a_reminder_answers_with_it(client: Client, user: User) -> None:
    created = client.post(URL, body(user), content_type=JSON).json()
    sent = body(user)
    changes = {name: sent[name] for name in ReminderUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["note_id"] == sent["note_id"]
    assert response.json()["editor_id"] == sent["editor_id"]
    assert Reminder.objects.get(pk=created["id"]).pin == sent["pin"]


def test_a_deleted_reminder_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{ReminderFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_reminders_without_signing_in() -> None:
    reminder = ReminderFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{reminder.pk}").status_code == 401


def test_nobody_may_write_reminders_without_signing_in(user: User) -> None:
    row_url = f"{URL}/{ReminderFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(user), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_a_reminder_of_a_missing_note_is_not_created(
    client: Client, user: User
) -> None:
    sent = {**body(user), "note_id": str(UUID(int=999_999_999))}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_a_reminder_of_the_note_of_somebody_else_is_not_created(
    client: Client, user: User
) -> None:
    others = NoteFactory.create()
    sent = {**body(user), "note_id": str(others.pk)}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_a_reminder_of_a_missing_editor_is_not_created(
    client: Client, user: User
) -> None:
    sent = {**body(user), "editor_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_no_two_reminders_have_the_same_note(client: Client, user: User) -> None:
    first = body(user)
    second = {
        **body(user),
        "note_id": first["note_id"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_reminder_may_go_to_the_limit(
    client: Client, user: User, name: str, value: object
) -> None:
    response = client.post(URL, {**body(user), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["note_id", "editor_id", "due", "pin"])
def test_a_new_reminder_cannot_do_without(
    client: Client, user: User, name: str
) -> None:
    sent = {key: value for key, value in body(user).items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_reminder_is_refused(
    client: Client, user: User, name: str, value: object
) -> None:
    response = client.post(URL, {**body(user), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, name: str, value: object
) -> None:
    reminder = ReminderFactory.create()

    response = client.patch(f"{URL}/{reminder.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("state", "unheard-of", id="state-none-of-the-choices"),
    ],
)
def test_the_database_refuses_what_breaks_a_constraint(
    name: str, value: object
) -> None:
    with pytest.raises(IntegrityError):
        ReminderFactory.create(**{name: value})


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_reminder_is_refused(
    client: Client, user: User
) -> None:
    response = client.post(URL, {**body(user), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    reminder = ReminderFactory.create()

    response = client.patch(
        f"{URL}/{reminder.pk}", {"unheard_of": 1}, content_type=JSON
    )

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_reminder_cannot_say_what_is_readonly(
    client: Client, user: User, name: str
) -> None:
    reminder = ReminderFactory.create()
    value = client.get(f"{URL}/{reminder.pk}").json()[name]

    response = client.post(URL, {**body(user), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    reminder = ReminderFactory.create()
    value = client.get(f"{URL}/{reminder.pk}").json()[name]

    response = client.patch(f"{URL}/{reminder.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_reminders_are_filtered_by_note_id(client: Client) -> None:
    note = NoteFactory.create()
    ReminderFactory.create()
    wanted = ReminderFactory.create(note=note)

    assert listed(client, note_id=str(note.pk)) == [wanted.pk]


def test_reminders_are_filtered_by_editor_id(client: Client) -> None:
    editor = UserFactory.create()
    ReminderFactory.create()
    wanted = ReminderFactory.create(editor=editor)

    assert listed(client, editor_id=editor.pk) == [wanted.pk]


def test_reminders_are_filtered_by_state(client: Client) -> None:
    low = ReminderFactory.create(state=ReminderState.DONE)
    high = ReminderFactory.create(state=ReminderState.OPEN)

    assert listed(client, state="done") == [low.pk]
    assert listed(client, state="open") == [high.pk]


def test_reminders_are_ordered_by_id(client: Client) -> None:
    low = ReminderFactory.create()
    high = ReminderFactory.create()

    assert listed(client, order_by="id") == [low.pk, high.pk]
    assert listed(client, order_by="-id") == [high.pk, low.pk]


def test_reminders_are_ordered_by_due(client: Client) -> None:
    low = ReminderFactory.create(due=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    high = ReminderFactory.create(due=dt.datetime(2026, 1, 1, 9, 0, 1, tzinfo=dt.UTC))

    assert listed(client, order_by="due") == [low.pk, high.pk]
    assert listed(client, order_by="-due") == [high.pk, low.pk]


def test_reminders_are_ordered_by_state(client: Client) -> None:
    low = ReminderFactory.create(state=ReminderState.DONE)
    high = ReminderFactory.create(state=ReminderState.OPEN)

    assert listed(client, order_by="state") == [low.pk, high.pk]
    assert listed(client, order_by="-state") == [high.pk, low.pk]


def test_reminders_come_by_id_if_nothing_is_asked_for(client: Client) -> None:
    low = ReminderFactory.create()
    high = ReminderFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    ReminderFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        ReminderFactory.create_batch(3)

    ReminderFactory.create()

    assert_constant_queries(lambda: listed(client), grow)


def finish_body(user: User) -> dict[str, object]:
    """Return the body of a request to finish a reminder."""
    return {
        "state": "open",
    }


def test_finish_answers_with_the_reminder(client: Client, user: User) -> None:
    reminder = ReminderFactory.create()

    response = client.post(
        f"{URL}/{reminder.pk}/finish", finish_body(user), content_type=JSON
    )

    assert response.status_code == 200, response.content
    assert response.json() == client.get(f"{URL}/{reminder.pk}").json()


def test_finish_asks_who_it_is(user: User) -> None:
    reminder = ReminderFactory.create()

    assert (
        Client()
        .post(f"{URL}/{reminder.pk}/finish", finish_body(user), content_type=JSON)
        .status_code
        == 401
    )


def test_finish_does_not_find_what_there_is_not(client: Client, user: User) -> None:
    reminder = ReminderFactory.create()
    row_url = f"{URL}/{reminder.pk}/finish"
    reminder.delete()

    assert client.post(row_url, finish_body(user), content_type=JSON).status_code == 404
