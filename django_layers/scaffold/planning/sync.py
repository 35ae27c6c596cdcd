"""The plan of `synclayers`: models were changed by hand, and the other layers follow."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from django_layers.scaffold.adoption.drift import differences, with_model
from django_layers.scaffold.adoption.errors import CannotAdopt
from django_layers.scaffold.adoption.fields import AnyModel
from django_layers.scaffold.adoption.model import Adoption, adoption_of
from django_layers.scaffold.adoption.options import owner_asked_for, with_options
from django_layers.scaffold.adoption.ordering import with_unchecked
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.planning.addentity import layered_app
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import draft_evolution
from django_layers.scaffold.planning.migration import check_loads
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.request.validate import validate

__all__ = ["drift_notices", "drifted", "plan_sync"]


def plan_sync(project: Project, labels: Sequence[str], name: str, *, decisions: Decisions) -> Plan:
    """Plan what brings the layers of entities to where their models are; models are read and never written.

    Args:
        project: the project as it is.
        labels: the labels of the apps to look at.
        name: the class name of one entity; empty for all of the apps.
        decisions: what the reader decided about files that both sides changed.

    Raises:
        InvalidRequest: there is no such entity, or its model can no longer have layers; every problem is listed.
        AppNotLayered: an app has no layers.
        LedgerUnreadable: what was generated before can't be known.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    draft = Draft(project.layout.root, decisions)
    problems: list[str] = []
    found = False
    for app in (layered_app(project, label) for label in labels):
        for ledger in _ledgers(project, app):
            old = from_data(ledger.spec)
            if name in ("", old.name):
                found = True
                problems += _sync(project, app, ledger, old, draft)
    if not found and name:
        raise InvalidRequest([_unknown(project, labels, name)])
    if problems:
        raise InvalidRequest(problems)
    plan = draft.plan()
    verify(plan)
    if plan.changes_something and not plan.conflicts:
        check_loads(plan, project)
    return plan


def drifted(entity: EntitySpec) -> tuple[EntitySpec, tuple[str, ...]]:
    """Return an entity as its model is now, and a sentence for what the layers don't carry of it.

    Raises:
        CannotAdopt: the model is gone, or can no longer have layers.
    """
    adoption = _read(entity)
    if entity.model is None:
        return with_model(entity, adoption.entity), ()
    return with_options(adoption.entity, entity), adoption.notices


def drift_notices(entity: EntitySpec) -> tuple[str, ...]:
    """Return a sentence where the model of an entity says something else than its layers were generated for."""
    if not _has_model(entity):
        return ()
    try:
        new, _ = drifted(entity)
    except CannotAdopt as error:
        return (str(error),)
    found = tuple(differences(entity, new))
    if not found:
        return ()
    return (
        f"The model {entity.name} was changed by hand ({'; '.join(found)}). "
        f"Run synclayers {entity.app_label}.{entity.name} to bring its layers along.",
    )


def _read(entity: EntitySpec) -> Adoption:
    return adoption_of(_model(entity), owner=owner_asked_for(entity))


def _model(entity: EntitySpec) -> AnyModel:
    from django.apps import apps

    try:
        return apps.get_model(entity.app_label, entity.name)
    except LookupError:
        label = f"{entity.app_label}.{entity.name}"
        raise CannotAdopt(label, "its model is gone. removeentity takes out its layers too.") from None


def _sync(project: Project, app: AppLayout, ledger: Ledger, old: EntitySpec, draft: Draft) -> Sequence[str]:
    """Bring an entity to where its model is, or return what is wrong with that."""
    if old.layers and old.model is None and "models" not in old.layers and not _has_model(old):
        return ()
    try:
        new, notices = drifted(old)
    except CannotAdopt as error:
        return [str(error)]
    drift = [f"{old.app_label}.{old.name}  {phrase}" for phrase in differences(old, new)]
    if not drift:
        return ()
    facts = project_facts(project, new)
    if new.model is not None:
        new = with_unchecked(new, facts.circular)
    problems = validate(new, facts)
    if problems:
        return [f"{old.app_label}.{old.name}: {problem}" for problem in problems]
    # What is generated for the model is what later runs compare with; the model itself is its author's.
    draft.kept |= {app.file("models", Name(old.name).snake), app.path / "types.py"}
    draft_evolution(project, app, ledger, new, facts=facts, draft=draft)
    draft.notices += (*drift, *notices)
    return ()


def _has_model(entity: EntitySpec) -> bool:
    try:
        _model(entity)
    except CannotAdopt:
        return False
    return True


def _ledgers(project: Project, app: AppLayout) -> Iterator[Ledger]:
    """Yield what was generated for each entity of an app."""
    root = project.layout.root
    for path in sorted((root / app.path / ".layers").glob("*.json")):
        ledger = read_ledger(root, app.path, PurePosixPath(path.name).stem)
        if ledger is not None:
            yield ledger


def _unknown(project: Project, labels: Sequence[str], name: str) -> str:
    known = [
        from_data(ledger.spec).name for label in labels for ledger in _ledgers(project, layered_app(project, label))
    ]
    everything = (
        f"There are {', '.join(known)}." if known else "There are none: addentity writes the layers of a model."
    )
    return f"{name}: no entity of this name has generated layers. {did_you_mean(name, known, otherwise=everything)}"
