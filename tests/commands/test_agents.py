"""`manage.py startlayer --agents`: what coding agents have to know of a project."""

import re

from django.core.management import get_commands

from django_layers.layers import LAYERS
from django_layers.scaffold.edits.marked_section import BEGIN, END
from tests.scaffold.projects import TestProject

OURS = "# Ours\n\nTabs, not spaces.\n"


def text(project: TestProject) -> str:
    """What the file says."""
    return (project.root / "AGENTS.md").read_text()


def test_the_section_needs_no_app_and_says_layers_and_commands(bare: TestProject) -> None:
    bare.write({"AGENTS.md": OURS})

    first = bare.manage("startlayer", "--agents")
    written = text(bare)
    second = bare.manage("startlayer", "--agents")

    assert (first.code, second.code) == (0, 0), first.err
    assert (first.out, second.out) == ("edit  AGENTS.md\n", "identical  AGENTS.md\n")
    assert written.startswith(f"{OURS}\n{BEGIN}\n")
    assert [layer.name for layer in LAYERS if f"| `{layer.name}` |" not in written] == []
    named = set(re.findall(r"manage\.py (\w+)", written))
    assert {"startlayer", "addentity", "addoperation"} <= named <= get_commands().keys()
    assert text(bare) == written


def test_a_later_app_refreshes_the_section_and_nothing_else_of_the_file(bare: TestProject) -> None:
    bare.write({"AGENTS.md": f"{OURS}\n{BEGIN}\nOlder text.\n{END}\nBelow.\n"})

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 0, ran.err
    assert "edit    AGENTS.md\n" in ran.out
    assert text(bare).startswith(f"{OURS}\n{BEGIN}\n## Layers\n")
    assert text(bare).endswith(f"\n{END}\nBelow.\n")


def test_without_being_asked_for_there_is_no_section(layered: TestProject) -> None:
    assert "AGENTS.md" not in layered.tree()


def test_a_damaged_marker_stops_the_run_with_the_way_out(bare: TestProject) -> None:
    bare.write({"AGENTS.md": f"{BEGIN}\nOlder text.\n"})
    before = bare.tree()

    ran = bare.manage("startlayer", "recipes", "--agents")

    assert ran.code == 1
    assert f"the marker `{END}` is missing. Mend the markers" in ran.out
    assert bare.tree() == before
