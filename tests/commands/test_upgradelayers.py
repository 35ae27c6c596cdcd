"""`manage.py ejecttemplates` and `manage.py upgradelayers`, run as a user runs them."""

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
