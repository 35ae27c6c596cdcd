"""How long `addentity` takes beside `startapp`, in a project of 1 entity and in projects of 200, in ten apps and in one.

Run from the root of the repository: python -m tests.benchmarks.bench_addentity [rounds]

The commands are interleaved, so that a busy machine slows all of them alike; the ratios are of medians.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

from tests.scaffold.projects import TestProject, make_project

ENTITY = ["title:str=200", "summary:text:optional", "stars:int:min=1:max=5", "--no-input"]

GROW = """
from django_layers.scaffold.planning.addentity import plan_addentities
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.request.entity_request import EntityRequest
from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.decisions import Decisions

project = discover_project()
fields = (parse_field("title:str=200"), parse_field("stars:int:min=1:max=5"))
for number in range(int(sys.argv[1])):
    entity = EntitySpec(name=f"{sys.argv[2].title()}Thing{number}", app_label=sys.argv[2], fields=fields)
    apply(plan_addentities(project, [EntityRequest(entity=entity)], decisions=Decisions()))
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


@dataclass(frozen=True)
class Seconds:
    """How long something takes: on the clock, and of the processors, which a busy machine disturbs less."""

    wall: float
    cpu: float


def seconds(project: TestProject, *arguments: str) -> Seconds:
    """Return how long a management command takes, with the formatter that it runs."""
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    ran = project.manage(*arguments)
    wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    if ran.code:
        raise SystemExit(ran.err)
    return Seconds(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(projects: Mapping[str, TestProject], rounds: int) -> dict[tuple[str, str], Seconds]:
    """Return the medians of each command in each project; the first round warms the caches and does not count."""
    times: dict[tuple[str, str], list[Seconds]] = {}
    for number in range(rounds + 1):
        for size, project in projects.items():
            for command in ("startapp", "addentity"):
                arguments = [f"plain{number}"] if command == "startapp" else [f"app0.Extra{number}", *ENTITY]
                taken = seconds(project, command, *arguments)
                if number:
                    times.setdefault((command, size), []).append(taken)
    return {
        key: Seconds(median(value.wall for value in values), median(value.cpu for value in values))
        for key, values in times.items()
    }


def table(times: Mapping[tuple[str, str], Seconds], unit: str) -> list[str]:
    """Return the lines of a table of wall or of processor time."""
    of = {key: getattr(value, unit) for key, value in times.items()}
    first = {command: of[command, next(iter(SIZES))] for command in ("startapp", "addentity")}
    lines = [
        f"| {unit} | `startapp` | growth | `addentity` | growth | of `startapp` |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for size in SIZES:
        plain, ours = of["startapp", size], of["addentity", size]
        lines.append(
            f"| {size} | {plain:.2f} s | {plain / first['startapp']:.2f} "
            f"| {ours:.2f} s | {ours / first['addentity']:.2f} | {ours / plain:.2f} |"
        )
    return lines


def main() -> None:
    """Measure and print the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        projects = {size: grown(Path(folder) / size.replace(" ", "-"), *counts) for size, counts in SIZES.items()}
        times = measure(projects, rounds)
    sys.stdout.write("\n".join([*table(times, "wall"), "", *table(times, "cpu"), ""]))


if __name__ == "__main__":
    main()
