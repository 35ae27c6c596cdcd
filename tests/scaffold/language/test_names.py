"""The forms of an entity's name."""

import keyword
from collections.abc import Iterable

import pytest
from django.contrib.contenttypes.models import ContentType
from factory.django import DjangoModelFactory
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from django_layers.scaffold.language.names import Name, database_name, pascal_case, pluralized, singularized
from django_layers.scaffold.language.reserved import entity_name_problem, field_name_problem
from django_layers.schemas import PageQuery


@pytest.mark.parametrize(
    ("pascal", "snake", "plural", "route", "camel", "verbose", "verbose_plural"),
    [
        ("MealPlan", "meal_plan", "meal_plans", "meal-plans", "mealPlan", "meal plan", "meal plans"),
        ("APIKey", "api_key", "api_keys", "api-keys", "apiKey", "API key", "API keys"),
        ("UserURL", "user_url", "user_urls", "user-urls", "userUrl", "user URL", "user urls"),
        ("HTML5Page", "html5_page", "html5_pages", "html5-pages", "html5Page", "HTML5 page", "HTML5 pages"),
        ("Category", "category", "categories", "categories", "category", "category", "categories"),
        ("Person", "person", "people", "people", "person", "person", "people"),
        ("Address", "address", "addresses", "addresses", "address", "address", "addresses"),
        ("Status", "status", "statuses", "statuses", "status", "status", "statuses"),
        ("Sheep", "sheep", "sheep", "sheep", "sheep", "sheep", "sheep"),
        ("News", "news", "news", "news", "news", "news", "news"),
        ("Staff", "staff", "staff", "staff", "staff", "staff", "staff"),
        ("Data", "data", "data", "data", "data", "data", "data"),
        ("Hero", "hero", "heroes", "heroes", "hero", "hero", "heroes"),
    ],
)
def test_name_has_every_form(
    pascal: str, snake: str, plural: str, route: str, camel: str, verbose: str, verbose_plural: str
) -> None:
    name = Name(pascal)
    assert (name.snake, name.plural, name.route, name.camel) == (snake, plural, route, camel)
    assert (name.verbose, name.verbose_plural) == (verbose, verbose_plural)


def test_explicit_plural_wins_everywhere() -> None:
    name = Name("Person", "team_persons")
    assert (name.plural, name.route, name.plural_pascal) == ("team_persons", "team-persons", "TeamPersons")
    assert name.verbose_plural == "team persons"


@pytest.mark.parametrize(
    ("pascal", "expected"),
    [
        ("Recipe", "a recipe"),
        ("Ingredient", "an ingredient"),
        ("Hour", "an hour"),
        ("User", "a user"),
        ("Unit", "a unit"),
        ("Uninstall", "an uninstall"),
        ("APIKey", "an API key"),
        ("URL", "a URL"),
        ("European", "a european"),
    ],
)
def test_article_follows_the_sound(pascal: str, expected: str) -> None:
    assert Name(pascal).with_article == expected


@pytest.mark.parametrize("word", ["tag", "category", "news", "person", "meal_plan", "data", "hero", "leaf", "address"])
def test_singular_of_a_plural_is_the_word(word: str) -> None:
    assert singularized(pluralized(word)) == word


def test_words_of_a_class_are_joined_by_capitals() -> None:
    assert pascal_case("in_progress") == "InProgress"


def test_short_name_of_a_constraint_is_its_parts() -> None:
    assert database_name("recipes", "rating", "stars", "min") == "recipes_rating_stars_min"


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,40}", fullmatch=True), min_size=1, max_size=4))
def test_name_of_a_constraint_fits_and_is_the_same_each_time(parts: list[str]) -> None:
    name = database_name(*parts)
    assert len(name) <= 30
    assert name == database_name(*parts)


def test_long_names_that_begin_alike_differ() -> None:
    one = database_name("recipes", "recipe_ingredient", "quantity_in_grams", "min")
    two = database_name("recipes", "recipe_ingredient", "quantity_in_grams", "max")
    assert one != two
    assert one == "recipes_recipe_ingred_" + one[-8:]


def _public(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("_") and name.islower())


@pytest.mark.parametrize("name", _public(set(dir(ContentType)) - {"id", "model", "name", "app_label"}))
def test_attribute_of_a_model_is_no_name_of_a_field(name: str) -> None:
    # ContentType adds a few methods of its own, which other models may use.
    own = {"get_all_objects_for_this_type", "get_object_for_this_type", "model_class", "natural_key", "permission_set"}
    assert field_name_problem(name) or name in own or name in vars(ContentType)


@pytest.mark.parametrize("name", _public({*dir(BaseModel), *dir(DjangoModelFactory), *keyword.kwlist}))
def test_attribute_of_a_schema_or_a_factory_is_no_name_of_a_field(name: str) -> None:
    assert field_name_problem(name)


@pytest.mark.parametrize("name", PageQuery.model_fields)
def test_a_field_has_no_name_that_a_list_asks_for_its_page_by(name: str) -> None:
    assert field_name_problem(name) == (
        f"the name {name} belongs to the paging of lists.",
        f"Call it {name}_value, or what it is.",
    )


@pytest.mark.parametrize("name", ["title", "type", "match", "date", "user_2", "model", "status", "x"])
def test_ordinary_word_is_a_name_of_a_field(name: str) -> None:
    assert field_name_problem(name) is None


@pytest.mark.parametrize(
    "pascal", ["Recipe", "MealPlan", "Type", "Match", "Property", "Set", "APIKey", "X2", "Address", "Answer"]
)
def test_ordinary_word_is_a_name_of_an_entity(pascal: str) -> None:
    name = Name(pascal)
    assert entity_name_problem(pascal, name.snake, name.plural) is None


@pytest.mark.parametrize("pascal", ["Exception", "Warning", "User", "Super", "Client", "Body", "EDITOR", "Page"])
def test_name_that_generated_code_needs_is_no_name_of_an_entity(pascal: str) -> None:
    name = Name(pascal)
    assert entity_name_problem(pascal, name.snake, name.plural)
