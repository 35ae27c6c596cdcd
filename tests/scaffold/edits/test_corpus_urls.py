"""Every root urls module of the corpus, edited, run with Django's own routes and asked for a path of the API."""

import builtins
import os
import types
from collections.abc import Mapping, Sequence
from typing import Any

import django.urls
import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, re_path
from django.urls.converters import get_converters
from django.urls.resolvers import RegexPattern

from django_layers.scaffold.edits.mount_api import mount_api
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done
from tests.scaffold.edits.asserts import assert_only_insertions, corpus, read, variants

# What can't be edited with certainty; everything else of the corpus is.
BY_HAND = {
    "conditional_only",
    "i18n_only",
    "prefix_taken",
    "prefix_taken_by_regex",
    "star_import",
    "wrapped_below_a_prefix",
}


def api_view() -> None:
    """The view of the API."""


def other_view() -> None:
    """Any other view."""


# Whatever is included serves every path, so that a mount in the wrong place is noticed.
ANYTHING = ([re_path(r"", other_view)], None, None)
API = ([re_path(r"", api_view)], "api", "api")


class Anything:
    """Stands for what the project and its libraries would have given."""

    urls = ANYTHING

    def __getattr__(self, name: str) -> "Anything":
        return Anything()

    def __call__(self, *arguments: object, **named: object) -> "Anything":
        return Anything()


class DefaultRouter:
    urls = (re_path(r"^users/$", other_view),)

    def register(self, prefix: str, viewset: object) -> None:
        """Take what a router takes."""


def include(*arguments: object, **named: object) -> object:
    return ANYTHING


def register_converter(converter: object, name: str) -> None:
    if name not in get_converters():
        django.urls.register_converter(type("AnyPath", (django.urls.converters.PathConverter,), {}), name)


def module(name: str, **content: object) -> types.ModuleType:
    found = types.ModuleType(name)
    found.__dict__.update(content)
    return found


def stub_modules(*, debug: bool) -> dict[str, types.ModuleType]:
    settings = types.SimpleNamespace(
        DEBUG=debug,
        ADMIN_URL="control/",
        MEDIA_URL="media/",
        MEDIA_ROOT="/media",
        INSTALLED_APPS=["debug_toolbar"],
    )
    api = types.SimpleNamespace(urls=API)
    urls = module("django.urls", **{**vars(django.urls), "include": include, "register_converter": register_converter})
    return {
        "os": os,
        "django": module("django", urls=urls),
        "django.urls": urls,
        "django.conf": module("django.conf", settings=settings),
        "django.conf.urls": module("django.conf.urls", include=include, url=re_path),
        "django.conf.urls.i18n": module("django.conf.urls.i18n", i18n_patterns=i18n_patterns),
        "django.conf.urls.static": module("static", static=lambda *arguments, **named: []),
        "rest_framework": module("rest_framework", routers=module("routers", DefaultRouter=DefaultRouter)),
        "django.utils.translation": module("translation", gettext_lazy=str),
        "shop.base_urls": module("base_urls", urlpatterns=[re_path(r"", other_view)]),
        "config.api": module("config.api", api=api),
    }


def run(source: bytes, *, debug: bool) -> Sequence[URLPattern | URLResolver]:
    """The urlpatterns that a module gives when it is run with the stubs."""
    known = stub_modules(debug=debug)

    def fake_import(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        return known.get(name, Anything())

    namespace: dict[str, Any] = {
        "__builtins__": {**vars(builtins), "__import__": fake_import},
        "__file__": "/project/config/urls.py",
        "__name__": "urls",
    }
    exec(compile(source, "urls.py", "exec"), namespace)
    found: Sequence[URLPattern | URLResolver] = namespace["urlpatterns"]
    return found


def assert_serves_the_api(source: bytes, before: bytes, *, debug: bool) -> None:
    patterns = run(source, debug=debug)
    resolver = URLResolver(RegexPattern(r"^/"), list(patterns))
    for path in ("/api/", "/api/recipes", "/api/recipes/1", "/api/docs", "/api/openapi.json"):
        assert resolver.resolve(path).func is api_view
    rest = [str(pattern.pattern) for pattern in patterns if getattr(pattern, "namespace", None) != "api"]
    assert len(rest) == len(patterns) - 1
    assert rest == [str(pattern.pattern) for pattern in run(before, debug=debug)]


@pytest.mark.parametrize("name", corpus("urls"))
def test_a_urls_module_serves_the_api_and_keeps_every_byte(name: str) -> None:
    for form, source in variants(read("urls", name)).items():
        outcome = mount_api(source, import_module="config.api")
        if name in BY_HAND:
            assert isinstance(outcome, Cannot), form
            after = source + b"\n" + outcome.paste.encode()
        else:
            assert isinstance(outcome, Done), (form, outcome)
            after = outcome.source
            assert_only_insertions(source, after)
        assert mount_api(after, import_module="config.api") == AlreadyThere(), form
        for debug in (True, False):
            assert_serves_the_api(after, source, debug=debug)


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(corpus("urls")) >= 40
    assert set(corpus("urls")) >= BY_HAND
