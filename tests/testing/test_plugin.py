"""The pytest plugin: light to load, and there without being asked for."""

import subprocess
import sys

from django_layers.testing import MemoryDatabase


def test_loading_the_plugin_imports_neither_django_nor_factory_boy_nor_pydantic() -> None:
    code = (
        "import sys, django_layers.testing.plugin\n"
        "heavy = {'django', 'factory', 'ninja', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (run.returncode, run.stderr) == (0, "")


def test_the_testing_package_names_what_it_offers_before_django_is_configured() -> None:
    code = "import django_layers.testing as testing; print(dir(testing) == sorted(testing.__all__))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == ("True\n", "")


def test_the_fixture_is_an_empty_database_in_memory(memory_database: MemoryDatabase) -> None:
    assert isinstance(memory_database, MemoryDatabase)
