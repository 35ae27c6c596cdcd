"""From entities to files."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.language.expressions import Import
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.rendering.bindings import UnboundName, with_imports
from django_layers.scaffold.rendering.environment import OVERRIDES, TemplateMistake
from django_layers.scaffold.rendering.render import (
    Rendered,
    app_router_line,
    entity_exports,
    entity_router_lines,
    render_app,
    render_entity,
    render_project,
)
from tests.scaffold.assembly import project_layout
from tests.scaffold.entities import HOUR, ITEM, PANTRY, RATING, RECIPE, RECIPES, TARGETS

PROJECT = project_layout(Path("/project"))


def by_path(files: tuple[Rendered, ...]) -> dict[str, Rendered]:
    return {str(file.path): file for file in files}


def rating() -> dict[str, Rendered]:
    return by_path(render_entity(RATING, RECIPES, PROJECT, TARGETS))


def test_a_project_gets_its_api_its_actors_and_the_configuration_of_its_tools() -> None:
    assert list(by_path(render_project(PROJECT))) == [
        "mealgenie/actors.py",
        "mealgenie/api.py",
        "pytest.ini",
        "mypy.ini",
    ]


def test_the_settings_of_the_project_are_named_in_the_configuration_of_its_tools() -> None:
    project = replace(PROJECT, settings_module="config.settings.test")

    assert "DJANGO_SETTINGS_MODULE = config.settings.test" in by_path(render_project(project))["pytest.ini"].text


def test_a_folder_of_sources_is_known_to_the_tools() -> None:
    files = by_path(render_project(replace(PROJECT, package_path=PurePosixPath("src/mealgenie"))))

    assert "mypy_path = src\n" in files["mypy.ini"].text
    assert "pythonpath = . src\n" in files["pytest.ini"].text


def test_an_entity_goes_through_all_layers() -> None:
    assert sorted(rating()) == [
        "recipes/api/rating.py",
        "recipes/dependencies.py",
        "recipes/models/rating.py",
        "recipes/repositories/orm/rating.py",
        "recipes/repositories/rating.py",
        "recipes/schemas/rating.py",
        "recipes/services/rating.py",
        "recipes/tests/api/test_rating.py",
        "recipes/tests/factories/rating.py",
        "recipes/tests/memory.py",
        "recipes/tests/services/test_rating.py",
    ]


def test_only_files_of_many_entities_are_fragments() -> None:
    fragments = [path for path, file in rating().items() if file.kind == "fragment"]

    assert fragments == ["recipes/dependencies.py", "recipes/tests/memory.py"]


def test_layers_that_are_single_modules_get_fragments() -> None:
    files = by_path(render_entity(ITEM, PANTRY, PROJECT, TARGETS))

    assert files["apps/pantry/models.py"].kind == "fragment"
    assert files["apps/pantry/repositories_orm.py"].kind == "fragment"
    assert files["apps/pantry/tests/api/test_item.py"].kind == "whole"


def test_a_module_of_several_entities_does_not_import_itself() -> None:
    services = by_path(render_entity(ITEM, PANTRY, PROJECT, TARGETS))["apps/pantry/services.py"].text

    assert "shelves: ShelfService" in services
    assert "from apps.pantry.services import" not in services


def test_leaves_are_written_before_what_imports_them() -> None:
    files = [*render_app(RECIPES, PROJECT), *render_entity(RECIPE, RECIPES, PROJECT, {})]
    order = [str(file.path) for file in sorted(files, key=lambda file: file.rank)]

    assert order.index("recipes/__init__.py") < order.index("recipes/apps.py")
    assert order.index("recipes/types.py") < order.index("recipes/models/recipe.py")
    assert order.index("recipes/schemas/recipe.py") < order.index("recipes/services/recipe.py")
    assert order.index("recipes/services/recipe.py") < order.index("recipes/api/recipe.py")
    assert order.index("recipes/api/recipe.py") < order.index("recipes/tests/api/test_recipe.py")


def test_only_the_wanted_layers_are_rendered() -> None:
    wanted = replace(RATING, layers=frozenset({"models", "schemas"}))

    files = render_entity(wanted, RECIPES, PROJECT, TARGETS)

    assert [str(file.path) for file in files] == ["recipes/models/rating.py", "recipes/schemas/rating.py"]


def test_the_models_package_exports_the_model() -> None:
    (export,) = entity_exports(RATING, RECIPES)

    assert (str(export.path), export.module, export.names) == (
        "recipes/models/__init__.py",
        "recipes.models.rating",
        ("Rating",),
    )
    assert entity_exports(ITEM, PANTRY) == ()


def test_routers_are_mounted_by_one_line_each() -> None:
    (line,) = entity_router_lines(RATING, RECIPES)
    app_line = app_router_line(PANTRY, PROJECT)

    assert (str(line.path), line.prefix, line.expression, line.module) == (
        "recipes/api/__init__.py",
        "/ratings",
        "rating.router",
        "recipes.api",
    )
    assert (app_line.prefix, app_line.expression, app_line.alias) == ("", "pantry_router", "pantry_router")
    assert entity_router_lines(ITEM, PANTRY) == ()


def test_an_entity_with_nothing_to_change_has_no_update() -> None:
    files = by_path(render_entity(HOUR, RECIPES, PROJECT, {}))

    assert "HourUpdate" not in "".join(file.text for file in files.values())
    assert "router.patch" not in files["recipes/api/hour.py"].text


def test_a_project_can_have_templates_of_its_own(tmp_path: Path) -> None:
    place = tmp_path / OVERRIDES / "entity" / "dependencies.py.jinja"
    place.parent.mkdir(parents=True)
    place.write_text("SERVICE = {{ view.model }}Service\n")

    files = by_path(render_entity(RATING, RECIPES, project_layout(tmp_path), TARGETS))

    assert files["recipes/dependencies.py"].text == (
        "from recipes.services.rating import RatingService\n\nSERVICE = RatingService\n"
    )


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ view.unheard_of }}\n", "unheard_of"),
        ("{% if %}\n", "TemplateSyntaxError"),
        ("x = unheard_of\n", "nothing binds unheard_of"),
        ("def (:\n", "line 1 is not Python"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_name(tmp_path: Path, template: str, reason: str) -> None:
    place = tmp_path / OVERRIDES / "entity" / "models.py.jinja"
    place.parent.mkdir(parents=True)
    place.write_text(template)

    with pytest.raises(TemplateMistake, match=reason) as caught:
        render_entity(RATING, RECIPES, project_layout(tmp_path), TARGETS)

    assert "entity/models.py.jinja" in str(caught.value)


def test_imports_are_those_of_the_names_that_are_read() -> None:
    known = {"models": Import("django.db", "models"), "dt": Import("datetime", alias="dt"), "unused": Import("unused")}
    source = '"""Doc."""\n\n\nclass A(models.Model):\n    def f(self) -> dt.date:\n        models = 1\n        return models\n'

    assert with_imports(source, known).splitlines()[:4] == [
        '"""Doc."""',
        "",
        "import datetime as dt",
        "from django.db import models",
    ]


def test_names_of_the_module_itself_are_not_imported() -> None:
    source = "def f(x):\n    return [x for x in g(x)]\n\n\ndef g(y):\n    return y\n"

    assert with_imports(source, {"x": Import("x"), "g": Import("g"), "y": Import("y")}) == source


def test_a_name_that_nothing_binds_is_refused() -> None:
    with pytest.raises(UnboundName, match="unheard_of"):
        with_imports("print(unheard_of)\n", {})


def test_paths_are_relative_to_the_root_of_the_project() -> None:
    files = [*render_project(PROJECT), *render_app(PANTRY, PROJECT)]

    assert not any(PurePosixPath(file.path).is_absolute() for file in files)


def test_what_two_users_may_both_have_leaves_what_nobody_shares_different() -> None:
    user = FieldSpec(name="user", type="owner")
    code, number = FieldSpec(name="code", type="str", unique=True), FieldSpec(name="number", type="int")
    lot = EntitySpec(name="Lot", app_label="recipes", fields=(user, code, number), unique=(("user", "number"),))

    tests = by_path(render_entity(lot, RECIPES, PROJECT, TARGETS))["recipes/tests/api/test_lot.py"].text

    assert (
        "    first = body()\n"
        "    second = {\n"
        "        **body(),\n"
        '        "number": first["number"],\n'
        "    }\n"
        "    other = Client()\n"
    ) in tests
    assert "other.post(URL, second, content_type=JSON).status_code == 201" in tests


def test_where_only_references_to_its_own_kind_change_no_test_sends_a_new_row_again() -> None:
    parent = FieldSpec(name="parent", type="fk", argument=("self",), optional=True)
    branch = EntitySpec(name="Branch", app_label="recipes", fields=(parent,))

    tests = by_path(render_entity(branch, RECIPES, PROJECT, TARGETS))["recipes/tests/services/test_branch.py"].text

    assert "def test_the_parent_of_a_branch_can_be_changed" in tests
    assert "def test_every_field_that_can_be_changed_is" not in tests
