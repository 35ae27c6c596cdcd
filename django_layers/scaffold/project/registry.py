"""What a request is judged against, read from the app registry and the layers' files."""

import importlib.util
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import FileIO
from pathlib import Path
from types import MappingProxyType

from django_layers.scaffold.language.derived import class_names
from django_layers.scaffold.language.fields import is_private
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.plans.ledger_reading import read_ledger, read_spec, read_unmerged
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.apps import PACKAGES
from django_layers.scaffold.project.circles import asks_service, leading_back, leading_to, needs_row
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import AppFacts, ModelFacts, ProjectFacts
from django_layers.scaffold.project.hand_written import repository_owner
from django_layers.scaffold.project.introspect import ModelsFacts, may_query
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.planned import label_of, with_planned
from django_layers.scaffold.project.presence import present_layers

__all__ = ["project_facts"]

_REFERENCES = frozenset({"fk", "m2m", "o2o"})
_NOTHING: Mapping[str, EntitySpec] = MappingProxyType({})
_CLASS = re.compile(rb"^class (\w+)", re.MULTILINE)
# The prefix of a router in an api package, and the path of an endpoint where the api is a single module.
_PREFIX = re.compile(rb"\.add_router\(\s*[\"']/([^\"'/{]+)")
_ENDPOINT = re.compile(rb"^@router\.\w+\(\s*[\"']/([^\"'/{]+)", re.MULTILINE)


def project_facts(
    project: Project, entity: EntitySpec, *, planned: Mapping[str, EntitySpec] = _NOTHING
) -> ProjectFacts:
    """Collect the facts for one entity, without what an earlier run for it has put into the project.

    Args:
        project: the project.
        entity: the entity.
        planned: all entities that the run adds, by label.

    Raises:
        LedgerUnreadable: what an earlier run has generated can't be known.
    """
    from django.apps import apps

    app = project.app(entity.app_label) if entity.name.isidentifier() else None
    label = f"{entity.app_label}.{entity.name}"
    generated = _generated_classes(project.layout.root, app, Name(entity.name).snake) if app else None
    others = {label: spec for label, spec in planned.items() if label != label_of(entity)}
    spec_of = _SpecReader(project, others)
    there = ModelsFacts(apps.get_models(include_swapped=True))
    models = _models(there, project, entity, others, is_generated=generated is not None)
    # Of models that the entity refers to only: reading every ledger of a project would take long.
    referred = {field.argument[0] for field in entity.fields if field.type in _REFERENCES and field.argument}
    return ProjectFacts(
        apps=_apps(project, entity, others, generated or frozenset()),
        models=models,
        routes=_routes(project, entity, others, is_generated=generated is not None),
        present=present_layers(project.layout.root, app, entity, has_model=label in there) if app else frozenset(),
        untested=frozenset(label for label in referred & models.keys() if _is_untested(label, project, others)),
        user_model=project.layout.user_model,
        circular=leading_back(entity, spec_of, asks_service),
        requiring=leading_back(entity, spec_of, needs_row),
        querying=leading_to(entity, spec_of, asks_service, _may_query) | frozenset(filter(_may_query, [label])),
        planned=others,
        has_pillow=importlib.util.find_spec("PIL") is not None,
    )


def _models(
    models: ModelsFacts, project: Project, entity: EntitySpec, others: Mapping[str, EntitySpec], *, is_generated: bool
) -> ModelsFacts:
    """Return the models that an entity can refer to: those that there are without its own, and the planned ones."""
    label = f"{entity.app_label}.{entity.name}"
    is_new = is_generated or (entity.layers and "models" not in entity.layers)
    if entity.model is None and label in models and is_new:
        models = models.without(label)
    embedded = {field.argument[0] for field in entity.fields if (field.embed or field.unchecked) and field.argument}
    models = models.with_changes({label: _as_shown(models[label], project) for label in embedded & models.keys()})
    return with_planned(models, others.values(), user_model=project.layout.user_model)


def _apps(
    project: Project, entity: EntitySpec, others: Mapping[str, EntitySpec], generated: frozenset[str]
) -> dict[str, AppFacts]:
    """Return the installed apps; of the entity's own with the classes that others have there.

    Args:
        project: the project.
        entity: the entity.
        others: the other entities that the run adds, by label.
        generated: the classes that were generated for the entity.
    """
    app = project.app(entity.app_label)
    taken = _classes(project.layout.root, app, entity.layers) - generated if app is not None else frozenset()
    for spec in others.values():
        taken |= frozenset(class_names(spec) if spec.app_label == entity.app_label else ())
    return {
        label: AppFacts(
            label=label,
            layered=label in project.layered,
            classes=taken if label == entity.app_label else frozenset(),
        )
        for label in project.installed
    }


