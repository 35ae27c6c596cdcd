"""The entities whose generated code is broken on purpose: between them, every rule that is generated."""

from dataclasses import replace
from pathlib import Path

from tests.scaffold.projects import TestProject, make_project

__all__ = ["ENTITIES", "make_mutable_project"]

ENTITIES = {
    # Rows that all users read and their owner changes; values of its own per row, bounds, a choice.
    "recipe": (
        *("title:str=200", "slug:slug:unique", "summary:text:optional"),
        *("servings:int:min=1:max=100:default=2:filter:sort", "minutes:int:min=0", "author:owner=shared"),
        "status:choice=draft,published:default=draft",
    ),
    # One row a user and target, with a row shown inside it.
    "rating": (
        *("recipe:fk=recipes.Recipe:related=ratings:embed=id,title", "user:owner=shared"),
        *("stars:int:min=1:max=5:filter:sort", "comment:text:optional", "--unique", "recipe,user"),
    ),
    # Rows that nobody else sees, with versions, an image and keys that cannot be guessed.
    "note": (
        *("user:owner", "title:str=100", "photo:image", "recipe:fk=recipes.Recipe:optional"),
        *("pinned:bool:default=false", "--pk", "uuid", "--versioned", "--unique", "user,title"),
    ),
    # Rows that are written with permissions; a tree, a field to read only and one to write only, a file.
    "ingredient": (
        *("name:str=80:unique:filter", "parent:fk=self:optional:embed=id,name"),
        *("price:decimal=8,2:min=0.01:max=999:filter", "allergen:bool:default=false"),
        *("state:choice=new,checked:default=new:readonly", "code:str=8:writeonly", "manual:file", "--order", "name"),
    ),
    # Rows that the world reads.
    "tag": ("name:str=50:unique", "--public", "read"),
    # Lists of keys, an order of two columns.
    "menu": (
        *("title:str=100:index", "tags:m2m=recipes.Tag:filter:embed=id,name", "author:owner=shared"),
        *("--public", "read", "--versioned", "--order", "title,created_at:desc"),
    ),
    # Rows that any user writes, with references to private rows and to rows without a service.
    "reminder": (
        *("note:o2o=recipes.Note", "editor:fk=auth.User:related=+", "due:datetime:sort:filter"),
        *("hint:str=20:null:unique", "--write", "users", "--no-timestamps"),
    ),
    # Rows that the world writes.
    "guest": ("name:str=30:filter", "age:smallint:min=18:null", "--public", "all"),
}


def make_mutable_project(root: Path) -> TestProject:
    """Make a project with the app `recipes`, by the commands that a user runs."""
    project = replace(make_project(root), environment={"DJANGO_SETTINGS_MODULE": "config.settings"})
    commands: list[tuple[str, ...]] = [("startlayer", "recipes")]
    commands += [("addentity", name.capitalize(), "--app", "recipes", *entity) for name, entity in ENTITIES.items()]
    for command in commands:
        ran = project.manage(*command)
        assert ran.code == 0, ran.out + ran.err
    return project
