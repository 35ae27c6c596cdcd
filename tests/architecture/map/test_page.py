"""The page of a map, looked at in a real browser."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from django_layers.__main__ import main
from tests.architecture.map.browser import CHROMEDRIVER, CHROMIUM, Browser, browser

CORPUS = Path(__file__).parents[1] / "corpus"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not (CHROMIUM.is_file() and CHROMEDRIVER.is_file()):
        warnings.warn("THE PAGE OF THE MAP IS NOT LOOKED AT: there is no Chromium here.", stacklevel=1)
        pytest.skip("chromium and chromedriver are not installed")
    folder = tmp_path_factory.mktemp("map")
    assert main(["map", str(CORPUS), "--output", str(folder / "map.html")]) == 0
    with browser(folder) as opened:
        opened.open(folder / "map.html")
        yield opened


@pytest.fixture(autouse=True)
def start(window: Browser) -> None:
    window.run("location.reload()")


def test_the_page_draws_every_app_and_every_file_without_an_error(window: Browser) -> None:
    assert window.run("return [...document.querySelectorAll('.app')].map(one => one.dataset.app)") == [
        "pantry",
        "recipes",
    ]
    assert window.run("return document.querySelectorAll('.chip').length === data.files.length")
    assert window.log() == []


def test_it_is_seen(window: Browser, tmp_path: Path) -> None:
    picture = window.screenshot()
    kept = os.environ.get("MAP_SCREENSHOTS")
    Path(kept or tmp_path, "map.png").write_bytes(picture)

    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 30_000
    box = window.run("const box = world.getBoundingClientRect(); return [box.width, box.height]")
    assert min(box) > 300


def test_a_click_on_an_entity_shows_its_files_endpoints_and_queries(window: Browser) -> None:
    window.click('.chip[data-file="recipes.models.recipe"]')
    said = window.text("#panel")

    if kept := os.environ.get("MAP_SCREENSHOTS"):
        Path(kept, "entity.png").write_bytes(window.screenshot())
    assert said.startswith("Recipe\n")
    assert "recipes/repositories/orm/recipe.py" in said
    assert "GET" in said
    assert "/count" in said
    assert "DjangoRecipeRepository.count" in said
    assert "Recipe.objects.filter(...).count()" in said
    assert "L301" in said
    assert window.run("return document.querySelectorAll('.chip.on').length") > 3
    assert window.run("return document.querySelectorAll('.edge.on').length") > 3


def test_violations_are_red(window: Browser) -> None:
    assert window.run("return document.querySelectorAll('.edge.bad').length") > 10
    red = "return getComputedStyle(document.querySelector('.edge.bad')).stroke"
    assert window.run(red) in {"rgb(209, 36, 47)", "rgb(248, 81, 73)"}


def test_a_search_dims_what_it_does_not_find(window: Browser) -> None:
    window.type("#search", "shelf")
    lit = "return [...document.querySelectorAll('.chip:not(.dim)')].map(one => one.dataset.file)"

    assert window.run(lit)
    assert all(name.startswith("pantry.") for name in window.run(lit))


def test_the_map_is_zoomed_and_fitted_again(window: Browser) -> None:
    width = "return world.getBoundingClientRect().width"
    before = window.run(width)
    window.click("#in")
    larger = window.run(width)
    window.click("#fit")

    assert larger > before * 1.2
    assert window.run(width) == pytest.approx(before, rel=0.01)


def test_the_page_loads_nothing(window: Browser) -> None:
    assert window.run("return performance.getEntriesByType('resource').length") == 0
