"""Every settings and root urls module of the corpus, in each form in which systems write files: added, then removed."""

import random

import pytest

from django_layers.scaffold.edits.installed_apps import add_installed_app
from django_layers.scaffold.edits.mount_api import mount_api
from django_layers.scaffold.edits.outcome import Cannot, NotThere
from django_layers.scaffold.edits.removal.imports import added_imports
from django_layers.scaffold.edits.removal.installed_apps import remove_installed_app
from django_layers.scaffold.edits.removal.mount_api import unmount_api
from tests.scaffold.edits.asserts import corpus, done, read, removed, variants

APPS = ("recipes", "ninja", "apps.shopping")


@pytest.mark.parametrize("name", corpus("settings"))
def test_apps_are_taken_out_of_a_settings_module_in_any_order(name: str) -> None:
    order = random.Random(name)
    for form, source in variants(read("settings", name)).items():
        if isinstance(add_installed_app(source, APPS[0]), Cannot):
            continue
        after = source
        for app in APPS:
            after = done(add_installed_app(after, app))
        for app in order.sample(APPS, len(APPS)):
            after = removed(remove_installed_app(after, app))
        assert after == source, form
        assert remove_installed_app(source, APPS[0]) == NotThere(), form


@pytest.mark.parametrize("name", corpus("urls"))
def test_the_api_is_taken_out_of_a_urls_module(name: str) -> None:
    for form, source in variants(read("urls", name)).items():
        mounted = mount_api(source, import_module="config.api")
        if isinstance(mounted, Cannot):
            continue
        imports = added_imports(source, done(mounted))
        after = removed(unmount_api(done(mounted), import_module="config.api", imports=imports))
        assert after == source, form
        assert unmount_api(source, import_module="config.api", imports=imports) == NotThere(), form
