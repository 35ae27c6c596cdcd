"""`manage.py ejecttemplates` and `manage.py upgradelayers`, run as a user runs them."""

from pathlib import Path

from tests.scaffold.projects import TestProject

SERVICE = "recipes/services/rating.py"
TEMPLATE = ".layers/templates/entity/services.py.jinja"


def test_generated_code_follows_a_template_of_the_team_and_keeps_edits(layered: TestProject) -> None:
    added = layered.manage("addentity", "Rating", "stars:int")
    service = layered.root / SERVICE
    service.write_text(service.read_text().replace("    def page(", "    def best(self) -> None: ...\n\n    def page("))
    ejected = layered.manage("ejecttemplates", "entity/services.py")
    template = layered.root / TEMPLATE
    text = template.read_text()
    template.write_text(text.replace(", and the only way in for callers.", "; ask the team before you change them."))

    checked = layered.manage("upgradelayers", "--check")
    before = service.read_text()
    upgraded = layered.manage("upgradelayers")
    again = layered.manage("upgradelayers", "--check")

    assert (added.code, ejected.code, checked.code, upgraded.code, again.code) == (0, 0, 1, 0, 0), upgraded.err
    assert [line for line in checked.out.splitlines() if not line.startswith("identical")] == [
        f"merge      {SERVICE}",
        "edit       recipes/.layers/rating.json",
    ]
    assert service.read_text() == before.replace(
        ", and the only way in for callers.", "; ask the team before you change them."
    )
    assert "def best" in before
    assert "changed since" not in upgraded.out


def test_what_startlayer_wrote_follows_its_templates_too_and_keeps_edits(layered: TestProject, tmp_path: Path) -> None:
    # In a clone of another name, which the API was not called after.
    project = layered.copy(tmp_path / "clone")
    assert project.manage("addentity", "Rating", "stars:int").code == 0
    unchanged = project.manage("upgradelayers", "--check")
    templates = ("app/dependencies.py", "project/actors.py", "project/pytest.ini")
    assert project.manage("ejecttemplates", *templates).code == 0
    for name, old, new in (
        ("app/dependencies.py", "The composition root", "The one composition root"),
        ("project/actors.py", "Who acts:", "Who asks:"),
        ("project/pytest.ini", "addopts =", "addopts = -ra"),
    ):
        template = project.root / f".layers/templates/{name}.jinja"
        template.write_text(template.read_text().replace(old, new, 1))
    actors = project.root / "config/actors.py"
    actors.write_text(actors.read_text().replace("NotAuthenticated\n\n", "NotAuthenticated\n\nOWN = 1\n\n", 1))
    before = project.tree()

    of_entity = project.manage("upgradelayers", "Rating", "--check")
    ran = project.manage("upgradelayers")
    again = project.manage("upgradelayers", "--check")

    assert (unchanged.code, of_entity.code, ran.code, again.code) == (0, 0, 0, 0), ran.err
    assert {line for line in ran.out.splitlines() if not line.startswith("identical")} == {
        "merge      config/actors.py",
        "merge      pytest.ini",
        "merge      recipes/dependencies.py",
        "edit       config/.layers/start/ledger.json",
        "edit       recipes/.layers/start/ledger.json",
    }
    after = project.tree()
    assert after["config/actors.py"] == before["config/actors.py"].replace(b"Who acts:", b"Who asks:")
    assert b"OWN = 1" in after["config/actors.py"]
    assert after["pytest.ini"] == before["pytest.ini"].replace(b"addopts =", b"addopts = -ra")
    assert after["recipes/dependencies.py"] == before["recipes/dependencies.py"].replace(b"The comp", b"The one comp")


def test_what_startlayer_wrote_and_both_changed_stops_the_run_until_it_is_decided(layered: TestProject) -> None:
    assert layered.manage("ejecttemplates", "project/actors.py").code == 0
    for path in (".layers/templates/project/actors.py.jinja", "config/actors.py"):
        file = layered.root / path
        file.write_text(file.read_text().replace("self.key is None and", f"self.key is {path[1:2]!r} and", 1))

    refused = layered.manage("upgradelayers")
    kept = layered.manage("upgradelayers", "--ours", "config/actors.py::Actor.require_user")

    assert (refused.code, kept.code) == (1, 0), kept.err
    assert "--ours config/actors.py::Actor.require_user" in refused.out
    assert "self.key is 'o' and" in (layered.root / "config/actors.py").read_text()
    assert layered.manage("upgradelayers", "--check").code == 0


def test_of_the_api_only_what_an_upgrade_reaches_is_loaded(layered: TestProject) -> None:
    for command in (
        ("addentity", "Rating", "stars:int"),
        ("startlayer", "pantry"),
        ("ejecttemplates", "entity/services.py"),
    ):
        assert layered.manage(*command).code == 0
    template = layered.root / TEMPLATE
    template.write_text(template.read_text().replace("for callers.", "for those who call."))
    broken = "raise RuntimeError('it was loaded')\n"
    before = layered.tree()

    layered.write({"pantry/api/__init__.py": f"from recipes.services.rating import RatingService\n{broken}"})
    stopped = layered.manage("upgradelayers", "recipes.Rating")
    layered.write({"pantry/api/__init__.py": broken})
    upgraded = layered.manage("upgradelayers", "recipes.Rating")

    assert (stopped.code, upgraded.code) == (1, 0), upgraded.err
    assert "RuntimeError: it was loaded" in stopped.err
    assert layered.tree()[SERVICE] == before[SERVICE].replace(b"for callers.", b"for those who call.")
