"""Mounting the API in the root urls."""

import pytest

from django_layers.scaffold.edits.mount_api import mount_api
from django_layers.scaffold.edits.outcome import AlreadyThere, Outcome
from tests.scaffold.edits.asserts import assert_cannot, assert_edit, done, read, text


def mount(source: str, prefix: str = "api/") -> Outcome:
    return mount_api(text(source).encode(), import_module="config.api", prefix=prefix)


def test_the_api_is_mounted_with_its_imports() -> None:
    assert_edit(
        mount(
            """
            from django.contrib import admin
            from django.urls import include, re_path

            from shop import views

            urlpatterns = [
                re_path(r'^admin/', admin.site.urls),  # staff
            ]
            """
        ),
        """
        from django.contrib import admin
        from django.urls import include, path, re_path

        from shop import views

        from config.api import api

        urlpatterns = [
            re_path(r'^admin/', admin.site.urls),  # staff
            path('api/', api.urls),
        ]
        """,
    )


def test_the_mount_comes_before_a_catch_all_and_its_comment() -> None:
    assert_edit(
        mount(
            """
            from django.urls import include, path

            from config.api import api

            urlpatterns = [
                path("admin/", include("x")),

                # the rest
                path("", include("pages.urls")),
            ]
            """
        ),
        """
        from django.urls import include, path

        from config.api import api

        urlpatterns = [
            path("admin/", include("x")),

            path("api/", api.urls),
            # the rest
            path("", include("pages.urls")),
        ]
        """,
    )


@pytest.mark.parametrize(
    "imports",
    [
        "from config.api import api",
        "from .api import api",
        "from config import api as module\napi = module.api",
        "from config.api import api as api",
    ],
)
def test_an_api_that_is_mounted_is_found_however_it_is_imported(imports: str) -> None:
    source = f'from django.urls import path\n{imports}\nurlpatterns = [path("v1/", api.urls)]\n'
    if "module" in imports:
        source = source.replace("api.urls", "module.api.urls")
    assert mount(source) == AlreadyThere()


def test_an_api_of_another_module_does_not_count() -> None:
    after = done(
        mount('from django.urls import path\nfrom shop.api import api\nurlpatterns = [path("v1/", api.urls)]\n')
    )
    assert b"from config.api import api as layers_api\n" in after
    assert b'path("api/", layers_api.urls)]' in after


def test_a_name_that_is_imported_already_is_used() -> None:
    source = 'from django.urls import path\nfrom config.api import api as the_api\nurlpatterns = [path("", print)]\n'
    assert_edit(mount(source), source.replace("print)]", 'print), path("api/", the_api.urls)]'))


def test_who_has_the_prefix_is_named_with_its_line() -> None:
    outcome = mount_api(read("urls", "prefix_taken"), import_module="config.api")
    assert_cannot(outcome, "line 6", '"api/"', "include('shop.api.urls')", "another prefix")


def test_another_prefix_is_free() -> None:
    outcome = mount_api(read("urls", "prefix_taken"), import_module="config.api", prefix="layers/")
    assert b'    path("layers/", api.urls),\n' in done(outcome)


@pytest.mark.parametrize(
    "route",
    [
        'path("api/", views.x)',
        'path("api/<path:rest>", views.x)',
        're_path(r"^api/$", views.x)',
        're_path(r"^api/(?P<rest>.*)$", views.x)',
    ],
)
def test_each_way_to_take_the_prefix_is_noticed(route: str) -> None:
    assert_cannot(mount(f"from django.urls import path, re_path\nurlpatterns = [{route}]\n"), "line 2 serves")


@pytest.mark.parametrize(
    ("route", "is_before"),
    [
        ('path("", views.home)', False),
        ('path("", include("x"))', True),
        ('path("<path:p>", views.x)', True),
        ('path("<slug:s>/", views.x)', True),
        ('path("<int:n>/", views.x)', False),
        ('path("media/<path:p>", views.x)', False),
        ('path("api-docs/", views.x)', False),
        ('path("api/v0/", include("x"))', False),
        ('path(settings.PREFIX, include("x"))', True),
        ("path(settings.PREFIX, views.x)", False),
        ('path(route="", view=include("x"))', True),
        ('re_path(r"", include("x"))', True),
        ('re_path(r"^", include("x"))', True),
        ('re_path(r"^$", views.x)', False),
        ('re_path(r"^.*$", views.x)', True),
        ('re_path(r"^(?!api/).*$", views.x)', False),
        ('re_path(r"^(?:.*)/?$", views.x)', True),
        ('re_path(r"^(?P<slug>[-\\w]+)/$", views.x)', True),
        ('re_path(r"(", views.x)', True),
        ('url(r"^(.*)$", views.x)', True),
        ("*[path('<path:p>', views.x)]", True),
        ("*views.urls", False),
    ],
)
def test_only_what_can_catch_the_apis_paths_comes_after_it(route: str, is_before: bool) -> None:
    head = "from django.urls import path\nfrom config.api import api\n"
    after = done(mount(f"{head}urlpatterns = [{route}]\n")).decode()
    expected = f'path("api/", api.urls), {route}' if is_before else f'{route}, path("api/", api.urls)'
    assert after == f"{head}urlpatterns = [{expected}]\n".replace('"api/"', "'api/'" if "'<" in route else '"api/"')


def test_a_list_that_serves_elsewhere_too_is_not_touched() -> None:
    source = (
        "from django.urls import include, path\n"
        'common = [path("a/", print)]\n'
        'urlpatterns = common + [path("b/", include(common))]\n'
    )
    assert b'include(common)), path("api/", api.urls)]' in done(mount(source))


def test_the_inside_of_i18n_patterns_is_never_the_place() -> None:
    paste = assert_cannot(mount_api(read("urls", "i18n_only"), import_module="config.api"), "end of the file")
    assert paste == text(
        """
        from django.urls import path
        from config.api import api

        urlpatterns = [path("api/", api.urls), *urlpatterns]
        """
    )


def test_a_module_without_urlpatterns_gets_lines_that_work() -> None:
    paste = assert_cannot(mount("from django.urls import path\n"), "no value")
    assert paste.endswith('urlpatterns = [path("api/", api.urls)]\n')


def test_a_file_that_does_not_parse_is_left_alone() -> None:
    assert_cannot(mount("urlpatterns = [\n"), "line 1")


def test_a_clash_of_names_is_named_with_its_line() -> None:
    source = "from django.urls import re_path\napi = 1\nlayers_api = 2\nurlpatterns = [re_path('x', print)]\n"
    assert_cannot(mount(source), "line 3", '"layers_api"')
