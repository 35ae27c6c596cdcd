"""Which migrations hold a model."""

import ast
from pathlib import Path, PurePosixPath

from django_layers.scaffold.project.layout import AppLayout

__all__ = ["migrations_of"]


def migrations_of(root: Path, app: AppLayout, model: str) -> tuple[PurePosixPath, ...]:
    """Return the migrations of an app that create or change a model, in their order.

    Args:
        root: the root of the project.
        app: the layout of the app.
        model: the class name of the model.
    """
    folder = app.path / "migrations"
    files = sorted((root / folder).glob("*.py"))
    return tuple(folder / file.name for file in files if _names(file, model.lower()))


def _names(file: Path, model: str) -> bool:
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        return False
    return any(
        keyword.arg in {"name", "model_name"}
        and isinstance(keyword.value, ast.Constant)
        and str(keyword.value.value).lower() == model
        and (keyword.arg == "model_name" or _of_a_model(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
    )


def _of_a_model(call: ast.Call) -> bool:
    """Whether the name in a call is that of a model, rather than of a field, an index or a constraint."""
    return ast.unparse(call.func).rpartition(".")[2] in {"CreateModel", "DeleteModel", "AlterModelTable"}
