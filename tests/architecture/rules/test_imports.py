"""Layers are followed through modules that belong to none."""

from pathlib import Path

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
