"""What every generated project has to pass, each as one function that fails with the tool's own words."""

from tests.scaffold.projects import Ran, TestProject


def passes_checks(project: TestProject) -> None:
    """`manage.py check` has nothing to say."""
    assert project.manage("check", "--fail-level", "INFO") == Ran(
        0, "System check identified no issues (0 silenced).\n", ""
    )


def has_its_migrations(project: TestProject) -> None:
    """No model is without its migration."""
    ran = project.manage("makemigrations", "--check", "--dry-run")
    assert ran.code == 0, ran.out + ran.err


def is_linted(project: TestProject) -> None:
    """Ruff finds nothing, default isort order included."""
    ran = project.python("-m", "ruff", "check", "--extend-select", "I", "--no-cache", ".")
    assert ran.code == 0, ran.out


def is_formatted(project: TestProject) -> None:
    """Ruff would format nothing."""
    ran = project.python("-m", "ruff", "format", "--diff", "--no-cache", ".")
    assert ran.code == 0, ran.out


def is_typed(project: TestProject) -> None:
    """Mypy accepts the project in strict mode."""
    ran = project.python("-m", "mypy", "--strict", "--cache-dir", str(project.root.parent / "mypy"), ".")
    assert ran.code == 0, ran.out + ran.err


def passes_its_tests(project: TestProject, *options: str) -> None:
    """The generated tests pass; there are some."""
    ran = project.python("-m", "pytest", "-q", "-p", "no:cacheprovider", *options)
    assert ran.code == 0, ran.out + ran.err


def runs_again_without_a_change(project: TestProject, *commands: tuple[str, ...]) -> None:
    """The same commands say that all is identical, and change no byte."""
    before = project.tree()
    for command in commands:
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
        listed = ran.out.partition("\n\n")[0]
        assert {line.split()[0] for line in listed.splitlines()} == {"identical"}, ran.out
    assert project.tree() == before
