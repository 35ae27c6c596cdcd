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
from django_layers.scaffold.project.planned import label_of
from django_layers.scaffold.refusals import InvalidRequest

__all__ = ["exported", "left_out"]


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


def left_out(project: Project, entities: Sequence[EntitySpec], *, app_label: str | None) -> list[str]:
    """Return sentences about what an export of all entities does not bring back.

    Args:
        project: the project.
        entities: what is exported.
        app_label: the label of the app that alone was looked at; None for all.
    """
    from django.apps import apps

    labels = {label_of(entity) for entity in entities}
    models = [model._meta.label for app in apps.get_app_configs() for model in app.get_models()]
    layered = {label for label in project.layered if app_label in (None, label)}
    unknown = [label for label in models if label.partition(".")[0] in layered and label not in labels]
    adopted = [label_of(entity) for entity in entities if entity.model is not None]
    sentences = []
    if unknown:
        sentences.append(
            f"Nothing was generated for {', '.join(unknown)}: not exported. `addentity LABEL` adopts a model that is there."
        )
    if adopted:
        sentences.append(
            f"The model of {', '.join(adopted)} was there before its layers: it is not exported, and has to be there where "
            "the file is read."
        )
    return sentences


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
