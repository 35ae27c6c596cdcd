"""Projects for random requests: a base that is copied, and many `addentity` in one process of it."""

import json
import pickle
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.plans.spec_data import to_data
from django_layers.scaffold.project.facts import ProjectFacts
from tests.scaffold.projects import SETTINGS, TestProject, make_project

__all__ = ["LAYOUTS", "addentity", "base_project", "copy_of", "drawn", "facts_of", "from_specs", "renamed"]

Drawn = TypeVar("Drawn")

LAYOUTS = ("packages", "modules")
"""What the layers of the app are: packages with a module for each entity, or one module each."""

_MODULES = ("models", "schemas", "repositories", "services", "api")
_SETTINGS = SETTINGS + '\nPASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]\n'
_COMMANDS = (
    ("startlayer", "recipes"),
    ("startlayer", "pantry"),
    ("addentity", "recipes.Recipe", "title:str=20", "published:date:optional", "author:owner", "--migrate"),
    ("addentity", "pantry.Shelf", "label:str=20", "--pk", "uuid", "--migrate"),
)
_FACTS = """
import pickle
from dataclasses import replace
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec

with open(sys.argv[1], "wb") as file:
    # Whether a model is private is found out of models that are embedded.
    recipe = FieldSpec(name="recipe", type="fk", argument=("recipes.Recipe",), embed=("id",))
    entity = EntitySpec(name="Unheard", app_label="recipes", fields=(recipe,))
    facts = project_facts(discover_project(), entity)
    pickle.dump(replace(facts, models=dict(facts.models)), file)
"""
# Starting Python and loading Django is what costs, so one process runs them all.
_MANY = """
import contextlib
import io
import json
import traceback
from django.core.management import ManagementUtility

for line in open(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            ManagementUtility(["manage.py", "addentity", *json.loads(line), "--no-input"]).execute()
            code = 0
        except SystemExit as error:
            code = error.code
        except BaseException:
            code = -1
            traceback.print_exc()
    print(json.dumps([code, said.getvalue()]))
"""


def base_project(root: Path, layout: str = "packages") -> TestProject:
    """Make a project with two layered apps and an entity in each, ready to be copied."""
    files = {"config/settings.py": _SETTINGS}
    if layout == "modules":
        files["config/settings.py"] = _SETTINGS.replace('"django_layers",', '"django_layers",\n    "recipes",')
        files |= {"recipes/__init__.py": "", "recipes/migrations/__init__.py": ""}
        files |= {f"recipes/{module}.py": f'"""The {module} of recipes."""\n' for module in _MODULES}
    project = make_project(root, files)
    # The files of a project before the first command are not ours to format.
    for arguments in (("check", "--select", "I", "--fix"), ("format",)):
        assert project.python("-m", "ruff", *arguments, "--no-cache", ".").code == 0
    for command in _COMMANDS:
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


def copy_of(project: TestProject, root: Path) -> TestProject:
    """Return a copy of a project, with its database."""
    shutil.copytree(project.root, root, ignore=shutil.ignore_patterns("__pycache__"))
    return replace(project, root=root)


def facts_of(project: TestProject, folder: Path) -> ProjectFacts:
    """Return what requests are judged against in a project."""
    file = folder / "facts.pickle"
    ran = project.django(_FACTS, str(file))
    assert ran.code == 0, ran.err
    facts = pickle.loads(file.read_bytes())
    assert isinstance(facts, ProjectFacts)
    return facts


def addentity(project: TestProject, folder: Path, requests: Iterable[Sequence[str]]) -> list[tuple[int, str]]:
    """Run `addentity` with each of the arguments, and return what each exits with and says; -1 for a traceback."""
    lines = [json.dumps(arguments) for arguments in requests]
    file = folder / "requests.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines))
    ran = project.django(_MANY, str(file))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert len(answers) == len(lines), ran.err
    return [(code, said) for code, said in answers]


def from_specs(project: TestProject, folder: Path, entities: Sequence[EntitySpec]) -> list[tuple[int, str]]:
    """Run `addentity` for each of the entities, and return what each exits with and says."""
    files = [folder / f"spec{number}.json" for number in range(len(entities))]
    for file, entity in zip(files, entities, strict=True):
        file.write_text(json.dumps(to_data(entity)))
    return addentity(project, folder, [["--from-spec", str(file)] for file in files])


def drawn(strategy: st.SearchStrategy[Drawn], count: int) -> list[Drawn]:
    """Draw so many different examples, the same in every run."""
    examples: list[Drawn] = []

    class Enough(Exception):  # Hypothesis would go on to its own number, most of it to throw away.
        pass

    @seed(2026)
    @settings(
        max_examples=4 * count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(strategy)
    def collect(example: Drawn) -> None:
        if len(examples) == count:
            raise Enough
        if example not in examples:
            examples.append(example)

    with suppress(Enough):
        collect()
    assert len(examples) == count, f"only {len(examples)} differ"
    return examples


def renamed(entity: EntitySpec, number: int) -> EntitySpec:
    """Return an entity whose names do not clash with those of the others in its project."""
    fields = tuple(
        replace(field, related=f"{field.related}_n{number}") if field.related not in (None, "+") else field
        for field in entity.fields
    )
    own = f"{entity.app_label}.{entity.name}"
    name = f"{entity.name}N{number}"
    fields = tuple(
        replace(field, argument=(f"{entity.app_label}.{name}",)) if field.argument == (own,) else field
        for field in fields
    )
    plural = f"{entity.plural}_n{number}" if entity.plural else None
    return replace(entity, name=name, plural=plural, fields=fields)
