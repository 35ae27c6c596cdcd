"""The rules for our own imports."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "django_layers"


def test_every_import_contract_is_kept() -> None:
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("module", ["errors", "schemas", "services"])
def test_a_service_can_be_imported_without_django(module: str) -> None:
    script = (
        f"import sys, django_layers.{module}\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'ninja')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=PACKAGE.parent, capture_output=True, text=True, check=True, env={}
    )
    assert result.stdout.strip() == "[]"


def test_starting_a_project_imports_neither_repositories_nor_pydantic() -> None:
    script = (
        "import django, sys\n"
        "from django.conf import settings\n"
        "settings.configure(INSTALLED_APPS=['django_layers'])\n"
        "django.setup()\n"
        "print([name for name in sys.modules if name in ('pydantic', 'ninja', 'django_layers.repositories')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=PACKAGE.parent, capture_output=True, text=True, check=True, env={}
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted((PACKAGE / "repositories").rglob("*.py")), ids=lambda path: path.name)
def test_repositories_do_not_import_the_http_side_of_django(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
        elif isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
    assert not [name for name in imported if name.startswith(("django.http", "django.shortcuts", "django.urls"))]
