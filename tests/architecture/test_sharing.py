"""Several processes that share a project find and remember what one does, and where one of them is lost, one does it all."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from django_layers.architecture.configuration.layout import Layout
from django_layers.architecture.sharing import shares
from django_layers.architecture.tree.discovery import Source, discover
from django_layers.architecture.tree.places import Place
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CORPUS = Path(__file__).parent / "corpus"

# Processes with threads are not copied, and tests may run in one; a project of a test is smaller than what is shared.
PROGRAM = """
import json, os, signal, sys
from pathlib import Path

from django_layers.architecture import checking, looking, sharing
from django_layers.architecture.cache import memory

root, count, fails = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
looking.processors = lambda: count
looking._FEWEST = 1
# Nothing is written during a run, so that what the file system says of a new file is remembered too.
memory._TICK = 0
first, alone = os.getpid(), looking._look_alone
done_alone = []
looking._look_alone = lambda *given: done_alone.append(1) or alone(*given)
judged = sharing._Share.judged
if fails == "lost":
    sharing._Share.judged = lambda *given: judged(*given) if os.getpid() == first else os._exit(3)
elif fails == "wrong":
    sharing._Share.judged = lambda *given: judged(*given) if os.getpid() == first else 1 / 0
elif fails == "unheard of":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
elif fails == "refused":
    os.fork = lambda: (_ for _ in ()).throw(BlockingIOError("no room"))
report = checking.check([root], remember=True)
found = [[str(one.path), one.line, one.column, one.code, one.symbol, one.message] for one in report.violations]
print(json.dumps([found, report.files, list(report.apps), report.suppressed, bool(done_alone)]))
"""


def found(root: Path, count: int, fails: str = "") -> tuple[list[object], bytes, bool]:
    """Return what so many processes find, what they remember, and whether one did it all in the end."""
    shutil.rmtree(root / ".layers-cache", ignore_errors=True)
    command = [sys.executable, "-c", PROGRAM, str(root), str(count), fails]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    *report, is_alone = json.loads(ran.stdout)
    [kept] = (root / ".layers-cache").glob("*.bin")
    return report, kept.read_bytes(), is_alone


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(CORPUS, root, dirs_exist_ok=True)
    (root / "recipes" / "broken.py").write_text("def (")
    return root


@pytest.mark.parametrize("count", [2, 3, 7])
def test_processes_find_and_remember_what_one_does(corpus: Path, count: int) -> None:
    report, kept, is_alone = found(corpus, 1)
    assert is_alone
    assert found(corpus, count) == (report, kept, False)


@pytest.mark.parametrize("fails", ["lost", "wrong", "refused"])
def test_one_does_it_all_where_another_is_lost(corpus: Path, fails: str) -> None:
    report, kept, _ = found(corpus, 1)
    assert found(corpus, 3, fails) == (report, kept, True)


def test_a_process_need_not_hear_of_the_end_of_others(corpus: Path) -> None:
    # Whoever starts a process may have said that, and it is handed on.
    report, kept, _ = found(corpus, 1)
    assert found(corpus, 3, "unheard of") == (report, kept, False)


def test_models_of_other_shares_are_known(tmp_path: Path) -> None:
    model = "from django.db import models\nfrom base.models.{0} import Base\n\n\nclass {1}(Base):\n    x = {2}\n"
    crossing = "def go(one: object) -> None:\n    one.pages_of_books.all()\n"
    files = {
        "manage.py": "",
        "base/__init__.py": "",
        "base/models/common.py": "from django.db import models\n\n\nclass Base(models.Model):\n    pass\n",
        "base/services.py": crossing,
        "shop/models/book.py": model.format("common", "Book", 'models.ManyToManyField("Page", related_name="books")'),
        "zoo/models/page.py": model.format(
            "common", "Page", 'models.ForeignKey("shop.Book", related_name="pages_of_books")'
        ),
        "zoo/services.py": "from shop.models.book import Book\n\n\ndef go(book: Book) -> None:\n    book.pages_of_books.all()\n",
        "shop/services.py": "from zoo.models.page import Page\n\n\ndef go(page: Page) -> None:\n    page.books.all()\n",
    }
    packages = {f"{app}/{name}__init__.py": "" for app in ("base", "shop", "zoo") for name in ("", "models/")}
    build_tree(tmp_path, {**packages, **files})

    report, kept, _ = found(tmp_path, 1)
    assert {"L412", "L402"} & {one[3] for one in report[0]}  # type: ignore[index]
    assert found(tmp_path, 4) == (report, kept, False)


def test_shares_are_about_as_large_and_keep_apps_whole() -> None:
    sources = [
        Source(Path(f"{app}/{number}.py"), f"{app}.m{number}", Path(), Place(app, "services"))
        for app, many in (("a", 30), ("b", 33), ("c", 27), ("d", 30))
        for number in range(many)
    ]

    parted = shares(sources, 2)

    assert [one for part in parted for one in part] == sources
    assert [{one.place.app for one in part} for part in parted] == [{"a", "b"}, {"c", "d"}]


def test_an_app_that_is_most_of_a_project_is_parted(tmp_path: Path) -> None:
    build_tree(tmp_path, {**APP, **{f"shop/services/s{number}.py": "" for number in range(40)}})
    sources = discover([tmp_path], Layout()).sources

    parted = shares(sources, 3)

    assert [one for part in parted for one in part] == list(sources)
    assert max(map(len, parted)) - min(map(len, parted)) < 8


def test_there_may_be_fewer_files_than_shares() -> None:
    source = Source(Path("a.py"), "a", Path(), Place())

    assert [one for part in shares([source], 3) for one in part] == [source]
