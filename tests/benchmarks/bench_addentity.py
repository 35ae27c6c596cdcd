"""How long `addentity` takes beside `startapp`, in projects of 1 and of 200 entities.

Run from the root of the repository: python -m tests.benchmarks.bench_addentity [rounds]

The commands are interleaved, so that a busy machine slows all of them alike; the ratios are of medians.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.scaffold.projects import TestProject, make_project

ENTITY = ["title:str=200", "summary:text:optional", "stars:int:min=1:max=5", "--no-input"]

GROW = """
from django_layers.scaffold.planning.addentity import plan_addentity
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.request.entity_request import EntityRequest
from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.language.spec import EntitySpec

project = discover_project()
fields = (parse_field("title:str=200"), parse_field("stars:int:min=1:max=5"))
for number in range(int(sys.argv[1])):
    entity = EntitySpec(name=f"Thing{number}", app_label="recipes", fields=fields)
    apply(plan_addentity(project, EntityRequest(entity=entity)))
"""


def grown(root: Path, entities: int) -> TestProject:
    """Make a project with one layered app of so many entities."""
    project = make_project(root)
    for ran in (project.manage("startlayer", "recipes"), project.django(GROW, str(entities))):
        if ran.code:
            raise SystemExit(ran.err)
    return TestProject(root, {"PYTHONDONTWRITEBYTECODE": ""})


def seconds(project: TestProject, *arguments: str) -> float:
    """Return how long a management command takes."""
    start = perf_counter()
    ran = project.manage(*arguments)
    if ran.code:
        raise SystemExit(ran.err)
    return perf_counter() - start


def measure(projects: Mapping[int, TestProject], rounds: int) -> dict[tuple[str, int], float]:
    """Return the median of each command in each project; the first round warms the caches and does not count."""
    times: dict[tuple[str, int], list[float]] = {}
    for number in range(rounds + 1):
        for size, project in projects.items():
            for command in ("startapp", "addentity"):
                arguments = [f"plain{number}"] if command == "startapp" else [f"Extra{number}", *ENTITY]
                taken = seconds(project, command, *arguments)
                if number:
                    times.setdefault((command, size), []).append(taken)
    return {key: median(values) for key, values in times.items()}


def main() -> None:
    """Measure and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        projects = {size: grown(Path(folder) / str(size), size) for size in (1, 200)}
        times = measure(projects, rounds)
    lines = [f"{'entities':>8}  {'startapp':>9}  {'addentity':>9}  {'ratio':>6}"]
    for size in projects:
        plain, ours = times["startapp", size], times["addentity", size]
        lines.append(f"{size:>8}  {plain:>8.3f}s  {ours:>8.3f}s  {ours / plain:>6.2f}")
    growth = times["addentity", 200] / times["addentity", 1]
    sys.stdout.write("\n".join([*lines, f"addentity with 200 entities takes {growth:.2f} times its time with 1", ""]))


if __name__ == "__main__":
    main()
