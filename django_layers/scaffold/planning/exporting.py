"""The entities that a project has, as a file for `addentity --from-spec`."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.plans.ledger_reading import read_spec
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["exported"]


def exported(project: Project, names: Sequence[str], *, app_label: str | None) -> tuple[EntitySpec, ...]:
    """Return entities that were generated, those of an app in the order in which its composition root has them.

    Args:
        project: the project.
        names: which of them, "Rating" or "recipes.Rating"; all where there is none.
        app_label: the label of an app, whose entities alone are looked at.

    Raises:
        InvalidRequest: there is no such app, or no such entity in it.
        LedgerUnreadable: what was generated for one of them can't be known.
    """
    labels = {app.label for app in project.apps}
    if app_label is not None and app_label not in labels:
        raise InvalidRequest([f"--app {app_label}: this project has no such app. {did_you_mean(app_label, labels)}"])
    apps = [app for app in project.apps if app_label in (None, app.label)]
    found = {f"{entity.app_label}.{entity.name}": entity for app in apps for entity in _entities(project, app)}
    if not names:
        return tuple(found.values())
    wanted = [name for name in names if name not in found and not _called(found, name)]
    if wanted:
        everything = f"Generated ones are {', '.join(found)}." if found else "None was generated."
        raise InvalidRequest(
            [
                f"{name}: no entity of this name was generated. {did_you_mean(name, found, otherwise=everything)}"
                for name in wanted
            ]
        )
    return tuple(entity for label, entity in found.items() if {label, entity.name} & {*names})


def _called(found: dict[str, EntitySpec], name: str) -> bool:
    return any(entity.name == name for entity in found.values())


def _entities(project: Project, app: AppLayout) -> list[EntitySpec]:
    root = project.layout.root
    path = root / app.file("dependencies", "")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""

    def place(entity: EntitySpec) -> tuple[int, str]:
        start = text.find(f"\ndef {Name(entity.name, entity.plural).snake}_service(")
        return (start if start >= 0 else len(text), entity.name)

    return sorted(_read(project, app.path), key=place)


def _read(project: Project, app: PurePosixPath) -> Iterator[EntitySpec]:
    root = project.layout.root
    for file in sorted((root / app / ".layers").glob("*.json")):
        data = read_spec(root, app, file.stem)
        if data is not None:
            yield from_data(data)
