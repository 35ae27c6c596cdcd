"""Find the file in which a project's INSTALLED_APPS is written."""

import ast
from collections.abc import Callable
from pathlib import Path

from django_layers.scaffold.edits.assembly import assemble
from django_layers.scaffold.edits.bindings import statements
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit

_NAME = "INSTALLED_APPS"


def find_settings_source(settings: Path, resolve: Callable[[str], Path | None]) -> Path | None:
    """Follow the imports of a settings module to the file that gives INSTALLED_APPS its first value.

    Args:
        settings: The file of the settings module.
        resolve: Gives the file of a module by its absolute dotted name; None for one outside of the project.

    Returns:
        The file; None where none of the files that can be read gives the name a value.
    """
    return _find(settings, resolve, set())


def _find(file: Path, resolve: Callable[[str], Path | None], seen: set[Path]) -> Path | None:
    if file in seen or not file.is_file():
        return None
    seen.add(file)
    try:
        body = Document.read(file.read_bytes()).tree.body
    except CannotEdit:
        # add_installed_app says what is wrong with the file where it is the settings module itself.
        return None
    assembly = assemble(body, _NAME)
    if assembly is not None and assembly.starts_here:
        return file
    classes = [statement for statement in body if isinstance(statement, ast.ClassDef)]
    if any((found := assemble(node.body, _NAME)) is not None and found.starts_here for node in classes):
        return file
    # The last import wins, as it does when Python runs the file.
    for statement, _ in reversed(list(statements(body))):
        if isinstance(statement, ast.ImportFrom) and any(alias.name in {"*", _NAME} for alias in statement.names):
            target = _file_of(statement, file, resolve)
            found_in = _find(target, resolve, seen) if target is not None else None
            if found_in is not None:
                return found_in
    return None


def _file_of(statement: ast.ImportFrom, file: Path, resolve: Callable[[str], Path | None]) -> Path | None:
    if not statement.level:
        return resolve(statement.module or "")
    package = file.parent
    for _ in range(statement.level - 1):
        package = package.parent
    path = package.joinpath(*(statement.module or "").split(".")) if statement.module else package
    module = path.with_name(f"{path.name}.py")
    return module if statement.module and module.is_file() else path / "__init__.py"
