"""Names reached below modules, and in signatures."""

from typing import Protocol

import django
import ninja
from django.shortcuts import get_object_or_404  # L401 recipes.services.reached

from pantry import repositories  # L103 recipes.services.reached
from recipes import links  # L102 recipes.services.reached


class Notice(ninja.Schema):  # legal: says how data looks
    text: str


def answer() -> "django.http.HttpResponse | None":  # L407 answer
    return None


def found(recipe_id: int) -> int:
    return get_object_or_404(links.Recipe, pk=recipe_id).pk  # L402 found


def stocked() -> object:
    return repositories.ShelfRepository()  # L104 stocked


def address(req) -> str:
    return req.META["REMOTE_ADDR"]  # L408 address


def tagged(recipe, tag) -> None:
    recipe.tags.add(tag)  # L403 tagged


def collected(found, tag: str) -> None:
    found.tags.add(tag)  # legal: it may be a set


def any_model(model) -> object:
    return model.objects.get(pk=1)  # L403 any_model


def looked_up(holder) -> object:
    return holder.objects.get("key")  # legal: it may be a dictionary


def by_cursor(connection, statement: str) -> None:
    cursor = connection.cursor()  # L405 by_cursor
    cursor.execute(statement)  # L405 by_cursor
