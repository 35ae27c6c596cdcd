"""Which schemas belong to which model: those of its app whose names begin with its name."""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from django_layers.architecture.facts.expressions import Name
from django_layers.architecture.facts.statements import Assigned, ClassFacts
from django_layers.architecture.names.model import Model
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.tree.places import Place

__all__ = ["Entities", "SchemaField", "longest_known", "snake_case"]

_WORD = re.compile(r"[A-Z][a-z0-9]*|[A-Z]+(?![a-z])")


class SchemaField(NamedTuple):
    """A field of a schema: the class that declares it, and how."""

    owner: ClassSymbol
    statement: Assigned


class Entities:
    """The models of layered apps with their schemas.

    Args:
        project: the modules.
        models: their models.
    """

    def __init__(self, project: Project, models: Models) -> None:
        self._project = project
        self._models = models
        self._apps: set[str] = set()
        self._schemas: dict[str, list[ClassSymbol]] = {}
        self._of_schema: dict[str, Model] = {}

    def schemas(self, model: Model) -> tuple[ClassSymbol, ...]:
        """Return the schemas of a model."""
        self._read(model.symbol.module.source.place.app)
        return tuple(self._schemas.get(model.name, ()))

    def model(self, schema: ClassSymbol) -> Model | None:
        """Return the model that a schema is of; None for none."""
        self._read(schema.module.source.place.app)
        return self._of_schema.get(schema.name)

    def _read(self, app: str) -> None:
        """Find which schemas of an app belong to which of its models."""
        if not app or app in self._apps:
            return
        self._apps.add(app)
        models = {model.symbol.facts.name: model for model in self._models.of_app(app)}
        for one in self._project.definitions(Place(app, "schemas")):
            name = longest_known(one.facts.name, models) if _has_fields(one) else ""
            if name:
                self._schemas.setdefault(models[name].name, []).append(one)
                self._of_schema[one.name] = models[name]

    def fields(self, schema: ClassSymbol) -> Iterator[tuple[str, SchemaField]]:
        """Walk the fields of a schema, those that it inherits included."""
        for one in self._project.ancestors(schema):
            for statement in one.facts.body:
                if isinstance(statement, Assigned) and statement.annotation is not None:
                    for target in statement.targets:
                        if isinstance(target, Name):
                            yield target.id, SchemaField(one, statement)


def _has_fields(one: ClassSymbol) -> bool:
    # A schema that is made from a model says so in a class within it.
    return any(
        isinstance(statement, ClassFacts) or (isinstance(statement, Assigned) and statement.annotation is not None)
        for statement in one.facts.body
    )


def longest_known(name: str, known: Container[str]) -> str:
    """Return the longest beginning of a name that is known, word by word: `RecipeTagRead` is of `RecipeTag`.

    Args:
        name: the name of a class.
        known: the names of entities.

    Returns:
        The name of the entity; empty for none.
    """
    ends = [match.end() for match in _WORD.finditer(name)]
    return next((name[:end] for end in reversed(ends) if name[:end] in known), "")


def snake_case(name: str) -> str:
    """Return the name of the module that a class has where each has its own: `RecipeTag` is in `recipe_tag`."""
    return "_".join(match.group().lower() for match in _WORD.finditer(name))
