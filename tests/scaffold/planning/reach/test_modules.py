"""The modules of a project as a plan leaves them."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.planning.reach.modules import Modules, UnknowableError
from tests.scaffold.planning.reach.projects import plan_of, project_of

FILES = {"recipes/__init__.py": "", "recipes/types.py": "X = 1\n", "helpers/notes.txt": "", "helpers/text.py": ""}


def test_modules_have_their_dotted_names_and_what_they_hold(tmp_path: Path) -> None:
    project = project_of(tmp_path, FILES)

    modules = Modules(
        project, plan_of(tmp_path, {"recipes/types.py": "X = 2\n", "recipes/new.py": "", "helpers/text.py": None})
    )

    assert modules.contents == {"recipes": b"", "recipes.types": b"X = 2\n", "recipes.new": b""}
    assert modules.path_of("recipes") == PurePosixPath("recipes/__init__.py")
    assert (modules.package_of("recipes"), modules.package_of("recipes.types")) == ("recipes", "recipes")
    assert modules.is_planned("recipes.types")
    assert not modules.is_planned("recipes")


@pytest.mark.parametrize("folder", [".venv", "node_modules", "recipes/tests", "recipes/migrations", "environment"])
def test_what_is_not_loaded_with_the_project_is_none(tmp_path: Path, folder: str) -> None:
    project = project_of(tmp_path, {f"{folder}/module.py": "", "environment/pyvenv.cfg": ""})

    assert Modules(project, plan_of(tmp_path, {f"{folder}/other.py": ""})).contents.keys() <= {
        "recipes.migrations.other",
        ".venv.other",
        "node_modules.other",
        "environment.other",
    }


def test_a_link_within_the_project_is_not_walked_twice_and_one_that_leads_out_is_not_known(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", FILES)
    root = project.layout.root
    (root / "helpers/up").symlink_to(root)

    assert Modules(project, plan_of(root, {})).contents.keys() == {"recipes", "recipes.types", "helpers.text"}

    (tmp_path / "outside").mkdir()
    (root / "helpers/out").symlink_to(tmp_path / "outside")
    with pytest.raises(UnknowableError):
        Modules(project, plan_of(root, {}))


def test_of_a_folder_that_can_not_be_read_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_of(tmp_path, FILES)

    def scandir(path: str) -> None:
        raise PermissionError(path)

    monkeypatch.setattr("os.scandir", scandir)
    with pytest.raises(UnknowableError):
        Modules(project, plan_of(tmp_path, {}))
