"""What every writing command has: its options, and JSON as its schema says."""

import json
import pkgutil
from importlib import import_module

import pytest

from django_layers.management import commands
from django_layers.management.commands._base import WritingCommand
from tests.scaffold.plans.test_json import told
from tests.scaffold.projects import TestProject

OPTIONS = {"--dry-run", "--diff", "--json", "--check", "--no-input", "--force"}
NAMES = [
    name
    for _, name, _ in pkgutil.iter_modules(commands.__path__)
    if not name.startswith("_") and issubclass(import_module(f"{commands.__name__}.{name}").Command, WritingCommand)
]
SPEC = """
{"name": "Rating", "app": "recipes", "fields": ["stars:int"], "operations": [{"name": "praise"}]}
"""
# One run of each in a project with the layered apps `recipes` and `pantry` and the entity of `SPEC`.
RUNS = {
    "startlayer": ["cellar"],
    "addentity": ["Tag", "name:str=20", "--app", "recipes"],
    "addoperation": ["recipes.Rating", "hide"],
    "changeentity": ["recipes.Rating", "--add", "note:text:optional"],
    "ejecttemplates": ["entity/services.py"],
    "removeentity": ["recipes.Rating"],
    "removelayer": ["pantry"],
    "removeoperation": ["recipes.Rating", "praise"],
    "synclayers": ["recipes.Rating"],
    "upgradelayers": [],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_writing_command_has_the_options_of_all(name: str) -> None:
    parser = import_module(f"{commands.__name__}.{name}").Command().create_parser("manage.py", name)

    assert {option for option in OPTIONS if option not in parser._option_string_actions} == set()


def test_every_writing_command_is_run_below() -> None:
    assert [name for name in NAMES if name not in RUNS] == []


def test_the_json_of_every_writing_command_is_what_its_schema_says(layered: TestProject) -> None:
    code = f"""
    import io, json
    from django.core.management import call_command
    from django.core.management.base import CommandError

    said = {{}}
    for name, arguments in {[(name, RUNS[name]) for name in NAMES if name in RUNS]!r}:
        out = io.StringIO()
        try:
            call_command(name, *arguments, "--dry-run", "--json", "--diff", stdout=out, stderr=io.StringIO())
        except CommandError as error:
            assert out.getvalue(), (name, error)
        said[name] = out.getvalue()
    print(json.dumps(said))
    """
    layered.write({"spec.json": SPEC})
    added = layered.manage("addentity", "--from-spec", "spec.json")
    started = layered.manage("startlayer", "pantry")
    before = layered.tree()

    ran = layered.django(code)

    assert (added.code, started.code, ran.code) == (0, 0, 0), ran.err
    said = json.loads(ran.out)
    assert {name: told(text) for name, text in said.items()} == {name: [] for name in said}
    # No model was changed by hand, so that there is nothing to bring along.
    assert {name for name, text in said.items() if not json.loads(text)["changes"]} == {"synclayers"}
    assert layered.tree() == before


def test_a_process_that_ran_one_ends_at_once_and_one_that_goes_on_collects_its_garbage(layered: TestProject) -> None:
    ran = layered.django(
        """
        import gc
        from django.core.management import call_command, execute_from_command_line

        # Python 3.12 has frozen something of its own.
        frozen = gc.get_freeze_count()
        call_command("upgradelayers", "--dry-run")
        print(gc.isenabled(), gc.get_freeze_count() > frozen)
        execute_from_command_line(["manage.py", "upgradelayers", "--dry-run"])
        print(gc.isenabled(), gc.get_freeze_count() > frozen)
        """
    )

    assert ran.code == 0, ran.err
    assert [line for line in ran.out.splitlines() if line.startswith("True")] == ["True False", "True True"]
