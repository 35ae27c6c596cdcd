"""A small project to judge requests against."""

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression
from django_layers.scaffold.project.facts import AppFacts, FieldFacts, ModelFacts, ProjectFacts
from django_layers.scaffold.project.layout import KeyType

INT = Expression("int")
STR = Expression("str")

FACTS = ProjectFacts(
    apps={
        "auth": AppFacts(label="auth", layered=False),
        "recipes": AppFacts(label="recipes", classes=frozenset({"RecipeRead", "RecipeStatus", "RecipeService"})),
        "pantry": AppFacts(label="pantry"),
        "legacy": AppFacts(label="legacy", layered=False),
    },
    models={
        "auth.User": ModelFacts(
            label="auth.User",
            key=KeyType("int"),
            fields={
                "id": FieldFacts(type="int", annotation=INT),
                "username": FieldFacts(type="str", annotation=STR),
                "password": FieldFacts(type="str", annotation=STR),
                "groups": FieldFacts(type="m2m"),
            },
            reverse_accessors=frozenset({"logentry_set"}),
        ),
        "recipes.Recipe": ModelFacts(
            label="recipes.Recipe",
            key=KeyType("int"),
            fields={
                "id": FieldFacts(type="bigint", annotation=INT),
                "title": FieldFacts(type="str", annotation=STR),
                "published": FieldFacts(
                    type="date", annotation=Expression("dt.date", (DATETIME_MODULE,)), nullable=True
                ),
                "author": FieldFacts(type="fk"),
            },
            reverse_accessors=frozenset({"ratings"}),
        ),
        "pantry.Shelf": ModelFacts(
            label="pantry.Shelf",
            key=KeyType("UUID", "uuid"),
            fields={
                "id": FieldFacts(type="uuid", annotation=Expression("UUID")),
                "label": FieldFacts(type="str", annotation=STR),
            },
        ),
        "pantry.Diary": ModelFacts(
            label="pantry.Diary",
            key=KeyType("int"),
            fields={"id": FieldFacts(type="bigint", annotation=INT), "title": FieldFacts(type="str", annotation=STR)},
            private=True,
        ),
        "legacy.Person": ModelFacts(label="legacy.Person", key=KeyType("int"), replaced_by="auth.User"),
    },
    routes={"recipes": "recipes", "shelves": "pantry"},
)
"""Two layered apps, recipes and pantry, and two without layers, auth and legacy."""
