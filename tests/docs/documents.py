"""Pages whose commands are run and whose outputs are compared."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.scaffold.projects import WITHOUT_TOOLS, TestProject

ELLIPSIS = "..."
PASSED = re.compile(r"^\d+ passed in \d+\.\d+s$", re.MULTILINE)
DOCTEST = """
import django, doctest, os, sys
sys.path.insert(0, os.getcwd())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mealgenie.settings")
django.setup()
failed, run = doctest.testfile(sys.argv[1], module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
sys.exit(1 if failed or not run else 0)
"""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        language: what stands after the fence.
        text: its lines.
    """

    language: str
    text: str


@dataclass(frozen=True)
class Step:
    """A command of a page.

    Attributes:
        command: what follows the prompt.
        output: what the page says it prints.
    """

    command: str
    output: str


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in their order; those inside a list are dedented."""
    found = re.findall(r"^( *)```(\w+)\n(.*?)^\1```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [Block(language, re.sub(f"^{indent}", "", text, flags=re.MULTILINE)) for indent, language, text in found]


def steps_of(block: Block) -> Iterator[Step]:
    """Give the commands of a console block."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more.strip()
        yield Step(command, output)


def run(project: TestProject, command: str) -> str:
    """Run a command of a page in a project, and return what a terminal would show; it has to succeed."""
    program, *arguments = shlex.split(command)
    assert program == "python", command
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=project.root,
        env={**project.variables(), **WITHOUT_TOOLS, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"$ {command}\n{ran.stdout}"
    return ran.stdout


def says(expected: str, actual: str) -> bool:
    """Return whether an output is what the page shows: an ellipsis stands for any lines.

    How many generated tests there are and how long they took is not compared.
    """
    lines = [
        r"(?:.*\n)*" if line == ELLIPSIS else re.escape(line) + r"\n"
        for line in PASSED.sub("passed", expected).splitlines()
    ]
    return re.fullmatch("".join(lines), PASSED.sub("passed", actual)) is not None


def apply_diff(project: TestProject, block: Block) -> None:
    """Edit a file as a diff of a page says; what it replaces must be there once."""
    head, *lines = block.text.splitlines(keepends=True)
    path = project.root / head.removeprefix("--- ").strip()
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines if not line.startswith("-"))
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path} does not hold this once:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def write_file(project: TestProject, block: Block) -> None:
    """Write a file whose path is the comment in its first line."""
    head, _, text = block.text.partition("\n")
    (project.root / head.removeprefix("# ")).write_text(text, encoding="utf-8")


def run_session(project: TestProject, text: str) -> None:
    """Run a session of Python's prompt in the project, with Django set up, and compare what it prints."""
    page = project.root.parent / "session.txt"
    page.write_text(text, encoding="utf-8")
    ran = project.python("-c", DOCTEST, str(page))
    assert ran.code == 0, ran.out + ran.err
