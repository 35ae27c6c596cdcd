"""`manage.py removelayer`, run as a user runs it."""

import pytest

from tests.commands.test_startlayer import actions
from tests.scaffold.projects import SETTINGS, TestProject
from tests.scaffold.trees import snapshot

OLD = "from django.db import models\n\n\nclass Old(models.Model):\n    pass\n"


def crlf(project: TestProject) -> None:
    """Give every file the newlines of a checkout on Windows."""
    for file in project.root.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("newlines", ["lf", "crlf"])
def test_a_new_app_leaves_no_byte_behind(bare: TestProject, newlines: str) -> None:
    if newlines == "crlf":
        crlf(bare)
    before = snapshot(bare.root)
    assert bare.manage("startlayer", "recipes").code == 0

    ran = bare.manage("removelayer", "recipes")

    assert ran.code == 0, ran.err
    assert actions(ran.out)["config/api.py"] == "delete"
    assert snapshot(bare.root) == before


def test_what_startapp_wrote_comes_back(bare: TestProject) -> None:
    assert bare.manage("startapp", "recipes").code == 0
    before = snapshot(bare.root)
    assert bare.manage("startlayer", "recipes").code == 0

    ran = bare.manage("removelayer", "recipes")

    assert ran.code == 0, ran.err
    assert actions(ran.out)["recipes/models.py"] == "create"
    assert snapshot(bare.root) == before


def test_an_app_that_was_there_stays_as_it_was(bare: TestProject) -> None:
    installed = SETTINGS.replace('"django_layers",', '"django_layers",\n    "ninja",\n    "apps.recipes",')
    api = "from ninja import Schema\n\n\nclass Note(Schema):\n    text: str\n"
    bare.write({"config/settings.py": installed, "apps/recipes/__init__.py": "", "apps/recipes/models.py": OLD})
    bare.write({"apps/recipes/api.py": api, "apps/recipes/services/__init__.py": ""})
    bare.write({"apps/recipes/migrations/__init__.py": "", "pytest.ini": "[pytest]\n"})
    before = snapshot(bare.root)
    assert bare.manage("startlayer", "recipes").code == 0

    ran = bare.manage("removelayer", "recipes")

    assert ran.code == 0, ran.err
    assert snapshot(bare.root) == before


def test_the_project_is_wired_until_its_last_app_goes(layered: TestProject) -> None:
    one = snapshot(layered.root)
    assert layered.manage("startlayer", "shop").code == 0

    assert layered.manage("removelayer", "shop").code == 0
    assert snapshot(layered.root) == one


def test_an_app_with_entities_or_files_of_its_own_stays(layered: TestProject) -> None:
    assert layered.manage("addentity", "Cup", "size:int").code == 0
    entity = layered.manage("removelayer", "recipes")
    assert layered.manage("removeentity", "Cup").code == 0
    layered.write({"recipes/services/own.py": "X = 1\n", "recipes/templates/own.html": "x"})
    before = snapshot(layered.root)

    ran = layered.manage("removelayer", "recipes")

    assert (entity.code, ran.code) == (1, 1)
    assert "It has the entity Cup: run removeentity recipes.Cup first." in entity.err
    assert "recipes/services/own.py is not from startlayer" in ran.err
    assert "recipes/templates/own.html is not from startlayer" in ran.err
    assert snapshot(layered.root) == before


def test_what_was_edited_stops_the_run_and_what_the_project_edited_stays(layered: TestProject) -> None:
    for path in ("recipes/types.py", "config/actors.py", "config/urls.py"):
        with (layered.root / path).open("a") as file:
            file.write("OWN = 1\n")
    before = snapshot(layered.root)

    ran = layered.manage("removelayer", "recipes")
    assert ran.code == 1
    assert "--force recipes/types.py" in ran.out
    assert snapshot(layered.root) == before

    forced = layered.manage("removelayer", "recipes", "--force", "recipes/types.py")
    assert forced.code == 0, forced.err
    assert "config/actors.py stays" in forced.out
    assert not (layered.root / "recipes").exists()
    assert not (layered.root / "config/api.py").exists()
    assert (layered.root / "config/actors.py").exists()
    assert layered.tree()["config/urls.py"].decode().endswith("urlpatterns = []\nOWN = 1\n")


def test_what_is_used_from_outside_stays_and_both_are_named(layered: TestProject) -> None:
    layered.write({"config/middleware.py": "import recipes.services\n"})
    before = snapshot(layered.root)

    ran = layered.manage("removelayer", "recipes")

    assert ran.code == 1
    assert "config/middleware.py:1 uses recipes/services/__init__.py" in ran.err
    assert snapshot(layered.root) == before


@pytest.mark.parametrize("ours", [None, "# Ours\n\nTabs, not spaces.\n", "# No newline at the end"])
def test_what_agents_were_told_goes_with_the_last_app(bare: TestProject, ours: str | None) -> None:
    if ours is not None:
        (bare.root / "AGENTS.md").write_text(ours)
    before = snapshot(bare.root)
    for command in (("startlayer", "recipes", "--agents"), ("startlayer", "pantry")):
        assert bare.manage(*command).code == 0

    first = bare.manage("removelayer", "pantry")
    between = (bare.root / "AGENTS.md").read_text()
    second = bare.manage("removelayer", "recipes")

    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert "## Layers" in between
    assert actions(second.out)["AGENTS.md"] == ("delete" if ours is None else "edit")
    assert snapshot(bare.root) == before
