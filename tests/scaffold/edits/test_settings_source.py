"""Finding the file that holds INSTALLED_APPS."""

from pathlib import Path

import pytest

from django_layers.scaffold.edits.settings_source import find_settings_source


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def found(root: Path, settings: str) -> str | None:
    def resolve(module: str) -> Path | None:
        path = root.joinpath(*module.split("."))
        for candidate in (path.with_suffix(".py"), path / "__init__.py"):
            if candidate.is_file():
                return candidate
        return None

    result = find_settings_source(root / settings, resolve)
    return None if result is None else result.relative_to(root).as_posix()


BASE = 'INSTALLED_APPS = ["shop"]\n'


@pytest.mark.parametrize(
    ("imports", "base"),
    [
        ("from .base import *", "config/settings/base.py"),
        ("from config.settings.base import *", "config/settings/base.py"),
        ("from .base import INSTALLED_APPS", "config/settings/base.py"),
        ("from ..common import *", "config/common.py"),
        ("from ..shared import *", "config/shared/__init__.py"),
        ("try:\n    from .base import *\nexcept ImportError:\n    pass", "config/settings/base.py"),
    ],
)
def test_imports_are_followed_to_the_base_module(tmp_path: Path, imports: str, base: str) -> None:
    settings = "config/settings/local.py"
    write(tmp_path, {base: BASE, settings: f'{imports}\n\nINSTALLED_APPS += ["debug_toolbar"]\n'})
    assert found(tmp_path, settings) == base


def test_a_package_imports_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, {"settings/__init__.py": "from .base import *\n", "settings/base.py": BASE})
    assert found(tmp_path, "settings/__init__.py") == "settings/base.py"


def test_a_package_can_be_followed_through_its_dots_alone(tmp_path: Path) -> None:
    write(tmp_path, {"settings/__init__.py": BASE, "settings/dev.py": "from . import *\n"})
    assert found(tmp_path, "settings/dev.py") == "settings/__init__.py"


def test_chains_are_followed_and_the_last_import_wins(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "s/a.py": BASE,
            "s/b.py": "from .c import *\n",
            "s/c.py": BASE,
            "s/top.py": "from .a import *\nfrom .b import *\n",
        },
    )
    assert found(tmp_path, "s/top.py") == "s/c.py"


def test_a_module_with_its_own_list_is_the_place(tmp_path: Path) -> None:
    write(tmp_path, {"s/base.py": BASE, "s/top.py": f"from .base import *\n{BASE}"})
    assert found(tmp_path, "s/top.py") == "s/top.py"


def test_a_list_in_a_configuration_class_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"s.py": f"class Common:\n    {BASE}"})
    assert found(tmp_path, "s.py") == "s.py"


def test_circles_end(tmp_path: Path) -> None:
    write(tmp_path, {"s/a.py": "from .b import *\n", "s/b.py": "from .a import *\n"})
    assert found(tmp_path, "s/a.py") is None


def test_modules_outside_of_the_project_and_broken_ones_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"s/a.py": "from company.settings import *\nfrom .b import *\n", "s/b.py": "INSTALLED_APPS = [\n"})
    assert found(tmp_path, "s/a.py") is None
