"""Endpoints are shown with whole paths, wherever their routers are mounted."""

import json
from pathlib import Path

import pytest

from django_layers.__main__ import main
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

BOOK = "from ninja import Router\n\nrouter = Router()\n\n\n@router.get('{place}')\ndef one(request) -> None:\n    return None\n"
FILES = {
    **APP,
    "manage.py": "",
    "config/__init__.py": "",
    "shop/api/__init__.py": "from ninja import Router\n\nfrom shop.api import book\n\nrouter = Router()\n"
    "router.add_router('/books', book.router)\n",
    "shop/api/book.py": BOOK.format(place="/{book_id}"),
}
API = "from ninja import NinjaAPI\n\nfrom shop.api import router as shop_router\n\napi = NinjaAPI()\n"
ADDED = f"{API}api.add_router('/shop/', shop_router)\n"
URLS = "from django.urls import include, path\n\nfrom config.api import api\n\n"


def paths(root: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> list[str]:
    """Return the paths of the endpoints of a project."""
    build_tree(root, {**FILES, **files})
    assert main(["map", str(root), "--format", "json"]) == 0
    return [one["path"] for one in json.loads(capsys.readouterr().out)["endpoints"]]


@pytest.mark.parametrize(
    ("api", "urls", "expected"),
    [
        ("", "", ["/books/{book_id}"]),
        (ADDED, "", ["/shop/books/{book_id}"]),
        (ADDED, f"{URLS}urlpatterns = [path('api/', api.urls)]\n", ["/api/shop/books/{book_id}"]),
        (
            f"{API}api.add_router('', shop_router)\n",
            f"{URLS}urlpatterns = [path('', api.urls)]\n",
            ["/books/{book_id}"],
        ),
        (
            f"{API}api.add_router('/shop', 'shop.api.router')\n",
            f"{URLS}urlpatterns = [path('api/', api.urls)]\n",
            ["/api/shop/books/{book_id}"],
        ),
        (
            f"{API}api.add_router(prefix='/shop', router=shop_router)\n",
            f"{URLS}urlpatterns = []\nurlpatterns += [path(route='api/', view=api.urls)]\n",
            ["/api/shop/books/{book_id}"],
        ),
        (
            ADDED,
            f"{URLS}v1 = [path('api/', api.urls)]\nurlpatterns = [path('v1/', include(v1)), path('v2/', include([path('', api.urls)]))]\n",
            ["/v1/api/shop/books/{book_id}", "/v2/shop/books/{book_id}"],
        ),
    ],
)
def test_a_path_begins_with_all_that_the_router_is_mounted_below(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], api: str, urls: str, expected: list[str]
) -> None:
    assert paths(tmp_path, capsys, {"config/api.py": api, "config/urls.py": urls}) == expected


def test_urls_that_include_others_are_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "config/api.py": ADDED,
        "config/urls.py": "from django.urls import include, path\n\nurlpatterns = [path('site/', include('config.inner'))]\n",
        "config/inner.py": f"{URLS}urlpatterns = [path('api/', api.urls)]\n",
    }

    assert paths(tmp_path, capsys, files) == ["/site/api/shop/books/{book_id}"]


def test_routers_that_hold_each_other_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"shop/api/book.py": f"{BOOK.format(place='/x')}\n\nrouter.add_router('/again', router)\n"}

    assert paths(tmp_path, capsys, files) == ["/books/x"]
