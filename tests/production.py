"""Run in an environment without the extras: the runtime imports, and a command says in one sentence what to install.

    python tests/production.py

Prints what it checked and exits 0, or fails with an AssertionError. It is a script, because pytest is not there.
"""

import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ABSENT = ("jinja2", "inflection", "ruff", "pytest", "factory", "hypothesis", "mypy")
RUNTIME = ("errors", "schemas", "services", "repositories", "api", "conf", "checks", "layers")


def main() -> None:
    """Check the environment, the imports and the commands."""
    present = [name for name in ABSENT if importlib.util.find_spec(name)]
    assert not present, f"this environment is no production: it has {', '.join(present)}"
    import_runtime()
    with tempfile.TemporaryDirectory() as folder:
        run_command(Path(folder))


def import_runtime() -> None:
    """Import every room of the runtime with Django set up."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "ninja", "django_layers"],
        SECRET_KEY="production",
    )
    django.setup()
    for name in RUNTIME:
        importlib.import_module(f"django_layers.{name}")
    print(f"imported without the extras: {', '.join(RUNTIME)}")


def run_command(folder: Path) -> None:
    """Start a project and run both commands: each refuses in one sentence that holds the install line."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    django_admin = [sys.executable, "-m", "django", "startproject", "site_", str(folder)]
    subprocess.run(django_admin, check=True, env=environment)
    settings = folder / "site_" / "settings.py"
    settings.write_text(settings.read_text() + '\nINSTALLED_APPS += ["django_layers"]\n')
    before = sorted(folder.rglob("*"))
    for arguments in (["startlayer", "recipes"], ["addentity", "Recipe", "--app", "recipes"]):
        run = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert run.returncode == 1, (run.returncode, run.stdout, run.stderr)
        assert 'pip install "django-ninja-layers[tools]"' in run.stderr, run.stderr
        assert len(run.stderr.strip().splitlines()) == 1, run.stderr
        print(f"{arguments[0]}: {run.stderr.strip()}")
    assert sorted(folder.rglob("*")) == before, "a refused command wrote something"


if __name__ == "__main__":
    main()
