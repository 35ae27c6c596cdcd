"""Where a project and an app keep things: the answers that templates and the planner need, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

__all__ = ["AppLayout", "KeyType", "ProjectLayout", "Target"]


@dataclass(frozen=True, slots=True)
class KeyType:
    """The type of a primary key, as it is written in annotations.

    Attributes:
        expression: "int", "UUID" or "str".
        module: where the name comes from, "uuid"; empty for a builtin.
    """

    expression: str
    module: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A model that a reference points to.

    Attributes:
        label: "recipes.Recipe".
        model_module: the module to import the model's class from.
        key: the type of its primary key.
        layered: whether it has a generated service (and factory) to go through.
        app: the layout of its app where it is layered.
        entity: its class name.
        fields: annotation of each field that can be embedded, by name ("title": KeyType("str")).
        owner: the field that holds the owner of its rows, where they are private ("author"); empty where every user may
            read them.
        key_name: how its DTOs call its key.
        queries: whether storing a row of it in memory takes a database, since a field of it, or of what its rows need,
            works out its value with queries.
    """

    label: str
    entity: str
    key: KeyType
    model_module: str
    layered: bool
    app: "AppLayout | None" = None
    fields: Mapping[str, KeyType] = field(default_factory=dict)
    owner: str = ""
    key_name: str = "id"
    queries: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLayout:
    """A project.

    Attributes:
        root: the folder that holds manage.py; every path of a plan is relative to it.
        package: the package beside the root urls, "mealgenie" or "config"; `actors` and `api` live there.
        package_path: its folder, relative to the root.
        title: what the API is called, "MealGenie".
        api_prefix: where the API is mounted, "api/".
        user_model: the label of the user model, "auth.User".
        user_module: the module to import its class from.
        user_key: the type of its primary key.
        line_length: how long the project's formatter lets a line be.
        quote: the character that it writes strings with.
        settings_module: the settings that tests and mypy use; empty for `<package>.settings`.
    """

    root: Path
    package: str
    package_path: PurePosixPath
    title: str
    api_prefix: str
    user_model: str
    user_key: KeyType
    line_length: int = 88
    quote: str = '"'
    settings_module: str = ""
    user_module: str = "django.contrib.auth.models"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppLayout:
    """An app.

    Attributes:
        label: "recipes".
        package: its dotted path, "apps.recipes".
        path: its folder, relative to the root of the project.
        single_modules: layers that are one module each ("models" is models.py), not a package.
        tests: the name of its package of tests.
    """

    label: str
    package: str
    path: PurePosixPath
    single_modules: frozenset[str] = frozenset()
    tests: str = "tests"

    def module(self, layer: str, entity: str) -> str:
        """Return the dotted module that holds an entity's part of a layer.

        Args:
            layer: "schemas", "repositories.orm", ...; "types" and "dependencies" hold all entities in one module.
            entity: the entity in snake case.
        """
        return str(self.file(layer, entity).with_suffix("")).replace("/", ".").removeprefix(self._prefix)

    def file(self, layer: str, entity: str) -> PurePosixPath:
        """Return the file, relative to the project's root, that holds an entity's part of a layer."""
        first, *rest = layer.split(".")
        if layer in ("types", "dependencies") or first in self.single_modules:
            return self.path / f"{'_'.join([first, *rest])}.py"
        return self.path.joinpath(first, *rest, f"{entity}.py")

    @property
    def _prefix(self) -> str:
        """What stands before the dotted package in a path, where sources live in a folder such as `src`."""
        folder = str(self.path).replace("/", ".")
        return folder.removesuffix(self.package)
