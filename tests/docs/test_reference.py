"""The tables of the pages are those of the code."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The module that writes the tables."""
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("page", "tables"), [("grammar.md", ["types", "modifiers"]), ("layers.md", ["layers"])])
def test_the_tables_of_a_page_are_those_of_the_code(reference: ModuleType, page: str, tables: list[str]) -> None:
    """Where this fails, `python docs/reference.py` writes them anew."""
    text = (DOCS / page).read_text(encoding="utf-8")

    assert [name for name in tables if f"<!-- table: {name} -->" not in text] == []
    assert reference.with_tables(text) == text


def test_a_table_that_is_not_as_the_code_has_it_is_written_anew(reference: ModuleType) -> None:
    page = "Above.\n\n<!-- table: types -->\n\n| old |\n\n<!-- end of the table -->\n\nBelow.\n"

    written = reference.with_tables(page)

    assert "| old |" not in written
    assert "| `slug` |" in written
    assert written.startswith("Above.\n\n<!-- table: types -->\n\n| type |")
    assert written.endswith("|\n\n<!-- end of the table -->\n\nBelow.\n")
