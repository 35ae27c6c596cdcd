"""How long `changeentity` takes in a project of 1 entity and in ones of 200, beside what Django itself takes there.

Run from the root of the repository: python -m tests.benchmarks.bench_changeentity [rounds]

A field is added: to what nobody edited; to an entity whose service was edited by hand, so that the plan is loaded before it is
written; and with its migration, which is carried out. `diffsettings` is what Django takes to start, and `check` what it
takes to load everything. The commands are interleaved, so that a busy machine slows all of them alike.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tests.benchmarks.bench_addentity import Seconds, grown, seconds
from tests.benchmarks.harness.tables import Table
from tests.scaffold.projects import TestProject

SIZES = {"1 entity": (1, 1), "200 in 20 apps": (20, 10), "200 in 1 app": (1, 200)}
HAND_EDIT = '''

    def loudest(self) -> str:
        """Return what is said loudest of all."""
        return "mine"
'''
CASES = {
    "diffsettings": "Django starts",
    "check": "`manage.py check`",
    "plain": "`changeentity --add`",
    "edited": "the same, with a service edited by hand",
    "migrated": "the same with `--migrate`",
}


def prepared(root: Path, apps: int, entities: int) -> dict[str, TestProject]:
    """Make the project that each case runs in: tables and all, and once more with an edited service."""
    plain = grown(root / "plain", apps, entities)
    for command in ("makemigrations", "migrate"):
        ran = plain.manage(command)
        if ran.code:
            raise SystemExit(ran.err)
    edited = plain.copy(root / "edited")
    service = edited.root / "app0/services/app0_thing0.py"
    service.write_text(service.read_text(encoding="utf-8") + HAND_EDIT, encoding="utf-8")
    return {case: edited if case == "edited" else plain for case in CASES}


def arguments_of(case: str, number: int) -> list[str]:
    """Return what a case runs, in a round."""
    if case in ("diffsettings", "check"):
        return [case]
    asked = ["changeentity", "app0.App0Thing0", "--add", f"{case}{number}:int:default=0", "--no-input"]
    return [*asked, "--migrate"] if case == "migrated" else asked


def measure(projects: Mapping[str, Mapping[str, TestProject]], rounds: int) -> dict[tuple[str, str], Seconds]:
    """Return the medians of each case at each size; the first round warms the caches and does not count."""
    times: dict[tuple[str, str], list[Seconds]] = {}
    for number in range(rounds + 1):
        for case in CASES:
            for size, at_size in projects.items():
                taken = seconds(at_size[case], *arguments_of(case, number))
                if number:
                    times.setdefault((case, size), []).append(taken)
    return {
        key: Seconds(median(value.wall for value in values), median(value.cpu for value in values))
        for key, values in times.items()
    }


def table(times: Mapping[tuple[str, str], Seconds], unit: str) -> Table:
    """Return the table of wall or of processor time, with the growth over the project of one entity."""
    of = {key: getattr(value, unit) for key, value in times.items()}
    one, *more = SIZES
    return Table(
        headings=(unit, one, *(heading for size in more for heading in (size, "growth"))),
        rows=tuple(
            (
                title,
                f"{of[case, one]:.2f} s",
                *(
                    cell
                    for size in more
                    for cell in (f"{of[case, size]:.2f} s", f"{of[case, size] / of[case, one]:.2f}")
                ),
            )
            for case, title in CASES.items()
        ),
    )


def main() -> None:
    """Measure and print the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        projects = {size: prepared(Path(folder) / size.replace(" ", "-"), *counts) for size, counts in SIZES.items()}
        times = measure(projects, rounds)
    sys.stdout.write("\n".join(table(times, unit).markdown() for unit in ("wall", "cpu")))


if __name__ == "__main__":
    main()
