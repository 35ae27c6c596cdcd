"""Taking out imports that nothing uses."""

import pytest

from django_layers.scaffold.edits.outcome import NotThere, Removal
from django_layers.scaffold.edits.removal.imports import remove_import
from tests.scaffold.edits.asserts import removed, text


def remove(source: str, module: str, *names: str, alias: str | None = None) -> Removal:
    return remove_import(text(source).encode(), module=module, names=names, alias=alias)


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("from a import A\n", ""),
        ('"""Doc."""\n\nfrom a import A\n', '"""Doc."""\n'),
        ('"""Doc."""\n\nfrom a import A\n\n\nclass B: ...\n', '"""Doc."""\n\n\nclass B: ...\n'),
        ("import re\n\nfrom a import A\n\nx = re\n", "import re\n\nx = re\n"),
        ("from a import A\n\nfrom .b import B\n\nx = B\n", "from .b import B\n\nx = B\n"),
        ("from a import A\nfrom b import B\n\nx = B\n", "from b import B\n\nx = B\n"),
        ("from a import A, B\n\nx = B\n", "from a import B\n\nx = B\n"),
        ("from a import (\n    A,\n    B,\n)\n\nx = B\n", "from a import (\n    B,\n)\n\nx = B\n"),
        ("from a import A as A1\nfrom a import A\n\nx = A1\n", "from a import A as A1\n\nx = A1\n"),
        ("# a licence\nfrom a import A\nx = 1\n", "# a licence\nx = 1\n"),
    ],
)
def test_an_import_goes_with_the_blank_line_that_came_with_it(source: str, after: str) -> None:
    assert removed(remove(source, "a", "A")).decode() == after


@pytest.mark.parametrize(
    "source",
    [
        "from a import A\n\nx = A\n",
        "from a import A\n\nx: 'list[A]' = []\n",
        "from a import A\n\n\ndef f(x: list['A']) -> 'A': ...\n",
        "from a import A\n\n__all__ = ['A']\n",
        "from a import A  # noqa: F401\n",
        "from a import (\n    A,  # the one that others import from here\n    B,\n)\n",
        "from b import A\n",
        "import a\n",
        "import a.A\n",
        "x = 1\n",
    ],
)
def test_an_import_that_is_used_or_marked_or_of_something_else_stays(source: str) -> None:
    assert remove(source, "a", "A") == NotThere()


def test_a_word_in_a_text_is_no_use() -> None:
    assert removed(remove('from a import A\n\nx = "A is good"\n', "a", "A")).decode() == 'x = "A is good"\n'


def test_a_module_goes_under_its_alias() -> None:
    source = "import a.b as ab\nimport a.b\n\nx = a\n"
    assert removed(remove(source, "a.b", alias="ab")).decode() == "import a.b\n\nx = a\n"


def test_an_import_of_several_modules_is_left_to_the_user() -> None:
    assert "several modules" in getattr(remove("import a, b\n", "a"), "reason", "")
