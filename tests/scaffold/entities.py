"""Entities that between them show every variant of what is generated."""

from pathlib import PurePosixPath

from django_layers.scaffold.language.spec import (
    Access,
    EntitySpec,
    FieldSpec,
    IndexColumn,
    OperationSpec,
    PrimaryKey,
    Returns,
    Rows,
)
from django_layers.scaffold.project.layout import AppLayout, KeyType, Target
from tests.scaffold.assembly import App, target_of

RECIPES = AppLayout(label="recipes", package="recipes", path=PurePosixPath("recipes"))
PANTRY = AppLayout(
    label="pantry",
    package="apps.pantry",
    path=PurePosixPath("apps/pantry"),
    single_modules=frozenset({"models", "schemas", "repositories", "services", "api"}),
)

RECIPE = EntitySpec(
    name="Recipe",
    app_label="recipes",
    fields=(
        FieldSpec(name="title", type="str", argument=("200",)),
        FieldSpec(name="summary", type="text", optional=True),
        FieldSpec(name="servings", type="int", min="1", default="2"),
        FieldSpec(name="minutes", type="int", min="0"),
        FieldSpec(name="author", type="owner", argument=("shared",)),
        FieldSpec(name="status", type="choice", argument=("draft", "published"), default="draft"),
    ),
    operations=(
        OperationSpec(
            name="report_to_editor",
            inputs=(
                FieldSpec(name="reason", type="choice", argument=("spam", "rude")),
                FieldSpec(name="remark", type="str", argument=("200",), optional=True),
            ),
            returns=Returns.NONE,
        ),
    ),
)

RATING = EntitySpec(
    name="Rating",
    app_label="recipes",
    fields=(
        FieldSpec(name="recipe", type="fk", argument=("recipes.Recipe",), related="ratings", embed=("id", "title")),
        FieldSpec(name="user", type="owner", argument=("shared",)),
        FieldSpec(name="stars", type="int", min="1", max="5", filter=True, sort=True),
        FieldSpec(name="comment", type="text", optional=True),
    ),
    unique=(("recipe", "user"),),
    operations=(
        OperationSpec(name="praise"),
        OperationSpec(
            name="level",
            rows=Rows.ALL,
            fields=("stars",),
            inputs=(FieldSpec(name="by", type="int", min="1", max="3"),),
        ),
    ),
)

NOTE = EntitySpec(
    name="Note",
    app_label="recipes",
    primary_key=PrimaryKey.UUID,
    versioned=True,
    fields=(
        FieldSpec(name="user", type="owner"),
        FieldSpec(name="title", type="str", argument=("100",), unique=True),
        FieldSpec(name="photo", type="image", optional=True),
        FieldSpec(name="recipe", type="fk", argument=("recipes.Recipe",), optional=True),
    ),
    operations=(
        OperationSpec(name="file_away"),
        OperationSpec(name="attach", fields=("recipe", "title"), returns=Returns.NONE),
        OperationSpec(name="detach", rows=Rows.ALL, fields=("recipe",), returns=Returns.NONE),
    ),
)

REMINDER = EntitySpec(
    name="Reminder",
    app_label="recipes",
    write_users=True,
    timestamps=False,
    fields=(
        FieldSpec(name="note", type="o2o", argument=("recipes.Note",)),
        FieldSpec(name="editor", type="fk", argument=("auth.User",), related="+"),
        FieldSpec(name="due", type="datetime", sort=True),
        FieldSpec(name="pin", type="str", argument=("8",), writeonly=True),
        FieldSpec(name="state", type="choice", argument=("open", "done"), default="open", readonly=True),
    ),
    operations=(OperationSpec(name="finish", fields=("state",)),),
)

TAG = EntitySpec(
    name="Tag",
    app_label="recipes",
    public=Access.ALL,
    asynchronous=True,
    fields=(FieldSpec(name="name", type="str", argument=("50",), unique=True, filter=True),),
    operations=(
        OperationSpec(name="correct", fields=("name",)),
        OperationSpec(name="tidy", rows=Rows.ALL),
    ),
)

