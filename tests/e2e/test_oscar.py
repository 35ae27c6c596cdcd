"""An application of other people's adopted whole: the models of django-oscar, forked as its users do."""

import pytest

from tests.e2e.oscar import FORKED, INSTALLED, make_shop
from tests.scaffold.projects import TestProject

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not INSTALLED, reason="django-oscar[sorl-thumbnail] is not installed: its models are not adopted"
    ),
]

_LABELS = """
    from django.apps import apps
    print(*(model._meta.label for name in sys.argv[1:] for model in apps.get_app_config(name).get_models()))
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A shop whose apps have layers, and no entities yet."""
    project = make_shop(tmp_path_factory.mktemp("oscar") / "project")
    for label in FORKED:
        ran = project.manage("startlayer", label)
        assert ran.code == 0, (label, ran.err)
    return project


def test_every_model_of_oscar_is_adopted_or_said_why_not_and_the_project_passes_its_checks(shop: TestProject) -> None:
    told = ""
    for label in FORKED:
        ran = shop.manage("addentity", "--app", label, "--all")
        assert ran.code == 0, (label, ran.err)
        told += ran.out
    labels = shop.django(_LABELS, *FORKED).out.split()
    adopted = len(list(shop.root.glob("forks/**/.layers/*.json")))

    assert adopted + sum(f"{label} can't be adopted: " in told for label in labels) == len(labels)
    assert adopted > len(labels) // 2
    assert shop.manage("check").code == 0
