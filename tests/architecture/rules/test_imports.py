"""Layers are followed through modules that belong to none."""

from pathlib import Path

import pytest

from tests.architecture.trees import violations

FILES: dict[str, str | bytes] = {
    "common/__init__.py": "",
    "common/first.py": "from common.second import helper\n",
    "common/second.py": "def helper():\n    from shop.models import Book\n\n    return Book\n",
    "shop/services.py": "from common.first import helper\n",
}


def test_the_chain_is_shown_whatever_its_length(tmp_path: Path) -> None:
    [one] = violations(tmp_path, FILES)

    assert (one.code, one.target) == ("L102", "shop.models")
    assert "shop.services -> common.first -> common.second -> shop.models" in one.message


def test_imports_for_type_checking_are_no_part_of_a_chain(tmp_path: Path) -> None:
    second = (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.models import Book\n\n\n"
        'def helper() -> "Book | None": ...\n'
    )

    assert violations(tmp_path, {**FILES, "common/second.py": second}) == []


def test_an_import_for_type_checking_is_a_warning(tmp_path: Path) -> None:
    service = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.models import Book\n"
    [one] = violations(tmp_path, {"shop/services.py": service})

    assert (one.code, one.severity) == ("L101", "warning")


def test_the_defining_module_is_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shop/schemas.py": "from shop.models import Book as Volume\n",
        "shop/services.py": "from shop.schemas import Volume\n",
    }

    assert [one.target for one in violations(tmp_path, files)] == ["shop.models.Book", "shop.models.Book"]


def test_what_a_neighbour_of_an_imported_name_uses_is_no_part_of_a_chain(tmp_path: Path) -> None:
    second = "from shop.models import Book\n\nLIMIT = 5\n\n\ndef helper():\n    return LIMIT\n\n\ndef other():\n    return Book\n"
    files = {**FILES, "common/second.py": second}

    assert violations(tmp_path, files) == []
    [one] = violations(tmp_path, {**files, "shop/services.py": "from common.second import other\n"})
    assert one.code == "L102"
    [one] = violations(tmp_path, {"shop/services.py": "import common.second\n"})
    assert one.code == "L102"


def test_an_abstract_model_and_a_class_of_fields_of_another_app_may_be_built_upon(tmp_path: Path) -> None:
    base = (
        "from django.db import models\n\n\nclass SlugField(models.CharField):\n    pass\n\n\nclass Base(models.Model):\n"
        "    class Meta:\n        abstract = True\n\n\nclass Shelf(models.Model):\n    pass\n"
    )
    model = "from depot.models import Base, Shelf, SlugField\n\n\nclass Book(Base):\n    slug = SlugField()\n"
    found = violations(
        tmp_path, {"depot/models.py": base, "depot/services.py": "", "depot/__init__.py": "", "shop/models.py": model}
    )

    assert [(one.code, one.target) for one in found] == [("L103", "depot.models.Shelf")]


TYPED = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.models import Book\n"
LATE = "def late():\n    from shop.models import Book\n"


@pytest.mark.parametrize(
    ("service", "severities", "expected"),
    [
        (TYPED, "", ["warning"]),
        (TYPED, 'L101 = "error"', ["warning"]),
        (TYPED, 'type-checking = "error"', ["error"]),
        (TYPED, 'type-checking = "off"', []),
        (TYPED, 'type-checking = "error"\nL101 = "off"', []),
        (LATE, "", ["error"]),
        (LATE, 'function = "warning"', ["warning"]),
        (LATE, 'function = "off"', []),
        (LATE, 'L101 = "warning"', ["warning"]),
        ("from shop.models import Book\n", 'function = "off"\ntype-checking = "off"', ["error"]),
    ],
)
def test_imports_for_types_and_in_functions_have_severities_of_their_own(
    tmp_path: Path, service: str, severities: str, expected: list[str]
) -> None:
    files = {"shop/services.py": service, "pyproject.toml": f"[tool.django_layers.severity]\n{severities}\n"}

    assert [one.severity for one in violations(tmp_path, files)] == expected
