"""What the guard of layers costs a test-suite: MealGenie's tests with it and without it.

Run from the root of the repository: python -m tests.benchmarks.bench_guard [--rounds N] [TESTS]

Each run of the suite is a process of its own, in turn. What counts is the time of the processor: by the clock, a disk or
another process takes more than the guard does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[2] / "example_project"


def main() -> None:
    """Run the suites in turn and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("tests", nargs="*", default=["recipes/tests/api", "recipes/tests/services"], help="what to run")
    arguments = parser.parse_args()
    taken: dict[str, list[float]] = {"off": [], "fail": []}
    for number in range(arguments.rounds):
        for mode in (taken, reversed(taken))[number % 2]:
            taken[mode].append(_seconds(mode, arguments.tests))
    off, on = median(taken["off"]), median(taken["fail"])
    pairs = median(on / off for on, off in zip(taken["fail"], taken["off"], strict=True))
    print(f"without the guard  {off:6.2f} s of the processor")
    print(f"with the guard     {on:6.2f} s of the processor")
    print(f"ratio              {on / off:6.3f}, median of pairs {pairs:.3f}")


def _seconds(mode: str, tests: list[str]) -> float:
    """Return how long the processor took for a run of the suite."""
    before = os.times()
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", f"--layers-guard={mode}"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL
    )
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


if __name__ == "__main__":
    main()
