"""Every settings module of the corpus, in each form in which systems write files, edited and run."""

import ast
import warnings

import pytest

from django_layers.scaffold.edits.installed_apps import add_installed_app
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done
from tests.scaffold.edits.asserts import assert_only_insertions, corpus, read, variants

# What can't be edited with certainty; everything else of the corpus is.
BY_HAND = {"comprehension", "deduplicated", "either_or", "env_driven", "string_split", "tenants"}


def installed(source: bytes) -> list[str]:
    """INSTALLED_APPS as the settings module gives it when it is run."""
    namespace: dict[str, object] = {"__file__": __file__, "__name__": "settings"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, "settings.py", "exec"), namespace)
    common = namespace.get("Common")
    apps = namespace["INSTALLED_APPS"] if common is None else common.INSTALLED_APPS  # type: ignore[attr-defined]
    assert isinstance(apps, list | tuple)
    return list(apps)


@pytest.mark.parametrize("name", corpus("settings"))
def test_a_settings_module_gets_the_app_once_and_keeps_every_byte(name: str) -> None:
    for form, source in variants(read("settings", name)).items():
        outcome = add_installed_app(source, "recipes")
        before = installed(source)
        if name in BY_HAND:
            assert isinstance(outcome, Cannot), form
            after = installed(source + b"\n" + outcome.paste.encode())
        else:
            assert isinstance(outcome, Done), (form, outcome)
            assert_only_insertions(source, outcome.source)
            assert add_installed_app(outcome.source, "recipes") == AlreadyThere(), form
            assert add_installed_app(outcome.source, "recipes.apps.RecipesConfig") == AlreadyThere(), form
            after = installed(outcome.source)
        assert after.count("recipes") == 1, form
        assert [app for app in after if app != "recipes"] == before, form


@pytest.mark.parametrize("name", corpus("settings"))
def test_an_app_that_a_settings_module_lists_is_found(name: str) -> None:
    source = read("settings", name)
    listed = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    certain = {"django.contrib.auth", "django.contrib.admin"} & set(listed)
    if name not in BY_HAND | {"configurations_class", "deduplicated"}:
        for app in certain:
            assert add_installed_app(source, app) == AlreadyThere()


@pytest.mark.parametrize("name", corpus("settings"))
def test_many_apps_can_be_added_one_after_another(name: str) -> None:
    source = read("settings", name)
    before = installed(source)
    if name in BY_HAND:
        return
    for app in ("recipes", "ninja", "apps.shopping"):
        outcome = add_installed_app(source, app)
        assert isinstance(outcome, Done)
        source = outcome.source
    assert [app for app in installed(source) if app not in before] == ["recipes", "ninja", "apps.shopping"]


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(corpus("settings")) >= 40
    assert set(corpus("settings")) >= BY_HAND
