"""The pytest plugin: light to load, and there without being asked for."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path


def test_loading_the_plugin_imports_neither_django_nor_factory_boy_nor_pydantic() -> None:
    code = (
        "import sys, django_layers.testing.plugin\n"
        "heavy = {'django', 'factory', 'ninja', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (run.returncode, run.stderr) == (0, "")


def test_the_testing_package_names_what_it_offers_before_django_is_configured() -> None:
    code = "import django_layers.testing as testing; print(dir(testing) == sorted(testing.__all__))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == ("True\n", "")


def test_the_fixture_is_an_empty_database_in_memory(tmp_path: Path) -> None:
    test = tmp_path / "test_fixture.py"
    test.write_text(
        "from django_layers.testing import MemoryDatabase\n"
        "def test_it(memory_database):\n"
        "    assert isinstance(memory_database, MemoryDatabase)\n"
    )
    installed = any(each.name == "django_layers" for each in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "django_layers.testing.plugin"]

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugin, "--rootdir", str(tmp_path), str(test)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 passed" in run.stdout, run.stdout + run.stderr
