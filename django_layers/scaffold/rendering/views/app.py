"""An app with everything that its templates need, worked out."""

from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Import
from django_layers.scaffold.language.names import pascal_case
from django_layers.scaffold.project.layout import AppLayout, ProjectLayout
from django_layers.scaffold.rendering.views.keys import key_sample

__all__ = ["AppView", "app_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppView:
    """An app.

    Attributes:
        label: its label.
        package: its dotted path.
        tests_package: the dotted path of its tests.
        verbose: its name in running text.
        config_class: the name of its AppConfig.
        label_differs: whether its label is not what Django would work out.
        user_keys: three keys of users, for tests.
        user_key_import: what they import; None where they need nothing.
    """

    label: str
    package: str
    tests_package: str
    verbose: str
    config_class: str
    label_differs: bool
    user_keys: tuple[str, str, str]
    user_key_import: Import | None


def app_view(app: AppLayout, project: ProjectLayout) -> AppView:
    """Work out everything that the templates of an app need."""
    first, second, third = (key_sample(project.user_key, number) for number in (1, 2, 3))
    return AppView(
        label=app.label,
        package=app.package,
        tests_package=f"{app.package}.{app.tests}",
        verbose=app.label.replace("_", " "),
        config_class=f"{pascal_case(app.label)}Config",
        label_differs=app.package.rpartition(".")[2] != app.label,
        user_keys=(str(first), str(second), str(third)),
        user_key_import=next(iter(first.imports), None),
    )
