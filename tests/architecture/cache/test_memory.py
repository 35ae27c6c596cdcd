"""What is remembered is only believed where nothing has changed, and whatever happens to the file, the check is right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from django_layers.architecture import looking, reading, updating
from django_layers.architecture.cache import memory
from django_layers.architecture.cache.digests import digest_of_file
from django_layers.architecture.checking import check
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

REPOSITORY = Path(__file__).parents[3]
CROSSING = "from shop.models import Book\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a violation, a suppression and a file of no layer, and what is remembered of it."""
    files = {**APP, "shop/services.py": CROSSING, "shop/odds.py": "", "manage.py": ""}
    build_tree(tmp_path, {**files, "shop/api.py": f"{CROSSING[:-1]}  # layers: ignore[L101] until=2999-01-01 today\n"})
    check([tmp_path], remember=True)
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read for their facts."""
    names: list[str] = []

    def reads(source: reading.Source, texts: dict[Path, bytes]) -> object:
        names.append(source.path.name)
        return reading.read_source(source, texts)

    monkeypatch.setattr(looking, "read_source", reads)
    monkeypatch.setattr(updating, "read_source", reads)
    return names


def codes(root: Path) -> list[str]:
    report = check([root], remember=True)
    assert report == check([root])
    return [one.code for one in report.violations]


def stored(root: Path) -> Path:
    [path] = (root / ".layers-cache").glob("*.bin")
    return path


def test_a_second_run_finds_the_same_and_reads_nothing(project: Path, read: list[str]) -> None:
    first = check([project], remember=True)

    assert read == []
    assert first == check([project])
    assert [one.code for one in first.violations] == ["L004", "L101"]
    assert first.suppressed == 1


def test_a_part_of_the_project_is_taken_from_what_is_remembered_of_all(project: Path, read: list[str]) -> None:
    assert [one.code for one in check([project / "shop" / "services.py"], remember=True).violations] == ["L101"]
    assert read == []


def test_the_same_time_and_size_with_another_content_is_noticed(project: Path) -> None:
    path = project / "shop" / "services.py"
    before = path.stat()
    path.write_text(" " * (len(CROSSING) - 1) + "\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert codes(project) == ["L004"]


def test_only_what_has_changed_and_what_that_leads_to_is_read_again(project: Path, read: list[str]) -> None:
    build_tree(project, {"shop/services.py": f"{CROSSING}\nBook.objects.all()\n"})
    report = check([project], remember=True)

    assert read == ["services.py", "models.py"]
    assert report == check([project])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"shop/schemas.py": CROSSING}, ["L004", "L101", "L101"]),
        ({"shop/schemas.py": "def ("}, ["L004", "L001", "L101"]),
        ({"pyproject.toml": '[tool.django_layers]\nseverity.L004 = "off"\n'}, ["L101"]),
        ({"shop/models.py": "Book = 3\n"}, ["L004", "L101"]),
    ],
)
def test_new_files_and_another_configuration_are_noticed(
    project: Path, change: dict[str, str], expected: list[str]
) -> None:
    build_tree(project, change)

    assert sorted(codes(project)) == sorted(expected)


def test_a_file_that_is_gone_is_noticed(project: Path) -> None:
    (project / "shop" / "services.py").unlink()

    assert "L101" not in codes(project)


def test_a_file_that_cannot_be_opened_is_noticed_each_time(project: Path) -> None:
    (project / "shop" / "schemas.py").symlink_to(project / "gone.py")

    assert "L002" in codes(project)
    assert "L002" in codes(project)


@pytest.mark.parametrize("kept", [0, 1, 20, 100, 400, -1, -50])
def test_a_truncated_cache_is_built_anew(project: Path, kept: int) -> None:
    path = stored(project)
    content = path.read_bytes()
    path.write_bytes(content[:kept])
    build_tree(project, {"shop/services.py": f"{CROSSING}# Changed.\n"})

    assert codes(project) == ["L004", "L101"]
    assert len(path.read_bytes()) > 400


@pytest.mark.parametrize("position", range(0, 2000, 97))
def test_a_damaged_cache_changes_nothing(project: Path, position: int) -> None:
    path = stored(project)
    content = bytearray(path.read_bytes())
    content[position % len(content)] ^= 0x15
    path.write_bytes(content)
    build_tree(project, {"shop/schemas.py": "x = 1\n"})

    assert codes(project) == ["L004", "L101"]


def test_a_cache_of_another_version_is_not_believed(
    project: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    monkeypatch.setattr(memory, "digest_of_tool", lambda: "another")
    check([project], remember=True)

    assert "services.py" in read


def test_two_runs_at_once_leave_a_whole_cache(project: Path) -> None:
    program = "import sys; from django_layers.__main__ import main; sys.exit(main(['check']))"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": ""}
    for path in (project / ".layers-cache").glob("*.bin"):
        path.unlink()
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]

    assert {run.communicate()[0].count(b"L101") for run in runs} == {2}
    assert {run.returncode for run in runs} == {1}
    assert [path.suffix for path in (project / ".layers-cache").iterdir() if path.name != ".gitignore"] == [".bin"]
    assert codes(project) == ["L004", "L101"]


def test_the_folder_keeps_itself_out_of_version_control(project: Path) -> None:
    assert (project / ".layers-cache" / ".gitignore").read_text() == "*\n"


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    build_tree(tmp_path, {**APP, "shop/services.py": CROSSING, ".layers-cache": "a file\n"})

    assert codes(tmp_path) == ["L101"]


def test_what_an_editor_holds_is_not_remembered(project: Path, read: list[str]) -> None:
    path = project / "shop" / "services.py"

    assert check([path], {path: b"x = 1\n"}, remember=True).violations == ()
    assert [one.code for one in check([path], remember=True).violations] == ["L101"]
    assert read == ["services.py"]


def test_a_file_that_is_written_while_it_is_looked_at_is_not_remembered(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored(project).read_bytes()
    path = project / "shop" / "schemas.py"
    path.write_text("x = 1\n")

    def reads(source: reading.Source, texts: dict[Path, bytes]) -> object:
        path.write_text("x = 2\n")
        return reading.read_source(source, texts)

    monkeypatch.setattr(looking, "read_source", reads)
    check([project], remember=True)

    assert stored(project).read_bytes() == before


@pytest.mark.parametrize("half", ["", "from shop", "def ("])
def test_what_is_found_in_a_half_written_file_is_not_remembered_of_the_whole_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    path = project / "shop" / "schemas.py"
    path.write_text(CROSSING)
    stored(project).unlink()

    def reads(source: reading.Source, texts: dict[Path, bytes]) -> object:
        path.write_text(half)
        return reading.read_source(source, texts)

    with monkeypatch.context() as saving:
        saving.setattr(looking, "read_source", reads)
        check([project], remember=True)
    path.write_text(CROSSING)

    assert codes(project) == ["L004", "L101", "L101"]


def test_a_file_that_is_written_and_restored_while_it_is_looked_at_is_not_remembered(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project / "shop" / "schemas.py"
    path.write_text(CROSSING)
    stored(project).unlink()

    def reads(source: reading.Source, texts: dict[Path, bytes]) -> object:
        path.write_text("")
        found = reading.read_source(source, texts)
        path.write_text(CROSSING)
        return found

    with monkeypatch.context() as saving:
        saving.setattr(looking, "read_source", reads)
        # The clock of files ticks slowly, and the run is to begin before its last tick.
        saving.setattr(memory.time, "time_ns", lambda: path.stat().st_ctime_ns - 1)
        check([project], remember=True)

    assert codes(project) == ["L004", "L101", "L101"]


def test_the_file_is_not_open_while_it_is_replaced(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("The system does not tell which files are open.")
    path = stored(project)
    build_tree(project, {"shop/more.py": "x = 1\n"})
    replaces, open_then = Path.replace, []

    def replace(source: Path, target: Path) -> Path:
        open_then.extend(os.path.realpath(one) for one in descriptors.iterdir())
        return replaces(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    check([project], remember=True)

    assert open_then
    assert str(path) not in open_then


class TestAnEditor:
    """What an editor holds is checked against what other files hold now, of which it looks at few."""

    def found(self, project: Path, content: str, path: str = "shop/services.py") -> list[str]:
        file = project / path
        return [one.code for one in check([file], {file: content.encode()}, remember=True).violations]

    @pytest.fixture(autouse=True)
    def _digested(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # A cache that is a moment old is not relied on, since a file could be written twice at one tick of the clock.
        monkeypatch.setattr(memory, "_TICK", -(10**12))
        self.digested: list[str] = []

        def digests(path: str) -> str:
            self.digested.append(Path(path).name)
            return digest_of_file(path)

        monkeypatch.setattr(memory, "digest_of_file", digests)

    @pytest.fixture
    def kept(self, project: Path) -> Path:
        """The project, with a cache that is old enough to be relied on."""
        stored(project).unlink()
        check([project], remember=True)
        self.digested.clear()
        return project

    def test_has_no_other_file_digested(self, kept: Path) -> None:
        assert self.found(kept, "from shop.models import Book\nBook.objects.all()\n") == ["L101", "L402"]
        assert self.digested == []

    def test_reads_no_file_that_its_own_does_not_lead_to(self, kept: Path, read: list[str]) -> None:
        self.found(kept, CROSSING)

        assert read == ["services.py", "models.py"]

    def test_sees_what_another_file_holds_now(self, kept: Path) -> None:
        content = "from shop.odds import something\nsomething.objects.all()\n"

        assert self.found(kept, content) == ["L403"]
        build_tree(kept, {"shop/odds.py": "from shop.models import Book as something\n"})
        assert self.found(kept, content) == ["L101", "L102", "L402"]
        assert self.digested == []

    @pytest.mark.parametrize("content", ["class Book:\n    pass\n", "x = 1\n"])
    def test_sees_that_a_model_is_none_any_more(self, kept: Path, content: str) -> None:
        asked = "from shop.models import Book\nBook.objects.all()\n"
        build_tree(kept, {"shop/models.py": content})

        assert "L402" not in self.found(kept, asked)
        assert "models.py" in self.digested

    def test_sees_another_model_whatever_its_time_stamp_says(self, kept: Path) -> None:
        path = kept / "shop" / "models.py"
        before, text = path.stat(), path.read_text()
        path.write_text(text.replace("class Book", "class Cook"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

        assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        assert self.found(kept, "from shop.models import Cook\nCook.objects.all()\n") == ["L101", "L402"]
        assert "models.py" in self.digested

    def test_sees_that_files_come_and_go(self, kept: Path) -> None:
        content = "from shop.more import something\nsomething.objects.all()\n"

        assert self.found(kept, content) == []
        build_tree(kept, {"shop/more.py": "from shop.models import Book as something\n"})
        assert "L402" in self.found(kept, content)

    def test_sees_a_model_that_it_holds_itself(self, kept: Path) -> None:
        content = "from django.db import models\n\n\nclass Row(models.Model):\n    pass\n\n\nRow.objects.all()\n"

        assert "L402" in self.found(kept, content)

    def test_has_no_other_file_read_for_half_a_statement(self, kept: Path, read: list[str]) -> None:
        assert self.found(kept, "def (") == ["L001"]
        assert (read, self.digested) == (["services.py"], [])

    def test_mends_a_file_that_could_not_be_read(self, kept: Path) -> None:
        build_tree(kept, {"shop/services.py": "def ("})
        assert "L001" in codes(kept)
        self.digested.clear()

        assert self.found(kept, CROSSING) == ["L101"]
        assert self.digested == []

    def test_mends_a_file_of_models_that_could_not_be_read(self, kept: Path) -> None:
        text = (kept / "shop" / "models.py").read_text()
        build_tree(kept, {"shop/models.py": "def ("})
        assert "L001" in codes(kept)

        assert self.found(kept, f"{text}\n\nBook.objects.all()\n", "shop/models.py") == []

    def test_relies_on_no_cache_that_is_a_moment_old(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(memory, "_TICK", 10**12)
        stored(kept).unlink()
        check([kept], remember=True)
        self.digested.clear()

        assert self.found(kept, CROSSING) == ["L101"]
        assert "models.py" in self.digested
