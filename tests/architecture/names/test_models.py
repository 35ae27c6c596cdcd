"""Models are known by what they derive from, and by how they relate to each other."""

from pathlib import Path

import pytest

from tests.architecture.trees import codes

ABSTRACT = "from django.db import models\n\n\nclass Named(models.Model):\n    class Meta:\n        abstract = True\n"


@pytest.mark.parametrize(
    "source",
    [
        "from shop.base import Named\n\n\nclass Book(Named):\n    pass\n",
        "import shop.base as base\n\n\nclass Book(base.Named):\n    pass\n",
        "from shop.base import Named as Other\n\nAlias = Other\n\n\nclass Book(Alias):\n    pass\n",
        "from django.contrib.auth.models import AbstractUser\n\n\nclass Book(AbstractUser):\n    pass\n",
        "import django.db.models\n\n\nclass Book(django.db.models.Model):\n    pass\n",
    ],
)
def test_a_model_is_known_through_its_bases(tmp_path: Path, source: str) -> None:
    service = "from shop.models import Book\n\n\ndef count() -> int:\n    return Book.objects.count()\n"

    found = codes(tmp_path, {"shop/base.py": ABSTRACT, "shop/models.py": source, "shop/services.py": service})

    assert found.count("L402") == 1


@pytest.mark.parametrize(
    ("related_name", "attribute", "is_relation"),
    [
        (', related_name="pages"', "pages", True),
        ("", "page_set", True),
        (', related_name="%(class)ss"', "pages", True),
        (', related_name="+"', "page_set", False),
        ("", "pages", False),
    ],
)
def test_the_way_back_of_a_relation_has_its_name(
    tmp_path: Path, related_name: str, attribute: str, is_relation: bool
) -> None:
    models = (
        "from django.db import models\n\n\nclass Book(models.Model):\n    pass\n\n\nclass Page(models.Model):\n"
        f'    book = models.ForeignKey("shop.Book", on_delete=models.CASCADE{related_name})\n'
    )
    service = f"from shop.models import Book\n\n\ndef pages(book: Book) -> int:\n    return book.{attribute}.count()\n"

    found = codes(tmp_path, {"shop/models.py": models, "shop/services.py": service})

    assert ("L403" in found) is is_relation
    assert ("L412" in found) is is_relation
