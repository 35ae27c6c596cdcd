"""Apps and modules are found in the layouts that projects have."""

from pathlib import Path

import pytest

from django_layers.architecture.checking import check
from django_layers.architecture.errors import NothingLayered
from django_layers.architecture.tree.discovery import discover
from tests.architecture.trees import codes
from tests.scaffold.trees import build_tree

CROSSING = "from {package}.models import Book\n"
BOOK = "from django.db import models\n\n\nclass Book(models.Model):\n    pass\n"


def app(folder: str, package: str, *, with_init: bool = True) -> dict[str, str | bytes]:
    """Return the files of an app whose service imports its model."""
    files: dict[str, str | bytes] = {
        f"{folder}/models.py": BOOK,
        f"{folder}/services/__init__.py": "",
        f"{folder}/services/book.py": CROSSING.format(package=package),
    }
    return {**files, f"{folder}/__init__.py": ""} if with_init else files


@pytest.mark.parametrize(
    ("folder", "package", "others"),
    [
        ("books", "books", {}),
        ("src/books", "books", {}),
        ("apps/books", "apps.books", {}),
        ("apps/books", "apps.books", {"apps/__init__.py": ""}),
        ("backend/books", "books", {"backend/manage.py": ""}),
        ("backend/apps/books", "apps.books", {"backend/manage.py": ""}),
    ],
)
def test_names_are_followed_in_each_layout(
    tmp_path: Path, folder: str, package: str, others: dict[str, str | bytes]
) -> None:
    build_tree(tmp_path, {**app(folder, package), **others})

    tree = discover([tmp_path])
    source = next(source for source in tree.sources if source.path.name == "book.py")
    assert (source.name, source.place.app, source.place.part) == (f"{package}.services.book", package, "services")


@pytest.mark.parametrize("start", ["", "apps", "apps/books", "apps/books/services", "apps/books/services/book.py"])
def test_any_path_inside_of_a_project_finds_the_whole_of_it(tmp_path: Path, start: str) -> None:
    assert codes(tmp_path, {**app("apps/books", "apps.books"), "manage.py": ""}, start) == ["L101"]


def test_an_app_without_an_init_is_an_app(tmp_path: Path) -> None:
    build_tree(tmp_path, app("books", "books", with_init=False))

    assert discover([tmp_path]).apps == ("books",)


def test_two_projects_with_an_app_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    files = {
        **app("one/books", "books"),
        **app("two/books", "books"),
        "one/manage.py": "",
        "two/manage.py": "",
        "two/books/models.py": "class Book:\n    pass\n",
        "two/books/services/book.py": "from books.models import Book\nBook.objects.all()\n",
    }
    build_tree(tmp_path, files)
    tree = discover([tmp_path])

    assert sorted(source.place.app for source in tree.sources if source.path.name == "book.py") == [
        "books",
        "two.books",
    ]
    assert codes(tmp_path, {}, "two") == ["L101"]
    # `Book` of the second one is no model.
    assert codes(tmp_path, {}) == ["L101", "L101"]


def test_a_name_in_folders_without_init_is_followed_within_the_project(tmp_path: Path) -> None:
    service = "import books.models\n\n\ndef go() -> None:\n    books.models.Book.objects.all()\n"
    files = {
        "one/manage.py": "",
        "one/books/models.py": "class Book:\n    pass\n",
        "one/books/services.py": "",
        "two/manage.py": "",
        "two/books/models.py": BOOK,
        "two/books/services.py": service,
    }

    assert codes(tmp_path, files) == ["L101", "L402"]


def test_an_app_is_one_where_another_project_has_some_of_its_modules(tmp_path: Path) -> None:
    files = {**app("one/books", "books"), "one/manage.py": "", "two/manage.py": "", "two/books/__init__.py": ""}
    files |= {"two/books/api.py": "from books.models import Book\n", "two/books/models/__init__.py": BOOK}
    build_tree(tmp_path, files)

    report = check([tmp_path])

    assert report.apps == ("books", "two.books")
    assert [(one.code, one.app) for one in report.violations] == [("L101", "books"), ("L101", "two.books")]


@pytest.mark.parametrize("paths", [(), ("shop-a", "shop-b")])
def test_projects_in_folders_that_are_no_names_are_kept_apart(tmp_path: Path, paths: tuple[str, ...]) -> None:
    crossing = "from books.models import Book\nBook.objects.all()\n"
    build_tree(
        tmp_path,
        {f"{one}/{path}": text for one in ("shop-a", "shop-b") for path, text in app("books", "books").items()}
        | {f"{one}/manage.py": "" for one in ("shop-a", "shop-b")}
        | {f"{one}/books/services/book.py": crossing for one in ("shop-a", "shop-b")},
    )
    chosen = [tmp_path / path for path in paths] or [tmp_path]

    reports = [check(chosen), check(chosen, remember=True), check(chosen, remember=True)]

    assert reports[0].apps == ("books", "shop-b.books")
    assert [one.code for one in reports[0].violations] == ["L101", "L402"] * 2
    assert reports[1:] == reports[:1] * 2


def test_a_package_hides_the_module_of_its_name_and_is_checked(tmp_path: Path) -> None:
    crossing = CROSSING.format(package="shop")
    files = app("shop", "shop") | {"shop/services/__init__.py": crossing, "shop/services.py": "def (", "manage.py": ""}
    build_tree(tmp_path, files)

    reports = [check([tmp_path]), check([tmp_path], remember=True), check([tmp_path], remember=True)]

    assert [(one.code, one.path.name) for one in reports[0].violations] == [
        ("L101", "__init__.py"),
        ("L101", "book.py"),
        ("L004", "services.py"),
        ("L001", "services.py"),
    ]
    assert reports[1:] == reports[:1] * 2


def test_what_is_in_a_layer_or_in_tests_is_no_app(tmp_path: Path) -> None:
    files = {
        **app("books", "books"),
        "books/services/api.py": "",
        "books/services/schemas.py": "",
        "books/tests/services/test_book.py": "",
        "books/tests/api/test_book.py": "",
    }
    build_tree(tmp_path, files)

    assert discover([tmp_path]).apps == ("books",)


@pytest.mark.parametrize("folder", [".hidden", "venv", "node_modules"])
def test_what_is_nobodys_code_is_passed_over(tmp_path: Path, folder: str) -> None:
    build_tree(tmp_path, {**app(f"{folder}/books", "books"), "venv/pyvenv.cfg": ""})

    with pytest.raises(NothingLayered):
        discover([tmp_path])


def test_an_app_of_django_within_a_layered_one_is_left_alone(tmp_path: Path) -> None:
    files = {
        **app("books", "books"),
        "books/reviews/__init__.py": "",
        "books/reviews/apps.py": "",
        "books/reviews/models.py": "from books.models import Book\n",
        "books/services/apps.py": CROSSING.format(package="books"),
    }

    # A service that is called apps makes the services no app.
    assert codes(tmp_path, files) == ["L101", "L101"]


def test_tests_within_a_layer_are_tests(tmp_path: Path) -> None:
    files = {**app("books", "books"), "books/services/tests/test_book.py": CROSSING.format(package="books")}

    assert codes(tmp_path, files) == ["L101"]