CATEGORY = EntitySpec(
    name="Category",
    app_label="recipes",
    public=Access.READ,
    fields=(
        FieldSpec(name="name", type="str", argument=("50",), index=True),
        FieldSpec(name="parent", type="fk", argument=("self",), optional=True, embed=("id", "name")),
        FieldSpec(name="tags", type="m2m", argument=("recipes.Tag",), filter=True, embed=("id", "name")),
        FieldSpec(name="groups", type="m2m", argument=("auth.Group",), filter=True),
        FieldSpec(name="manual", type="file", optional=True),
    ),
    order=(IndexColumn("name"), IndexColumn("created_at", descending=True)),
)

HOUR = EntitySpec(name="Hour", app_label="recipes")

SAMPLE = EntitySpec(
    name="Sample",
    app_label="recipes",
    fields=(
        FieldSpec(name="line", type="str", sort=True, filter=True, help='what it\'s "about"'),
        FieldSpec(name="nickname", type="str", argument=("20",), null=True, unique=True),
        FieldSpec(name="text", type="text", filter=True),
        FieldSpec(name="number", type="int", index=True, filter=True),
        FieldSpec(name="big", type="bigint", unique=True),
        FieldSpec(name="small", type="smallint", min="-3", optional=True, sort=True),
        FieldSpec(name="ratio", type="float", min="0", max="1", filter=True, sort=True),
        FieldSpec(name="price", type="decimal", argument=("8", "2"), min="0.01", sort=True, filter=True),
        FieldSpec(name="active", type="bool", optional=True),
        FieldSpec(name="day", type="date", min="2020-01-01", sort=True, filter=True),
        FieldSpec(name="moment", type="datetime", sort=True, filter=True),
        FieldSpec(name="at", type="time", max="18:00", default="09:00", sort=True, filter=True),
        FieldSpec(name="length", type="duration", sort=True, filter=True),
        FieldSpec(name="code", type="uuid", unique=True),
        FieldSpec(name="email", type="email", unique=True),
        FieldSpec(name="site", type="url", optional=True),
        FieldSpec(name="slug", type="slug", unique=True, sort=True),
        FieldSpec(name="address", type="ip", filter=True),
        FieldSpec(name="data", type="json", optional=True),
        FieldSpec(name="manual", type="file"),
        FieldSpec(name="picture", type="image"),
        FieldSpec(name="level", type="choice", argument=("low", "high"), sort=True),
    ),
    indexes=((IndexColumn("day"), IndexColumn("number", descending=True)),),
)

SHELF = EntitySpec(
    name="Shelf",
    app_label="pantry",
    fields=(FieldSpec(name="title", type="str", argument=("100",)), FieldSpec(name="owner", type="owner")),
)

ITEM = EntitySpec(
    name="Item",
    app_label="pantry",
    versioned=True,
    asynchronous=True,
    fields=(
        FieldSpec(name="shelf", type="fk", argument=("pantry.Shelf",)),
        FieldSpec(name="recipe", type="fk", argument=("recipes.Recipe",), optional=True),
        FieldSpec(name="title", type="str", argument=("100",)),
        FieldSpec(name="kind", type="choice", argument=("fresh", "dry")),
        FieldSpec(name="photo", type="image", optional=True),
    ),
    operations=(
        OperationSpec(name="use_up", inputs=(FieldSpec(name="amount", type="decimal", argument=("6", "2"), min="0"),)),
        OperationSpec(name="move", fields=("shelf", "kind")),
        OperationSpec(name="restock", rows=Rows.ALL, fields=("kind",)),
        OperationSpec(name="count", rows=Rows.ALL, returns=Returns.NONE),
    ),
)

GROUP = Target(
    label="auth.Group",
    entity="Group",
    key=KeyType("int"),
    model_module="django.contrib.auth.models",
    layered=False,
)
USER = Target(
    label="auth.User",
    entity="User",
    key=KeyType("int"),
    model_module="django.contrib.auth.models",
    layered=False,
)
TARGETS = {
    "auth.Group": GROUP,
    "auth.User": USER,
    "recipes.Recipe": target_of(RECIPE, RECIPES, {"title": KeyType("str")}),
    "recipes.Note": target_of(NOTE, RECIPES),
    "recipes.Tag": target_of(TAG, RECIPES, {"name": KeyType("str")}),
    "pantry.Shelf": target_of(SHELF, PANTRY),
}
RECIPES_APP = App(RECIPES, (RECIPE, RATING, NOTE, REMINDER, TAG, CATEGORY, HOUR, SAMPLE), TARGETS)
PANTRY_APP = App(PANTRY, (SHELF, ITEM), TARGETS)
