"""The parts of the reference that are written from the code: parsers of the commands, tables of types and layers."""

import argparse
import re
from pathlib import Path

from django.core.management import load_command_class

from django_layers.layers import LAYERS
from django_layers.scaffold.language.field_type import FieldType
from django_layers.scaffold.language.modifiers import MODIFIERS
from django_layers.scaffold.language.types import FIELD_TYPES

__all__ = [
    "addentity",
    "addoperation",
    "changeentity",
    "ejecttemplates",
    "explainrepository",
    "exportspec",
    "removeentity",
    "removeoperation",
    "startlayer",
    "synclayers",
    "upgradelayers",
    "with_tables",
]


def _parser(command: str) -> argparse.ArgumentParser:
    """Return the parser of a command without the options that every Django command has."""
    parser = load_command_class("django_layers", command).create_parser("manage.py", command)
    parser._actions = [action for action in parser._actions if not _is_djangos(action)]
    return parser


def _is_djangos(action: argparse.Action) -> bool:
    return bool({"--version", "--settings", "--pythonpath", "--traceback", "--skip-checks"} & {*action.option_strings})


def startlayer() -> argparse.ArgumentParser:
    """Return the parser of `startlayer`, for sphinx-argparse."""
    return _parser("startlayer")


def addentity() -> argparse.ArgumentParser:
    """Return the parser of `addentity`, for sphinx-argparse."""
    return _parser("addentity")


def changeentity() -> argparse.ArgumentParser:
    """Return the parser of `changeentity`, for sphinx-argparse."""
    return _parser("changeentity")


def synclayers() -> argparse.ArgumentParser:
    """Return the parser of `synclayers`, for sphinx-argparse."""
    return _parser("synclayers")


def addoperation() -> argparse.ArgumentParser:
    """Return the parser of `addoperation`, for sphinx-argparse."""
    return _parser("addoperation")


def exportspec() -> argparse.ArgumentParser:
    """Return the parser of `exportspec`, for sphinx-argparse."""
    return _parser("exportspec")


def ejecttemplates() -> argparse.ArgumentParser:
    """Return the parser of `ejecttemplates`, for sphinx-argparse."""
    return _parser("ejecttemplates")


def upgradelayers() -> argparse.ArgumentParser:
    """Return the parser of `upgradelayers`, for sphinx-argparse."""
    return _parser("upgradelayers")


def removeoperation() -> argparse.ArgumentParser:
    """Return the parser of `removeoperation`, for sphinx-argparse."""
    return _parser("removeoperation")


def explainrepository() -> argparse.ArgumentParser:
    """Return the parser of `explainrepository`, for sphinx-argparse."""
    return _parser("explainrepository")


def removeentity() -> argparse.ArgumentParser:
    """Return the parser of `removeentity`, for sphinx-argparse."""
    return _parser("removeentity")


def removelayer() -> argparse.ArgumentParser:
    """Return the parser of `removelayer`, for sphinx-argparse."""
    return _parser("removelayer")


def with_tables(page: str) -> str:
    """Return a page with its tables as the code has them now.

    A table stands between `<!-- table: types -->` and `<!-- end of the table -->`, so that it is read where the page is
    shown as it is, and not only in the built documentation.
    """
    return _TABLE.sub(lambda found: f"{found[1]}\n{_TABLES[found[2]]()}{found[3]}", page)


def main() -> None:
    """Write the tables into all pages: python docs/reference.py."""
    for path in sorted(Path(__file__).parent.glob("*.md")):
        path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")


def _layers_table() -> str:
    rows = [f"| `{layer.name}` | {layer.holds} | {_names(layer.may_import)} |" for layer in LAYERS]
    return "\n".join(["| layer | holds | may import, of the same app |", "|---|---|---|", *rows, "", ""])


def _types_table() -> str:
    rows = [f"| `{kind.name}` | {kind.says} | {_argument(kind)} |" for kind in FIELD_TYPES.values()]
    return "\n".join(["| type | what it holds | what stands after it |", "|---|---|---|", *rows, "", ""])


def _argument(kind: FieldType) -> str:
    """Return what stands after the name of a type, with that very type in the example."""
    return kind.argument.value.replace("fk=", f"{kind.name}=")


def _modifiers_table() -> str:
    rows = [f"| `{row.name}{'=' if row.takes_value else ''}` | {row.says} |" for row in MODIFIERS.values()]
    return "\n".join(["| modifier | what it means |", "|---|---|", *rows, "", ""])


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"


_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?\n(<!-- end of the table -->)", re.DOTALL)
_TABLES = {"layers": _layers_table, "modifiers": _modifiers_table, "types": _types_table}

if __name__ == "__main__":
    main()