def _routes(
    project: Project, entity: EntitySpec, others: Mapping[str, EntitySpec], *, is_generated: bool
) -> dict[str, str]:
    """Return the labels of the apps that answer below a route, by the route; without the entity's own."""
    routes = {found: app.label for app in project.apps for found in _mounted(project.layout.root, app)}
    if is_generated:
        own = Name(entity.name, entity.plural).route
        routes = {found: label for found, label in routes.items() if (found, label) != (own, entity.app_label)}
    for spec in others.values():
        routes.setdefault(Name(spec.name, spec.plural).route, spec.app_label)
    return routes


def _generated_classes(root: Path, app: AppLayout, entity: str) -> frozenset[str] | None:
    """Return the classes that were generated for an entity; None where it has no ledger."""
    unmerged = read_unmerged(root, app.path, entity)
    if unmerged is not None:
        return frozenset(name for asked in unmerged for name in class_names(from_data(asked.spec)))
    ledger = read_ledger(root, app.path, entity)
    if ledger is None:
        return None
    return frozenset(found.decode() for file in ledger.files for found in _CLASS.findall(file.text.encode()))


class _SpecReader:
    """Returns the specification of the entity of a model, each read once.

    Args:
        project: the project.
        planned: entities that there are not yet.
    """

    def __init__(self, project: Project, planned: Mapping[str, EntitySpec]) -> None:
        self._project = project
        self._specs: dict[str, EntitySpec | None] = {**planned}

    def __call__(self, label: str) -> EntitySpec | None:
        if label not in self._specs:
            app_label, _, name = label.partition(".")
            app = self._project.app(app_label)
            data = read_spec(self._project.layout.root, app.path, Name(name).snake) if app is not None else None
            self._specs[label] = from_data(data) if data is not None else None
        return self._specs[label]


def _may_query(label: str) -> bool:
    from django.apps import apps

    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return False
    return may_query(model)


def _is_untested(label: str, project: Project, planned: Mapping[str, EntitySpec]) -> bool:
    """Tell whether an entity was generated with its service and without its tests, or is to be."""
    if label in planned:
        return "services" in planned[label].layers and "tests" not in planned[label].layers
    app_label, _, name = label.partition(".")
    app = project.app(app_label)
    ledger = read_ledger(project.layout.root, app.path, Name(name).snake) if app is not None else None
    layers = from_data(ledger.spec).layers if ledger is not None else frozenset()
    return "services" in layers and "tests" not in layers


def _as_shown(facts: ModelFacts, project: Project) -> ModelFacts:
    """Return a model's facts with what its entity shows to whom: some fields to nobody, or rows to their owner only."""
    app_label, _, name = facts.label.partition(".")
    app = project.app(app_label)
    ledger = read_ledger(project.layout.root, app.path, Name(name).snake) if app is not None else None
    if ledger is None:
        owner = repository_owner(project.layout.root, app, name) if app is not None else None
        return replace(facts, private=bool(owner), unguarded=owner is None)
    spec = from_data(ledger.spec)
    hidden = {field.name for field in spec.fields if field.writeonly}
    fields = {
        name: replace(field, annotation=None) if name in hidden else field for name, field in facts.fields.items()
    }
    return replace(facts, fields=fields, private=any(map(is_private, spec.fields)))


def _classes(root: Path, app: AppLayout, layers: frozenset[str]) -> frozenset[str]:
    """Return the names of the classes in the layers that are to be written, in all where none is named."""
    wanted = {layer.partition(".")[0] for layer in layers} or {"types", "dependencies", *PACKAGES}
    found = (name.decode() for content in _contents(root / app.path, wanted) for name in _CLASS.findall(content))
    return frozenset(found)


def _contents(folder: Path, layers: Iterable[str]) -> Iterator[bytes]:
    """Yield what each module of some layers holds."""
    for layer in layers:
        if (folder / layer / "__init__.py").is_file():
            # A large app has thousands of modules, and a `Path` of each takes as long as reading it.
            for path, _, names in os.walk(folder / layer):
                yield from (_content(f"{path}/{name}") for name in names if name.endswith(".py"))
        elif (folder / f"{layer}.py").is_file():
            yield _content(f"{folder}/{layer}.py")


def _content(file: str) -> bytes:
    with FileIO(file) as opened:
        return opened.readall()


def _mounted(root: Path, app: AppLayout) -> Iterator[str]:
    package, module = root / app.path / "api" / "__init__.py", root / app.path / "api.py"
    if package.is_file():
        yield from (prefix.decode() for prefix in _PREFIX.findall(package.read_bytes()))
    elif module.is_file():
        content = module.read_bytes()
        yield from (prefix.decode() for prefix in {*_PREFIX.findall(content), *_ENDPOINT.findall(content)})
