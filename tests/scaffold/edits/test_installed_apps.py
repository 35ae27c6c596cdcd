"""Adding an app to INSTALLED_APPS."""

import pytest

from django_layers.scaffold.edits.installed_apps import add_installed_app, app_of, uses_star_import
from django_layers.scaffold.edits.outcome import AlreadyThere
from tests.scaffold.edits.asserts import assert_cannot, assert_edit, done, text


def test_the_comment_of_the_last_entry_stays_with_it() -> None:
    source = text(
        """
        INSTALLED_APPS = [
            'shop'  # the shop
        ]
        """
    )
    assert_edit(
        add_installed_app(source.encode(), "recipes"),
        """
        INSTALLED_APPS = [
            'shop',  # the shop
            'recipes'
        ]
        """,
    )


def test_the_new_entry_goes_before_another_one_when_asked() -> None:
    source = text(
        """
        INSTALLED_APPS = [
            "django.contrib.admin",
            # needs what comes above
            "shop.apps.ShopConfig",
            "blog",
        ]
        """
    )
    assert_edit(
        add_installed_app(source.encode(), "ninja", before="shop"),
        """
        INSTALLED_APPS = [
            "django.contrib.admin",
            "ninja",
            # needs what comes above
            "shop.apps.ShopConfig",
            "blog",
        ]
        """,
    )


def test_an_entry_goes_before_the_first_one_of_a_hanging_list() -> None:
    source = text(
        """
        INSTALLED_APPS = ['shop',
                          'blog']
        """
    )
    assert_edit(
        add_installed_app(source.encode(), "ninja", before="shop"),
        """
        INSTALLED_APPS = ['ninja',
                          'shop',
                          'blog']
        """,
    )


def test_an_unknown_neighbour_leaves_the_entry_at_the_end() -> None:
    outcome = add_installed_app(b'INSTALLED_APPS = ["a"]\n', "recipes", before="b")
    assert_edit(outcome, 'INSTALLED_APPS = ["a", "recipes"]\n')


@pytest.mark.parametrize("listed", ["recipes", "recipes.apps.RecipesConfig", "recipes.RecipesConfig"])
@pytest.mark.parametrize("entry", ["recipes", "recipes.apps.RecipesConfig"])
def test_either_spelling_of_an_app_counts_as_there(listed: str, entry: str) -> None:
    assert add_installed_app(f'INSTALLED_APPS = ["{listed}"]\n'.encode(), entry) == AlreadyThere()


@pytest.mark.parametrize("listed", ["recipes2", "my.recipes", "recipes.apps", "recipes.apps.shop"])
def test_an_app_of_a_similar_name_does_not_count(listed: str) -> None:
    source = f'# "recipes"\nINSTALLED_APPS = ["{listed}"]\n'
    assert_edit(
        add_installed_app(source.encode(), "recipes"), f'# "recipes"\nINSTALLED_APPS = ["{listed}", "recipes"]\n'
    )


def test_an_app_in_a_package_called_apps_is_no_configuration() -> None:
    assert app_of("company.apps.recipes") == "company.apps.recipes"
    assert app_of("company.apps.recipes.apps.RecipesConfig") == "company.apps.recipes"


def test_an_entry_that_is_commented_out_is_not_there() -> None:
    source = 'INSTALLED_APPS = [\n    "shop",\n    # "recipes",\n]\n'
    assert done(add_installed_app(source.encode(), "recipes")).endswith(b'    # "recipes",\n    "recipes",\n]\n')


def test_an_app_that_is_listed_under_a_condition_only_is_left_to_the_user() -> None:
    source = text(
        """
        INSTALLED_APPS = ["shop"]
        if DEBUG:
            INSTALLED_APPS += ["recipes"]
        """
    )
    assert_cannot(add_installed_app(source.encode(), "recipes"), "line 3", '"recipes"', "condition")


@pytest.mark.parametrize("block", ["if TESTING:\n    {}", "try:\n    {}\nexcept NameError:\n    pass"])
def test_a_list_that_is_replaced_under_a_condition_is_left_to_the_user(block: str) -> None:
    source = 'INSTALLED_APPS = ["shop", "blog"]\n' + block.format('INSTALLED_APPS = ["shop"]') + "\n"
    assert_cannot(add_installed_app(source.encode(), "recipes"), "line 3", "another value under a condition")


@pytest.mark.parametrize("local", ["LOCAL_APPS", "PROJECT_APPS", "MY_APPS"])
def test_a_list_of_the_projects_own_apps_is_preferred(local: str) -> None:
    source = f'{local} = ["shop"]\nTHIRD = ["x"]\nINSTALLED_APPS = {local} + THIRD\n'
    after = f'{local} = ["shop", "recipes"]\nTHIRD = ["x"]\nINSTALLED_APPS = {local} + THIRD\n'
    assert_edit(add_installed_app(source.encode(), "recipes"), after)


def test_an_inherited_list_is_left_to_its_own_module() -> None:
    source = 'from .base import *\n\nINSTALLED_APPS += ["debug_toolbar"]\n'
    paste = assert_cannot(add_installed_app(source.encode(), "recipes"), "another module", "end of the file")
    assert paste == 'INSTALLED_APPS = [*INSTALLED_APPS, "recipes"]\n'


def test_a_pasted_line_keeps_the_order_that_was_asked_for() -> None:
    paste = assert_cannot(add_installed_app(b"from .base import *\n", "ninja", before="shop"))
    assert paste == 'INSTALLED_APPS = ["ninja", *INSTALLED_APPS]\n'


def test_settings_without_the_name_get_a_line_that_works() -> None:
    assert assert_cannot(add_installed_app(b"DEBUG = True\n", "recipes")) == 'INSTALLED_APPS = ["recipes"]\n'


def test_a_list_that_counts_twice_is_left_alone() -> None:
    assert_cannot(add_installed_app(b'A = ["x"]\nINSTALLED_APPS = A + A\n', "recipes"), "twice")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (b"INSTALLED_APPS = [\n", "line 1"),
        (b"INSTALLED_APPS = ['a']\n\x00", "null bytes"),
        (b'# coding: nonsense\nINSTALLED_APPS = ["a"]\n', "decoded"),
        (b'INSTALLED_APPS = ["\xff"]\n', "decoded"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone(source: bytes, word: str) -> None:
    assert_cannot(add_installed_app(source, "recipes"), word)


def test_an_app_that_the_encoding_cannot_hold_is_refused() -> None:
    source = b'# coding: latin-1\nINSTALLED_APPS = ["a"]\n'
    assert_cannot(add_installed_app(source, "рецепты"), "iso-8859-1")


def test_an_encoding_with_shift_states_keeps_its_bytes() -> None:
    source = '# coding: iso-2022-jp\n# 設定\nINSTALLED_APPS = ["店"]\n'.encode("iso-2022-jp")
    after = done(add_installed_app(source, "recipes"))
    assert after == source.replace(b'"]', b'", "recipes"]')


def test_a_strange_name_is_written_as_data() -> None:
    after = done(add_installed_app(b"INSTALLED_APPS = []\n", 'a"] + exec("x") + ["'))
    namespace: dict[str, object] = {}
    exec(after, namespace)
    assert namespace["INSTALLED_APPS"] == ['a"] + exec("x") + ["']


def test_star_imports_are_listed_as_written() -> None:
    source = b"import os\nfrom .base import *\nfrom shop.conf import A\nfrom shop.settings.common import *\n"
    assert uses_star_import(source) == [".base", "shop.settings.common"]
