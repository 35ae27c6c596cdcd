"""How long `addentity` takes beside `startapp`, in a project of 1 entity and in projects of 200, in ten apps and in one.

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
    entity = EntitySpec(name=f"{sys.argv[2].title()}Thing{number}", app_label=sys.argv[2], fields=fields)
    apply(plan_addentity(project, EntityRequest(entity=entity)))
"""


SIZES = {"1 entity": (1, 1), "200 in 10 apps": (10, 20), "200 in 1 app": (1, 200)}


def grown(root: Path, apps: int, entities: int) -> TestProject:
    """Make a project of so many layered apps, `app0` and so on, with so many entities each."""
    project = make_project(root)
    for number in range(apps):
        for ran in (project.manage("startlayer", f"app{number}"), project.django(GROW, str(entities), f"app{number}")):
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


def measure(projects: Mapping[str, TestProject], rounds: int) -> dict[tuple[str, str], float]:
    """Return the median of each command in each project; the first round warms the caches and does not count."""
    times: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 1):
        for size, project in projects.items():
            for command in ("startapp", "addentity"):
                arguments = [f"plain{number}"] if command == "startapp" else [f"app0.Extra{number}", *ENTITY]
                taken = seconds(project, command, *arguments)
                if number:
                    times.setdefault((command, size), []).append(taken)
    return {key: median(values) for key, values in times.items()}


def main() -> None:
    """Measure and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        projects = {size: grown(Path(folder) / size.replace(" ", "-"), *counts) for size, counts in SIZES.items()}
        times = measure(projects, rounds)
    lines = [f"{'project':<15}  {'startapp':>9}  {'addentity':>9}  {'ratio':>6}  {'growth':>6}  {'of startapp':>11}"]
    first_plain, first_ours = times["startapp", "1 entity"], times["addentity", "1 entity"]
    for size in projects:
        plain, ours = times["startapp", size], times["addentity", size]
        lines.append(
            f"{size:<15}  {plain:>8.3f}s  {ours:>8.3f}s  {ours / plain:>6.2f}"
            f"  {ours / first_ours:>6.2f}  {plain / first_plain:>11.2f}"
        )
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
