"""What can be known of an entity that no command wrote: whether its repository keeps rows to their owner."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django_layers.scaffold.project.layout import AppLayout

__all__ = ["repository_owner"]


def repository_owner(root: Path, app: AppLayout, model: str) -> str | None:
    """Return what the repository of a model says of whose its rows are.

    Args:
        root: the root of the project.
        app: the app of the model.
        model: the model's class name.

    Returns:
        The name of the field, the empty text where the repository says that rows are nobody's in particular, and None
        where no repository of the model can be found.
    """
    owners = [
        _owner_of(node)
        for file in _repository_files(root / app.path)
        for node in _classes(file, model)
        if _model_of(node) == model
    ]
    # Where one of several hides rows, they are meant to be hidden.
    return max(owners, default=None)


def _repository_files(folder: Path) -> Iterator[Path]:
    yield from folder.glob("repositories*.py")
    yield from folder.glob("repositories/**/*.py")


def _classes(file: Path, model: str) -> Iterator[ast.ClassDef]:
    source = file.read_bytes()
    if b"ModelRepository[" not in source or model.encode() not in source:
        return
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    yield from (node for node in tree.body if isinstance(node, ast.ClassDef))


def _model_of(node: ast.ClassDef) -> str:
    """Return the model that a class is the repository of; empty where it is none."""
    for base in node.bases:
        if not isinstance(base, ast.Subscript) or not isinstance(base.slice, ast.Tuple) or not base.slice.elts:
            continue
        if ast.unparse(base.value).rpartition(".")[2] == "ModelRepository":
            return ast.unparse(base.slice.elts[0]).rpartition(".")[2]
    return ""


def _owner_of(node: ast.ClassDef) -> str:
    for statement in node.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name("owner")], value=ast.Constant(str(owner)))
                | ast.AnnAssign(target=ast.Name("owner"), value=ast.Constant(str(owner)))
            ):
                return owner
    return ""
