"""An application of other people's adopted whole: the models of django-oscar, forked as its users do."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e import gates
from tests.e2e.oscar import FORKED, INSTALLED, make_shop, say_types
from tests.scaffold.projects import TestProject

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not INSTALLED, reason="django-oscar[sorl-thumbnail] is not installed: its models are not adopted"
    ),
]

REFUSED: dict[str, str] = {}
"""The models that can't be adopted, and why."""

UNTESTED = {"catalogue.ProductCategoryHierarchy": "its table is not Django's to make"}
"""The models that are adopted without tests, and why."""

_LABELS = """
    from django.apps import apps
    print(*(model._meta.label for name in sys.argv[1:] for model in apps.get_app_config(name).get_models()))
"""
_URL_OF_SHOP = 'path("", include(apps.get_app_config("oscar").urls[0]))'


@dataclass(frozen=True)
class Shop:
    """A shop whose models are adopted.

    Attributes:
        project: the project.
        forked: its files before it had layers.
        told: what the adoption said.
    """

    project: TestProject
    forked: dict[str, bytes]
    told: str

    @property
    def written(self) -> list[str]:
        """The modules that commands have written."""
        return [name for name in self.project.tree() if name.endswith(".py") and name not in self.forked]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A shop whose models are adopted app by app, and then brought to what has got services since."""
    project = make_shop(tmp_path_factory.mktemp("oscar") / "project")
    forked = project.tree()
    told = ""
    for command in (("startlayer",), ("addentity", "--all", "--app")):
        for label in FORKED:
            ran = project.manage(*command, label)
            assert ran.code == 0, (command, label, ran.err)
            told += ran.out
    ran = project.manage("upgradelayers")
    assert ran.code == 0, ran.err
    return Shop(project, forked, told)


def test_every_model_is_adopted_or_said_why_not(shop: Shop) -> None:
    labels = shop.project.django(_LABELS, *FORKED).out.split()
    adopted = list(shop.project.root.glob("forks/**/.layers/*.json"))

    assert len(adopted) + len(REFUSED) == len(labels)
    assert shop.told.count(" can't be adopted: ") == len(REFUSED)
    assert all(f"{label} can't be adopted: {why}" in shop.told for label, why in REFUSED.items())
    assert shop.told.count(": it has no tests") == len(UNTESTED)
    assert all(f"{label}: it has no tests: {why}" in shop.told for label, why in UNTESTED.items())


def test_what_was_there_stays_and_the_project_passes_its_checks(shop: Shop) -> None:
    tree = shop.project.tree()

    assert {name for name, content in shop.forked.items() if tree[name] != content} == {
        "config/settings.py",
        "config/urls.py",
    }
    assert _URL_OF_SHOP in tree["config/urls.py"].decode()
    assert shop.project.manage("check").code == 0
    gates.has_its_migrations(shop.project)


def test_what_is_written_is_as_ruff_would_have_it(shop: Shop) -> None:
    assert len(shop.written) > 500
    for command in (("check", "--extend-select", "I"), ("format", "--check")):
        ran = shop.project.python("-m", "ruff", *command, "--no-cache", *shop.written)
        assert ran.code == 0, ran.out


def test_what_is_written_is_typed_once_mypy_reads_oscar(shop: Shop, tmp_path: Path) -> None:
    project = shop.project.copy(tmp_path / "typed")
    say_types(project)

    gates.is_typed(project)


def test_what_is_written_passes_its_own_tests(shop: Shop) -> None:
    gates.passes_its_tests(shop.project, "-n", "2")


def test_nothing_has_drifted_and_nothing_is_behind(shop: Shop) -> None:
    for command in (("synclayers", "--all", "--check"), ("upgradelayers", "--check")):
        ran = shop.project.manage(*command)
        assert ran.code == 0, (command, ran.out, ran.err)
