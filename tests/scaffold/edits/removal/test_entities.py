"""Entities in files that they share: added and removed in every order, in packages and in single modules."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.edits.exports import add_export
from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.members import add_members
from django_layers.scaffold.edits.outcome import NotThere
from django_layers.scaffold.edits.removal.exports import remove_export
from django_layers.scaffold.edits.removal.members import remove_members
from django_layers.scaffold.edits.removal.routers import remove_router
from django_layers.scaffold.edits.routers import add_router
from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import (
    Rendered,
    RouterLine,
    entity_exports,
    entity_router_lines,
    render_app,
    render_entity,
)
from tests.scaffold.assembly import project_layout, target_of
from tests.scaffold.edits.asserts import done, removed

FIRST_PARTY = frozenset({"mealgenie", "recipes", "apps"})
LENGTH = 88
LAYOUTS = {
    "packages": AppLayout(label="recipes", package="recipes", path=PurePosixPath("recipes")),
    "modules": AppLayout(
        label="recipes",
        package="recipes",
        path=PurePosixPath("recipes"),
        single_modules=frozenset({"models", "schemas", "repositories", "services", "api"}),
    ),
    "some modules below a package": AppLayout(
        label="recipes",
        package="apps.recipes",
        path=PurePosixPath("apps/recipes"),
        single_modules=frozenset({"models", "services"}),
        tests="test_layers",
    ),
}
ENTITIES = {
    "Recipe": ("title:str=200", "user:owner", "kind:choice=a,b"),
    "Rating": ("recipe:fk=recipes.Recipe", "stars:int:min=1:max=5", "price:decimal=8,2", "state:choice=x,y"),
    "Ingredient": ("name:str=100:unique", "weight:float:optional", "code:uuid"),
    "MealPlan": ("user:owner", "day:date", "recipes:m2m=recipes.Recipe"),
    "Cup": ("size:int",),
    "RecipeIngredientAmount": ("recipe:fk=recipes.Recipe", "ingredient:fk=recipes.Ingredient", "amount:decimal=8,3"),
}
Files = dict[PurePosixPath, bytes]


@dataclass
class Shared:
    """The files of an app that its entities share.

    Attributes:
        files: What they hold.
        app: Where the app keeps things.
        rendered: The members of each entity.
        specs: The entities by name.
    """

    files: Files
    app: AppLayout
    rendered: dict[str, list[Rendered]] = field(default_factory=dict)
    specs: dict[str, EntitySpec] = field(default_factory=dict)

    def add(self, name: str) -> None:
        for fragment in self.rendered[name]:
            outcome = add_members(
                self.files[fragment.path], fragment.text.encode(), first_party=FIRST_PARTY, line_length=LENGTH
            )
            self.files[fragment.path] = done(outcome)
        for export in entity_exports(self.specs[name], self.app):
            outcome = add_export(
                self.files[export.path],
                module=export.module,
                names=export.names,
                first_party=FIRST_PARTY,
                line_length=LENGTH,
            )
            self.files[export.path] = done(outcome)
        for line in entity_router_lines(self.specs[name], self.app):
            outcome = add_router(
                self.files[line.path],
                target=line.target,
                prefix=line.prefix,
                router_expression=line.expression,
                import_=import_of(line),
                first_party=FIRST_PARTY,
                line_length=LENGTH,
            )
            self.files[line.path] = done(outcome)

    def remove(self, name: str) -> None:
        for fragment in self.rendered[name]:
            outcome = remove_members(
                self.files[fragment.path], fragment.text.encode(), first_party=FIRST_PARTY, line_length=LENGTH
            )
            self.files[fragment.path] = removed(outcome)
        for export in entity_exports(self.specs[name], self.app):
            outcome = remove_export(
                self.files[export.path],
                module=export.module,
                names=export.names,
                first_party=FIRST_PARTY,
                line_length=LENGTH,
            )
            self.files[export.path] = removed(outcome)
        for line in entity_router_lines(self.specs[name], self.app):
            outcome = remove_router(
                self.files[line.path],
                target=line.target,
                router_expression=line.expression,
                import_=import_of(line),
                first_party=FIRST_PARTY,
                line_length=LENGTH,
            )
            self.files[line.path] = removed(outcome)


def import_of(line: RouterLine) -> ImportRequest:
    return ImportRequest(line.module, (line.name,), line.alias or None)


@pytest.fixture(params=LAYOUTS)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Shared:
    app = LAYOUTS[request.param]
    project = project_layout(tmp_path)
    specs = {
        name: EntitySpec(name=name, app_label="recipes", fields=tuple(map(parse_field, fields)))
        for name, fields in ENTITIES.items()
    }
    targets = {f"recipes.{name}": target_of(spec, app) for name, spec in specs.items()}
    batch = [
        (name, rendered) for name, spec in specs.items() for rendered in render_entity(spec, app, project, targets)
    ]
    texts = format_rendered([rendered for _, rendered in batch], project)
    found: dict[str, list[Rendered]] = {name: [] for name in specs}
    for (name, _), rendered in zip(batch, texts, strict=True):
        if rendered.kind == "fragment":
            found[name].append(rendered)
    files = {file.path: file.text.encode() for file in format_rendered(render_app(app, project), project)}
    return Shared(files, app, found, specs)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_last_entity_is_taken_out_and_leaves_what_was_there_before(shared: Shared, newline: str) -> None:
    each_order(shared, newline, lambda names: list(reversed(names)), checked=True)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_entities_are_taken_out_in_any_order(shared: Shared, newline: str) -> None:
    shuffle = random.Random(1)
    each_order(shared, newline, lambda names: shuffle.sample(names, len(names)), checked=False)


def each_order(shared: Shared, newline: str, order: Callable[[list[str]], list[str]], *, checked: bool) -> None:
    choice = random.Random(0)
    shared.files = {path: source.replace(b"\n", newline.encode()) for path, source in shared.files.items()}
    before = dict(shared.files)
    for _ in range(3):
        names = choice.sample([*ENTITIES], choice.randint(1, len(ENTITIES)))
        states = [before]
        for name in names:
            shared.add(name)
            states.append(dict(shared.files))
        for count, name in enumerate(order(names), start=1):
            shared.remove(name)
            assert not checked or shared.files == states[-1 - count], name
        assert shared.files == before, names


def test_a_member_whose_code_was_edited_is_taken_out_by_its_name(shared: Shared) -> None:
    shared.add("Recipe")
    before = dict(shared.files)
    shared.add("Rating")
    path = shared.app.path / "dependencies.py"
    shared.files[path] = shared.files[path].replace(b"Return the service of ratings", b"Build it")
    shared.remove("Rating")
    assert shared.files == before


def test_a_member_that_is_to_be_kept_keeps_its_imports(shared: Shared) -> None:
    shared.add("Rating")
    path = shared.app.path / "dependencies.py"
    fragment = next(rendered for rendered in shared.rendered["Rating"] if rendered.path == path)
    assert remove_members(shared.files[path], fragment.text.encode(), []) == NotThere()
