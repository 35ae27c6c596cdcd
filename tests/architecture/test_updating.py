"""After a change, what is worked out from an earlier run is what a run from the beginning finds."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from django_layers.architecture import updating
from django_layers.architecture.checking import check
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CORPUS = Path(__file__).parent / "corpus"
CROSSING = "from shop.models import Book\n"

Edit = Callable[[str], str]

EDITS: dict[str, Edit] = {
    "a comment": lambda text: f"# A comment.\n{text}",
    "a line at the end": lambda text: f"{text}\n\nEXTRA = 1\n",
    "an import of a model": lambda text: f"from recipes.models import Recipe as Added\n{text}",
    "an import of Django": lambda text: f"from django.db import connection as added\n{text}",
    "no annotations of results": lambda text: re.sub(r"\) -> [^:]+:", "):", text),
    "results that may be anything": lambda text: re.sub(r"\) -> [^:]+:", ") -> object:", text),
    "other bodies": lambda text: re.sub(r"^( +)return .*$", r"\1return None", text, flags=re.MULTILINE),
    "no classes": lambda text: re.sub(r"^class (\w+)", r"class Other\1", text, flags=re.MULTILINE),
    "no bases": lambda text: re.sub(r"^class (\w+)\(.*\):", r"class \1:", text, flags=re.MULTILINE),
    "other relations": lambda text: text.replace("ForeignKey(", "ManyToManyField(").replace("related_name=", "name="),
    "no imports": lambda text: re.sub(r"^(from|import) .*$", "", text, flags=re.MULTILINE),
    "nothing": lambda text: "",
    "half a statement": lambda text: f"{text}\ndef (",
}


def places(root: Path, *, remember: bool) -> list[object]:
    return [
        (one.path.name, one.line, one.column, one.code, one.symbol, one.message)
        for one in check([root], remember=remember).violations
    ]


def edits(count: int, every: int = 1) -> list[tuple[str, str]]:
    """Return files of the corpus, each with edits that are chosen by its name, so that a failure comes again."""
    names = [path.relative_to(CORPUS).as_posix() for path in sorted(CORPUS.rglob("*.py")) if path.read_text().strip()]
    return [(name, edit) for name in names[::every] for edit in random.Random(name).sample(sorted(EDITS), count)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the corpus with what is remembered of it."""
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(CORPUS, root, dirs_exist_ok=True)
    check([root], remember=True)
    return root


@pytest.mark.parametrize(("name", "edit"), edits(1, every=8))
def test_an_edit_of_the_corpus_is_followed(corpus: Path, name: str, edit: str) -> None:
    follow(corpus, name, edit)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "edit"), edits(2))
def test_many_edits_of_the_corpus_are_followed(corpus: Path, name: str, edit: str) -> None:
    follow(corpus, name, edit)


def follow(corpus: Path, name: str, edit: str) -> None:
    """Edit a file, compare what is found with what a run from the beginning finds, and take the edit back."""
    kept = next((corpus / ".layers-cache").glob("*.bin"))
    before, memory = (corpus / name).read_text(), kept.read_bytes()
    edited = EDITS[edit](before)
    (corpus / name).write_text(edited)
    try:
        path, text = corpus / name, {corpus / name: edited.encode()}
        assert check([path], text, remember=True).violations == check([path], text).violations
        assert places(corpus, remember=True) == places(corpus, remember=False)
    finally:
        (corpus / name).write_text(before)
        kept.write_bytes(memory)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules that the rules look at after a change."""
    names: list[str] = []

    def judges(subject: updating.Subject, rules: object) -> Iterator[object]:
        names.append(subject.module.name)
        return iter(())

    monkeypatch.setattr(updating, "judge", judges)
    return names


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        **APP,
        "shop/helpers.py": "def books() -> int:\n    return 1\n",
        "shop/types.py": "def pages() -> int:\n    return 1\n",
        "shop/schemas.py": "from shop.helpers import books\nfrom shop.types import pages\n",
        "shop/repositories.py": "def rows() -> int:\n    return 1\n",
        "shop/services.py": "from shop.helpers import books\nfrom shop.repositories import rows\nfrom shop.types import pages\n",
        "shop/api.py": "from shop import schemas\n",
        "shop/views.py": "",
    }
    build_tree(tmp_path, files)
    check([tmp_path], remember=True)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("types", "def pages() -> int:\n    return 2\n", set()),
        # What happens in repositories is looked at by a rule about services.
        ("repositories", "def rows() -> int:\n    return 2\n", {"services"}),
        ("types", "def pages() -> str:\n    return 2\n", {"services", "schemas", "api", "models"}),
        ("types", "def pages():\n    return 2\n", {"services", "schemas", "api", "models"}),
        # What the body of a module of no layer uses is what it leads to.
        ("helpers", "def books() -> int:\n    return some()\n", {"services", "schemas", "api", "models"}),
        ("helpers", "def books() -> int:\n    return 1\n\n\n# A comment.\n", set()),
    ],
)
def test_only_what_can_depend_on_a_change_is_looked_at(
    project: Path, judged: list[str], name: str, text: str, expected: set[str]
) -> None:
    build_tree(project, {f"shop/{name}.py": text})
    check([project], remember=True)

    assert set(judged) - {f"shop.{name}"} == {f"shop.{one}" for one in expected}


def test_a_name_that_stands_for_something_else_now_is_followed_to_that(tmp_path: Path) -> None:
    service = "from {} import Book\n\n\ndef made() -> Book:\n    book = Book()\n    book.save()\n    return book\n"
    build_tree(tmp_path, {**APP, "shop/services.py": service.format("shop.models")})
    check([tmp_path], remember=True)
    build_tree(tmp_path, {"shop/services.py": service.format("elsewhere")})

    assert places(tmp_path, remember=True) == places(tmp_path, remember=False) == []


def test_a_class_of_repositories_that_begins_to_ask_the_database_is_seen_in_services(tmp_path: Path) -> None:
    stored = "from shop.models import Book\n\n\nclass Shelf:\n    def books(self) -> int:\n        return {}\n"
    service = "from shop.repositories import Shelf\n"
    build_tree(tmp_path, {**APP, "shop/repositories.py": stored.format("1"), "shop/services.py": service})
    check([tmp_path], remember=True)
    build_tree(tmp_path, {"shop/repositories.py": stored.format("Book.objects.count()")})

    assert "L104" in {one.code for one in check([tmp_path], remember=True).violations}


def test_of_a_change_only_what_is_asked_about_is_looked_at(project: Path, judged: list[str]) -> None:
    path = project / "shop" / "helpers.py"
    check([path], {path: b"def books() -> str:\n    return 3\n"}, remember=True)

    assert judged == ["shop.helpers"]


def test_after_many_changes_all_is_looked_at_and_remembered(project: Path, judged: list[str]) -> None:
    names = [f"shop/services_{number}.py" for number in range(updating.MOST_CHANGES + 1)]
    build_tree(project, dict.fromkeys(names, ""))
    check([project], remember=True)
    build_tree(project, dict.fromkeys(names, "x = 1\n"))
    check([project], remember=True)

    assert judged == []


def test_changes_add_up(project: Path) -> None:
    build_tree(project, {"shop/helpers.py": CROSSING})
    assert places(project, remember=True) == places(project, remember=False)
    build_tree(project, {"shop/views.py": "from shop import helpers\n"})
    assert places(project, remember=True) == places(project, remember=False)
    build_tree(project, {"shop/helpers.py": "", "shop/services.py": "from shop.views import helpers\n"})
    assert places(project, remember=True) == places(project, remember=False)
