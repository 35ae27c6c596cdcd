"""The files of a project, of an app and of an entity: which there are, where they go, in which order they are written.

Ranks put leaves first and importers after, so that `manage.py` starts after every prefix of the writes. What a plan edits
besides (settings, root urls) comes after `LAST_RANK`.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from django_layers.scaffold.project.layout import AppLayout

__all__ = ["APP", "ENTITY", "LAST_RANK", "PROJECT", "Artifact", "Kind"]

Kind: TypeAlias = Literal["whole", "fragment"]

LAST_RANK = 100


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file that is rendered.

    Attributes:
        template: the template's name, without ".jinja".
        layer: the layer that it belongs to: a name of `layers.LAYERS`, "app", "project" or "tests".
        rank: its place in the order of writing.
        kind: "whole" for a file of its own, "fragment" for members that are added to a file of many entities.
        path: where it goes, with {package}, {entity} and {tests} to be filled in; relative to the app's folder, or to the
            project's root; empty where the layout of the app says it (`AppLayout.file`).
        single: the path instead, where the layer is a single module; empty where it makes no difference.
        needs: a further layer that the entity must have for the file to make sense; empty for none.
    """

    template: str
    layer: str
    rank: int
    kind: Kind = "whole"
    path: str = ""
    single: str = ""
    needs: str = ""

    def place(self, app: AppLayout, entity: str = "") -> tuple[PurePosixPath, Kind]:
        """Return where the file goes in an app, relative to the project's root, and whether it is a file of its own there.

        Args:
            app: the layout of the app.
            entity: the entity in snake case; empty for a file of the app itself.
        """
        is_single = self.layer.split(".")[0] in app.single_modules
        if not self.path:
            return app.file(self.layer, entity), "fragment" if is_single else self.kind
        path = self.single if is_single and self.single else self.path
        return app.path / path.format(entity=entity, tests=app.tests), self.kind


PROJECT: tuple[Artifact, ...] = (
    Artifact("project/actors.py", "project", 5, path="{package}/actors.py"),
    Artifact("project/api.py", "project", 90, path="{package}/api.py"),
    Artifact("project/pytest.ini", "project", 95, path="pytest.ini"),
    Artifact("project/mypy.ini", "project", 95, path="mypy.ini"),
)

APP: tuple[Artifact, ...] = (
    Artifact("app/init.py", "app", 0, path="__init__.py"),
    Artifact("app/apps.py", "app", 2, path="apps.py"),
    Artifact("app/types.py", "types", 10, path="types.py"),
    Artifact("app/models.py", "models", 15, path="models/__init__.py", single="models.py"),
    Artifact("app/migrations.py", "app", 20, path="migrations/__init__.py"),
    Artifact("app/schemas.py", "schemas", 25, path="schemas/__init__.py", single="schemas.py"),
    Artifact("app/repositories.py", "repositories", 35, path="repositories/__init__.py", single="repositories.py"),
    Artifact(
        "app/repositories_orm.py",
        "repositories.orm",
        45,
        path="repositories/orm/__init__.py",
        single="repositories_orm.py",
    ),
    Artifact("app/services.py", "services", 55, path="services/__init__.py", single="services.py"),
    Artifact("app/dependencies.py", "dependencies", 65, path="dependencies.py"),
    Artifact("app/api.py", "api", 80, path="api/__init__.py", single="api.py"),
    Artifact("app/tests/init.py", "tests", 90, path="{tests}/__init__.py"),
    Artifact("app/tests/actors.py", "tests", 91, path="{tests}/actors.py"),
    Artifact("app/tests/memory.py", "tests", 92, path="{tests}/memory.py"),
    Artifact("app/tests/init.py", "tests", 93, path="{tests}/factories/__init__.py"),
    Artifact("app/tests/init.py", "tests", 95, path="{tests}/services/__init__.py"),
    Artifact("app/tests/init.py", "tests", 95, path="{tests}/api/__init__.py"),
)

ENTITY: tuple[Artifact, ...] = (
    Artifact("entity/types.py", "types", 10, kind="fragment"),
    Artifact("entity/models.py", "models", 15),
    Artifact("entity/schemas.py", "schemas", 30),
    Artifact("entity/repositories.py", "repositories", 40),
    Artifact("entity/repositories_orm.py", "repositories.orm", 50),
    Artifact("entity/services.py", "services", 60),
    Artifact("entity/dependencies.py", "dependencies", 70, kind="fragment"),
    Artifact("entity/api.py", "api", 75),
    Artifact("entity/tests/memory.py", "tests", 92, kind="fragment", path="{tests}/memory.py"),
    Artifact("entity/tests/factory.py", "tests", 94, path="{tests}/factories/{entity}.py"),
    Artifact("entity/tests/test_service.py", "tests", 96, path="{tests}/services/test_{entity}.py"),
    Artifact("entity/tests/test_api.py", "tests", 96, path="{tests}/api/test_{entity}.py", needs="api"),
)
