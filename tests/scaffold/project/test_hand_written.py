"""What is read from repositories that no command wrote."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.project.hand_written import repository_owner
from django_layers.scaffold.project.layout import AppLayout

APP = AppLayout(label="diaries", package="diaries", path=PurePosixPath("diaries"))
BASES = "ModelRepository[Diary, DiaryRead, DiaryInsert, DiaryChanges, DiaryQuery]"


def owner_in(root: Path, source: str, file: str = "repositories/orm/diary.py") -> str | None:
    """Write a module of repositories, and ask it whose the rows of `Diary` are."""
    place = root / "diaries" / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(source)
    return repository_owner(root, APP, "Diary")


@pytest.mark.parametrize("file", ["repositories/orm/diary.py", "repositories.py", "repositories_orm.py"])
def test_the_owner_of_a_repository_is_found_wherever_repositories_are(tmp_path: Path, file: str) -> None:
    assert owner_in(tmp_path, f'class Diaries({BASES}):\n    owner = "user"\n', file) == "user"


@pytest.mark.parametrize(
    ("source", "owner"),
    [
        (f'class Diaries({BASES}):\n    owner: ClassVar = "writer"\n', "writer"),
        (f'class Diaries({BASES.replace("Diary,", "models.Diary,")}):\n    owner = "user"\n', "user"),
        (f'class Diaries(layers.{BASES}):\n    owner = "user"\n', "user"),
        (f"class Diaries({BASES}):\n    pass\n", ""),
        (f"class Diaries({BASES}):\n    owner = None\n", ""),
        (f'class Notes({BASES.replace("Diary,", "Note,")}):\n    owner = "user"\n', None),
        (f'class All({BASES}): pass\nclass Own({BASES}):\n    owner = "user"\n', "user"),
        ('class Diary:\n    owner = "user"\n', None),
        (f"class Diaries({BASES}\n", None),
    ],
)
def test_only_a_repository_of_the_model_says_whose_its_rows_are(tmp_path: Path, source: str, owner: str | None) -> None:
    assert owner_in(tmp_path, source) == owner


def test_an_app_without_repositories_says_nothing(tmp_path: Path) -> None:
    assert repository_owner(tmp_path, APP, "Diary") is None
