"""The step of a migration that changes rows before a constraint is put on them."""

import ast
from collections.abc import Sequence

from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.imports import add_import
from django_layers.scaffold.edits.outcome import Done
from django_layers.scaffold.edits.splice import insert_element
from django_layers.scaffold.language.expressions import Import
from django_layers.scaffold.request.existing_rows import Fill

__all__ = ["with_fills"]

_FIRST = frozenset({"RemoveConstraint", "RemoveIndex", "RenameField"})
_FUNCTION = "fill_rows"


def with_fills(text: str, fills: Sequence[Fill], *, label: str, model: str) -> str:
    """Return a migration that gives rows a value which its later operations allow.

    Args:
        text: the migration; what takes constraints away and renames fields comes first in it.
        fills: the values.
        label: the label of the model's app.
        model: the class name of the model.

    Returns:
        The migration as it was, where there is nothing to fill.
    """
    if not fills:
        return text
    document = Document.read(text.encode())
    operations = _operations(document)
    index = next(
        (at for at, each in enumerate(operations.elts) if not _is_first(each)),
        len(operations.elts),
    )
    code = f"migrations.RunPython({_FUNCTION}, migrations.RunPython.noop)"
    document = insert_element(document, operations, index, code)
    fresh = document.fresh()
    place = next(node for node in document.tree.body if isinstance(node, ast.ClassDef))
    function = _function(fills, label, model)
    fresh.body[document.tree.body.index(place) : document.tree.body.index(place)] = ast.parse(function).body
    source = document.insert([Insertion(document.start(place), f"{function}\n\n\n")], fresh).source
    for needed in _imports(fills):
        outcome = add_import(
            source, module=needed.module, names=(needed.name,) if needed.name else (), alias=needed.alias or None
        )
        source = outcome.source if isinstance(outcome, Done) else source
    return source.decode()


def _operations(document: Document) -> ast.List:
    for node in ast.walk(document.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="operations")], value=ast.List() as operations):
                return operations
    raise ValueError("a migration without operations has no rows to fill")


def _is_first(operation: ast.expr) -> bool:
    return isinstance(operation, ast.Call) and ast.unparse(operation.func).rpartition(".")[2] in _FIRST


def _function(fills: Sequence[Fill], label: str, model: str) -> str:
    lines = [
        f"def {_FUNCTION}(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:",
        '    """Give the rows that the next operations would refuse a value that they allow."""',
        f'    model = apps.get_model("{label}", "{model}")',
        "    connection = schema_editor.connection",
        "    rows = model._base_manager.using(connection.alias)",
    ]
    for fill in fills:
        found = f'rows.alias(length=Length("{fill.field}"))' if "length__" in fill.condition.code else "rows"
        lines.append(f"    {found}.filter({fill.condition}).update({fill.field}={fill.value})")
    lines += [
        "    # PostgreSQL alters no table that has deferred constraints to be checked.",
        "    connection.check_constraints([model._meta.db_table])",
    ]
    return "\n".join(lines)


def _imports(fills: Sequence[Fill]) -> list[Import]:
    found = {Import("django.apps.registry", "Apps"), Import("django.db", "models")}
    found.add(Import("django.db.backends.base.schema", "BaseDatabaseSchemaEditor"))
    for fill in fills:
        found |= {*fill.condition.imports, *fill.value.imports}
        if "length__" in fill.condition.code:
            found.add(Import("django.db.models.functions", "Length"))
    return sorted(found)
