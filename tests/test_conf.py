"""`settings.DJANGO_LAYERS` as an object."""

import dataclasses

import pytest
from django.test import override_settings

from django_layers.conf import LayersSettings, layers_settings, problems_of


def test_a_project_that_sets_nothing_has_the_defaults() -> None:
    assert layers_settings.user_factory == LayersSettings().user_factory == ""


def test_a_setting_is_read() -> None:
    with override_settings(DJANGO_LAYERS={"USER_FACTORY": "shop.Users"}):
        assert layers_settings.user_factory == "shop.Users"


def test_a_change_during_a_test_is_noticed_and_forgotten() -> None:
    assert layers_settings.user_factory == ""
    with override_settings(DJANGO_LAYERS={"USER_FACTORY": "shop.Users"}):
        assert layers_settings.user_factory == "shop.Users"
    assert layers_settings.user_factory == ""


def test_a_change_of_another_setting_leaves_the_object_alone() -> None:
    with override_settings(DJANGO_LAYERS={"USER_FACTORY": "shop.Users"}), override_settings(LANGUAGE_CODE="de"):
        assert layers_settings.user_factory == "shop.Users"


def test_settings_cannot_be_changed_by_assignment() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        LayersSettings().user_factory = "shop.Users"  # type: ignore[misc]


def test_an_unknown_key_is_named_with_the_nearest_one() -> None:
    assert problems_of({"USER_FACTORIES": "x"}) == [
        "DJANGO_LAYERS has no key 'USER_FACTORIES'. Did you mean 'USER_FACTORY'?"
    ]


def test_a_key_in_lower_case_is_unknown() -> None:
    assert problems_of({"user_factory": "x"}) == [
        "DJANGO_LAYERS has no key 'user_factory'. Did you mean 'USER_FACTORY'?"
    ]


def test_a_key_that_is_like_none_is_answered_with_all() -> None:
    known = ", ".join(field.name.upper() for field in dataclasses.fields(LayersSettings))
    assert problems_of({"zzz": 1}) == [f"DJANGO_LAYERS has no key 'zzz'. There are: {known}."]


def test_a_value_of_the_wrong_type_is_named() -> None:
    assert problems_of({"USER_FACTORY": 3}) == ["DJANGO_LAYERS['USER_FACTORY'] is a int; it must be a str."]


def test_a_value_that_is_no_dictionary_is_named() -> None:
    assert problems_of(["USER_FACTORY"]) == ["DJANGO_LAYERS is a list; it must be a dictionary."]


@override_settings(DJANGO_LAYERS={"NOPE": 1})
def test_wrong_settings_are_left_to_the_system_check() -> None:
    assert layers_settings.user_factory == ""


def test_a_choice_that_there_is_not_and_a_name_that_is_none_are_refused() -> None:
    assert problems_of({"GUARD": "stop", "GUARD_EXEMPT": ("shop.reports", 1)}) == [
        "DJANGO_LAYERS['GUARD'] is 'stop'; it must be 'log' or 'raise'.",
        "DJANGO_LAYERS['GUARD_EXEMPT'] is a int; it must be a str.",
    ]
    assert problems_of({"GUARD_EXEMPT": ["shop.reports"]}) == [
        "DJANGO_LAYERS['GUARD_EXEMPT'] is a list; it must be a tuple."
    ]
    assert problems_of({"GUARD": "raise", "GUARD_EXEMPT": ("shop.reports",), "VALIDATE_ROWS": None}) == []
