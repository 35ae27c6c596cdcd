"""Which entity a command names, and what was generated for it."""

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.planning.addentity import layered_app
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.request.arguments import ArgumentReader

__all__ = ["known_ledger", "named_entity"]


def named_entity(project: Project, name: str, app_label: str | None) -> tuple[AppLayout, str]:
    """Return the layout of the app that an entity is in, and its class name.

    Args:
        project: the project.
        name: "Rating" or "recipes.Rating".
        app_label: the label of the app; None where it is to be found out.

    Raises:
        InvalidRequest: the name can't be read, or it is not clear which app is meant.
        AppNotLayered: its app has no layers.
    """
    reader = ArgumentReader(project)
    label, name = reader.name(name, app_label)
    if reader.problems or not label:
        raise InvalidRequest([*map(str, reader.problems)] or ["Say which app the entity is in: add --app."])
    return layered_app(project, label), name


def known_ledger(project: Project, app: AppLayout, name: str) -> Ledger:
    """Return the ledger of an entity that was generated.

    Args:
        project: the project.
        app: the layout of the entity's app.
        name: its class name.

    Raises:
        InvalidRequest: none was.
        LedgerUnreadable: it can't be read.
    """
    root = project.layout.root
    ledger = read_ledger(root, app.path, Name(name).snake) if name.isidentifier() else None
    if ledger is not None:
        return ledger
    others = {path.stem: path for path in (root / app.path / ".layers").glob("*.json")}
    everything = f"Generated ones are {', '.join(sorted(others))}." if others else f"Run addentity {name} first."
    suggestion = did_you_mean(Name(name).snake, others, otherwise=everything)
    raise InvalidRequest([f"{name}: django-layers has generated no entity of this name in {app.label}. {suggestion}"])
