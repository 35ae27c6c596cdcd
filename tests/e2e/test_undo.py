"""A command and its undo leave a tree byte for byte as it was, whatever the project is like."""

from pathlib import Path

import pytest

from tests.e2e.undoing import SHAPES, undone
from tests.scaffold.projects import TestProject
from tests.scaffold.trees import snapshot

# A hand edit in each kind of file, given as what it replaces and by what.
EDITS = {
    "recipes/types.py": ("The mood of", "What is the mood of"),
    "recipes/models/rating.py": ("class Rating(", "OWN = 1\n\n\nclass Rating("),
    "recipes/schemas/rating.py": ("class RatingCreate(", "OWN = 1\n\n\nclass RatingCreate("),
    "recipes/repositories/rating.py": ("class RatingRepository(", "OWN = 1\n\n\nclass RatingRepository("),
    "recipes/repositories/orm/rating.py": ("class Django", "OWN = 1\n\n\nclass Django"),
    "recipes/services/rating.py": ("class RatingService", "OWN = 1\n\n\nclass RatingService"),
    "recipes/dependencies.py": ("the service of ratings", "whatever serves ratings"),
    "recipes/api/rating.py": ("router = Router(", "OWN = 1\nrouter = Router("),
    "recipes/tests/memory.py": ("the service of ratings", "whatever serves ratings"),
    "recipes/tests/factories/rating.py": ("class RatingFactory(", "OWN = 1\n\n\nclass RatingFactory("),
    "recipes/tests/services/test_rating.py": ("\n\n\ndef test_", "\n\n\nOWN = 1\n\n\ndef test_"),
    "recipes/tests/api/test_rating.py": ("\n\n\ndef test_", "\n\n\nOWN = 1\n\n\ndef test_"),
}


def there_and_back(shape: str, root: Path, count: int) -> None:
    project, start = SHAPES[shape](root)
    before = snapshot(root)
    started = project.manage(*start)
    assert started.code == 0, started.err
    layered = snapshot(root)

    undone(project, count)
    assert snapshot(root) == layered
    ran = project.manage("removelayer", "recipes")

    assert ran.code == 0, ran.err
    assert snapshot(root) == before


@pytest.mark.parametrize(("shape", "count"), [("single modules", 3), ("sub-package", 1)])
def test_a_few_entities_leave_no_byte_behind(shape: str, count: int, tmp_path: Path) -> None:
    there_and_back(shape, tmp_path / "project", count)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_five_entities_leave_no_byte_behind(shape: str, tmp_path: Path) -> None:
    there_and_back(shape, tmp_path / "project", 5)


@pytest.mark.long
@pytest.mark.parametrize("shape", ["packages", "single modules"])
def test_twenty_entities_leave_no_byte_behind(shape: str, tmp_path: Path) -> None:
    there_and_back(shape, tmp_path / "project", 20)


def with_ratings(shape: str, root: Path) -> TestProject:
    project, start = SHAPES[shape](root)
    rating = ("recipe:fk=recipes.Recipe", "user:owner", "stars:int:min=1:max=5", "mood:choice=glad,sad")
    recipe = ("addentity", "Recipe", "title:str", "--migrate")
    for command in (start, recipe, ("addentity", "Rating", *rating, "--migrate")):
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project with recipes and their ratings, to be copied and not to be changed."""
    return with_ratings("packages", tmp_path_factory.mktemp("rated") / "project")


@pytest.mark.long
@pytest.mark.parametrize("path", EDITS)
def test_an_edited_file_of_any_kind_stops_the_run_and_either_flag_leaves_a_project_that_works(
    rated: TestProject, path: str, tmp_path: Path
) -> None:
    project = rated.copy(tmp_path / "kept")
    file = project.root / path
    text = file.read_text()
    assert EDITS[path][0] in text
    file.write_text(text.replace(*EDITS[path], 1))
    edited, before = file.read_bytes(), snapshot(project.root)
    forced = project.copy(tmp_path / "forced")

    refused = project.manage("removeentity", "Rating")
    assert (refused.code, path in refused.out) == (1, True), refused.err
    assert snapshot(project.root) == before

    for each, flags in ((forced, ("--force", path)), (project, ("--keep-edited",))):
        ran = each.manage("removeentity", "Rating", *flags)
        assert ran.code == 0, ran.err
        tested = each.python("-m", "pytest", "-q", "-p", "no:cacheprovider")
        assert tested.code == 0, tested.out
    assert not (forced.root / path).exists() or b"rating" not in (forced.root / path).read_bytes().lower()
    assert file.read_bytes() == edited or not path.endswith("rating.py")


@pytest.mark.slow
def test_a_kept_test_of_endpoints_passes_where_a_layer_is_one_module(tmp_path: Path) -> None:
    project = with_ratings("single modules", tmp_path / "project")
    path = "recipes/tests/api/test_rating.py"
    file = project.root / path
    file.write_text(file.read_text().replace(*EDITS[path], 1))

    ran = project.manage("removeentity", "Rating", "--keep-edited")

    assert ran.code == 0, ran.err
    assert not (project.root / "recipes/tests/services/test_rating.py").exists()
    tested = project.python("-m", "pytest", "-q", "-p", "no:cacheprovider", path)
    assert tested.code == 0, tested.out
