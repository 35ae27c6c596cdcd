"""`manage.py explainrepository`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser

from django_layers.management.commands.explainrepository import Command
from tests.shop.repositories.orm.note import DjangoNoteRepository

NOTES = """\
shop.DjangoNoteRepository
  rows      shop.Note (table shop_note), of the owner in user_id
  database  default (sqlite)
  DTOs      each row: NoteRead, trusted
  prepared  yes: the SQL of each question is compiled once and kept

count: 1 statement
  1. the number
     SELECT COUNT(*)
     FROM "shop_note"
     WHERE "shop_note"."user_id" = %s

filters: none

orders
  + created_at   created_at, id: index shop_note_newest (user_id, -created_at, -id) finds the rows of the
                 owner in this order.
  + -created_at  -created_at, -id: index shop_note_newest (user_id, -created_at, -id) finds the rows of the
                 owner in this order.
"""


@pytest.fixture
def in_the_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be the repositories of the shop alone, whatever other tests have defined."""
    monkeypatch.setattr(
        "django_layers.repositories.explain.finding._concrete", lambda base: iter([DjangoNoteRepository])
    )


def explained(*arguments: str) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("explainrepository", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> tuple[str, int]:
    """Return what the command says instead, and its exit code."""
    with pytest.raises(CommandError) as refusal:
        explained(*arguments)
    return str(refusal.value), refusal.value.returncode


def sqlite_only(settings: object) -> None:
    if getattr(settings, "TEST_DATABASE", "sqlite") != "sqlite":
        pytest.skip("The text is that of SQLite.")


@pytest.mark.django_db
def test_a_repository_is_explained_by_the_name_of_its_abstraction(settings: object) -> None:
    sqlite_only(settings)

    assert explained("shop.NoteRepository", "--operation", "count") == NOTES


@pytest.mark.django_db
def test_the_class_itself_can_be_named_too() -> None:
    assert explained("shop.DjangoNoteRepository") == explained("shop.NoteRepository")


@pytest.mark.django_db
def test_only_the_operations_that_are_asked_for_are_shown_and_a_page_with_its_cursor() -> None:
    shown = json.loads(explained("shop.NoteRepository", "--operation", "page", "--operation", "get", "--json"))

    assert [each["name"] for each in shown["operations"]] == ["get", "page", "page after a cursor"]


@pytest.mark.django_db
def test_what_was_shown_is_not_shown_again() -> None:
    text = explained("shop.ProductRepository")

    assert text.count("2. tag_ids, of all of these rows\n") == 1
    assert "2. tag_ids, of all of these rows: as in get\n" in text
    assert max(map(len, text.splitlines())) <= 130


@pytest.mark.django_db
def test_the_plans_of_the_database_are_shown_where_they_are_asked_for() -> None:
    assert "     > " not in explained("shop.NoteRepository")
    assert "     > " in explained("shop.NoteRepository", "--analyze")


@pytest.mark.usefixtures("in_the_shop")
def test_a_name_that_there_is_not_is_a_wrong_request() -> None:
    assert refused("shop.NotesRepository") == (
        "There is no repository 'shop.NotesRepository'. Did you mean 'shop.NoteRepository'?",
        2,
    )
    assert refused("kitchen.Xyz") == (
        "There is no repository 'kitchen.Xyz'. There are: shop.DjangoNoteRepository.",
        2,
    )


@pytest.mark.usefixtures("in_the_shop")
def test_a_name_without_its_app_is_a_wrong_request() -> None:
    assert refused("NoteRepository") == (
        "'NoteRepository' does not say which app: name it as recipes.RatingRepository. "
        "Did you mean 'shop.NoteRepository'?",
        2,
    )


def test_a_database_that_there_is_not_is_a_wrong_request() -> None:
    says, code = refused("shop.NoteRepository", "--database", "archive")

    assert says.startswith("There is no database 'archive' in DATABASES. There are: default")
    assert code == 2


def test_a_repository_that_does_not_fit_its_model_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from django_layers.repositories import DeclarationError

    def broken(*_: object, **__: object) -> None:
        raise DeclarationError("It does not fit.")

    monkeypatch.setattr("django_layers.repositories.explain.explain", broken)

    assert refused("shop.NoteRepository") == ("It does not fit.", 1)


def test_every_option_says_what_it_is_for() -> None:
    parser = Command().create_parser("manage.py", "explainrepository")

    assert isinstance(parser, CommandParser)
    assert all(action.help for action in parser._actions)
