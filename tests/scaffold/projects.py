"""Whole Django projects for tests: made in a temporary folder, run in processes of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import dedent

REPOSITORY = Path(__file__).resolve().parents[2]

SETTINGS = """
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "for tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "config.urls"
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_layers",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}
}
"""

MANAGE = """
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
"""

URLS = """
from django.urls import path

urlpatterns = []
"""

WITHOUT_TOOLS = {"PATH": os.defpath}
"""An environment in which `startproject` finds no black to format what it writes with: our tests have one, readers need not."""


@dataclass(frozen=True)
class Ran:
    """What a process ended with."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class TestProject:
    """A project on the disk.

    Attributes:
        root: its root.
        environment: variables for its processes.
    """

    __test__ = False

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """Return the environment of its processes: that of the tests, without what is about the tests' own Django."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
        own = {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "80"}
        return {**inherited, **own, **self.environment}

    def python(self, *arguments: str, stdin: str = "") -> Ran:
        """Run Python in the root of the project."""
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.variables(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def manage(self, *arguments: str, stdin: str = "") -> Ran:
        """Run a management command."""
        return self.python("manage.py", *arguments, stdin=stdin)

    def django(self, code: str, *arguments: str) -> Ran:
        """Run code in the project, with Django set up."""
        head = "import os, sys; sys.path.insert(0, os.getcwd())\n"
        head += "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\nimport django; django.setup()\n"
        return self.python("-c", head + dedent(code), *arguments)

    def write(self, files: Mapping[str, str]) -> None:
        """Write files, dedented, below the root."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def copy(self, root: Path) -> "TestProject":
        """Return a copy of the project at a place where there is nothing yet."""
        shutil.copytree(self.root, root)
        return replace(self, root=root)

    def tree(self) -> dict[str, bytes]:
        """Return the content of every file but databases and byte code, by path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.suffix not in {".pyc", ".sqlite3"} and "_cache" not in str(path)
        }


def make_project(root: Path, files: Mapping[str, str] | None = None) -> TestProject:
    """Make a small project whose package is `config`; `files` come on top."""
    project = TestProject(root)
    project.write(
        {
            "manage.py": MANAGE,
            "config/__init__.py": "",
            "config/settings.py": SETTINGS,
            "config/urls.py": URLS,
            **(files or {}),
        }
    )
    return project
