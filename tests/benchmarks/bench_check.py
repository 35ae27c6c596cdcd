"""How long a check takes beside import-linter: with no cache, with a warm one, and after one file has changed.

Run from the root of the repository: python -m tests.benchmarks.bench_check [apps [rounds]]

The tree has 20 entities an app in five layers; 50 apps are 5,351 modules. Whole processes are timed, one after the other in
turn, so that a busy machine slows all of them alike; the figures are medians. What an editor holds differs from the file.
Parsing alone is what the `ast` of Python takes for the same files, in one process.
"""

import compileall
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.harness.layered_tree import write_layered_tree

ROOT = Path(__file__).resolve().parents[2]
OURS = [sys.executable, "-m", "django_layers", "check"]
THEIRS = [str(Path(sys.executable).parent / "lint-imports")]
PARSE = """
import ast, pathlib, sys
for one in pathlib.Path(sys.argv[1]).rglob("*.py"):
    ast.parse(one.read_bytes())
"""
CONTRACT = """[importlinter]
root_packages =
{packages}

[importlinter:contract:layers]
name = layers
type = layers
containers =
{packages}
layers =
    api
    dependencies
    services
    repositories
    models : schemas
"""


@dataclass(frozen=True)
class Run:
    """What a process took: seconds on the clock, seconds of the processors, and at most so many megabytes."""

    wall: float
    cpu: float
    peak: float


def ran(command: list[str], folder: Path, ok: tuple[int, ...] = (0,)) -> Run:
    """Run a process and return what it took."""
    start = perf_counter()
    process = os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", 'cd "$0" && exec "$@" >/dev/null 2>&1', str(folder), *command],
        {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "CI": ""},
    )
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in ok:
        raise SystemExit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def steps(folder: Path, apps: int) -> dict[str, Callable[[], Run]]:
    """Return what is timed, by name, in the order of a round."""
    changed = folder / f"app{apps // 2}" / "services" / f"thing10of{apps // 2}.py"
    text = changed.read_text()
    other = text.replace("if not data.title.strip()", "if not data.title")
    (folder / "editor.txt").write_text(other)

    def after_a_change() -> Run:
        changed.write_text(other)
        try:
            return ran(OURS, folder)
        finally:
            changed.write_text(text)

    def anew(command: list[str], cache: str) -> Run:
        shutil.rmtree(folder / cache, ignore_errors=True)
        return ran(command, folder)

    editor = f"{' '.join(OURS)} --stdin-filename {changed} < editor.txt"
    return {
        "cold": lambda: anew(OURS, ".layers-cache"),
        "warm": lambda: ran(OURS, folder),
        "one file changed": after_a_change,
        "one file from an editor": lambda: ran(["sh", "-c", editor], folder),
        "parsing alone": lambda: ran([sys.executable, "-c", PARSE, str(folder)], folder),
        "import-linter, cold": lambda: anew(THEIRS, ".import_linter_cache"),
        "import-linter, warm": lambda: ran(THEIRS, folder),
    }


def main() -> None:
    """Measure and print the table."""
    # Installers compile a package; a checkout may never have been.
    compileall.compile_dir(ROOT / "django_layers", quiet=1)
    apps = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        modules = write_layered_tree(folder, apps)
        packages = "\n".join(f"    app{number}" for number in range(apps))
        (folder / ".importlinter").write_text(CONTRACT.format(packages=packages))
        runs: dict[str, list[Run]] = {}
        for _ in range(rounds):
            for step, run in steps(folder, apps).items():
                runs.setdefault(step, []).append(run())
    print(f"| {modules:,} modules | wall | processors | peak memory |\n|---|--:|--:|--:|")
    for step, taken in runs.items():
        wall, cpu, peak = (median(getattr(one, unit) for one in taken) for unit in ("wall", "cpu", "peak"))
        print(f"| {step} | {wall:.2f} s | {cpu:.2f} s | {peak:.0f} MB |")
    each = 1000 * median(one.cpu for one in runs["cold"]) / modules
    print(f"\nWith no cache {each:.2f} ms of the processors a module; peak memory is that of the largest process.")


if __name__ == "__main__":
    main()
