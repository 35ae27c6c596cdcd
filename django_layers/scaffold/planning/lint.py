"""What the project's linter has against a file that Django writes, not we: said in the file, so that the linter is content."""

import json
import subprocess
import sys
from pathlib import Path, PurePosixPath

from django_layers.scaffold.rendering.format import pipe_of

__all__ = ["with_suppressions"]


def with_suppressions(text: str, path: PurePosixPath, root: Path) -> str:
    """Return a module with a comment that suppresses what ruff, as the project configures it, finds there.

    Migrations break rules that are on by default in new releases of ruff, and what Django generates is not ours to
    rewrite. A project that excludes its migrations, or does not use ruff, gets no comment.

    Args:
        text: the module.
        path: where it will be, relative to the root.
        root: the root of the project.
    """
    if pipe_of(root).sorter != "ruff":
        return text
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "check", "--force-exclude", "--no-cache", "--exit-zero"),
            *("--output-format", "json", "--stdin-filename", str(path), "-"),
        ],
        cwd=root,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    codes = sorted({finding["code"] for finding in json.loads(ran.stdout or "[]") if finding["code"]})
    return f"# ruff: noqa: {', '.join(codes)}\n{text}" if codes else text
