"""`manage.py addentity --from-spec` and `manage.py exportspec`, run as a user runs them."""

from pathlib import Path

from tests.scaffold.projects import TestProject

SPEC = """
app = "recipes"

[[entities]]
name = "Rating"
fields = ["recipe:fk=recipes.Recipe:related=ratings", "stars:int:min=1:max=5", "by:owner"]
operations = [{ name = "hide", input = ["stars"] }]

[[entities]]
name = "Recipe"
fields = ["title:str=200", "tags:m2m=recipes.Tag", "similar:fk=recipes.Recipe:optional:related=+"]

[[entities]]
name = "Tag"
pk = "uuid"
fields = ["name:str=50:unique", "first:fk=recipes.Recipe:optional:unchecked:related=+"]
"""


def test_entities_in_any_order_and_in_a_circle_come_back_from_their_export(
    layered: TestProject, tmp_path: Path
) -> None:
    other = layered.copy(tmp_path / "other" / "project")
    layered.write({"spec.toml": SPEC})

    added = layered.manage("addentity", "--from-spec", "spec.toml")
    exported = layered.manage("exportspec")
    other.write({"spec.toml": exported.out})
    again = other.manage("addentity", "--from-spec", "spec.toml")

    assert (added.code, exported.code, again.code) == (0, 0, 0), added.err + exported.err + again.err
    assert layered.manage("check").code == 0
    tree, copied = layered.tree(), other.tree()
    assert {path for path in tree if tree[path] != copied.get(path)} == {"spec.toml"}
    assert tree.keys() == copied.keys()


def test_a_circle_of_services_is_refused_with_the_entity_and_the_field(layered: TestProject) -> None:
    layered.write({"spec.toml": SPEC.replace(":unchecked", "")})
    before = layered.tree()

    ran = layered.manage("addentity", "--from-spec", "spec.toml")

    assert ran.code == 2
    assert "Tag: first: the service of recipes.Recipe asks this one already" in ran.err
    assert "Recipe: tags: the service of recipes.Tag asks this one already" in ran.err
    assert layered.tree() == before


def test_an_export_says_what_is_not_in_it_and_what_it_stands_on(layered: TestProject, tmp_path: Path) -> None:
    other = layered.copy(tmp_path / "other")
    models = "\n\n".join(
        f"class {name}(models.Model):\n    name = models.CharField(max_length=9)\n" for name in ("Old", "Lone")
    )
    layered.write({"recipes/models/old.py": f"from django.db import models\n\n\n{models}"})
    exports = layered.root / "recipes/models/__init__.py"
    exports.write_text(exports.read_text() + "\nfrom recipes.models.old import Lone, Old\n")
    assert layered.manage("addentity", "recipes.Old").code == 0

    exported = layered.manage("exportspec")
    of_one = layered.manage("exportspec", "Old")
    other.write({"spec.toml": exported.out})
    refused = other.manage("addentity", "--from-spec", "spec.toml")

    assert "Nothing was generated for recipes.Lone: not exported." in exported.err
    assert "The model of recipes.Old was there before its layers: it is not exported" in exported.err
    assert "Lone" not in exported.out
    assert of_one.err == ""
    assert refused.code == 2
    assert "there is no model recipes.Old" in refused.err
