"""The models that an entity refers to, as templates need to know them."""

from collections.abc import Iterator, Mapping

from django_layers.scaffold.language.derived import key_name
from django_layers.scaffold.language.fields import field_type, is_private
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import Access, EntitySpec
from django_layers.scaffold.plans.ledger_reading import read_spec
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.apps import model_module
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import FieldFacts, ModelFacts, ProjectFacts
from django_layers.scaffold.project.layout import KeyType, Target

__all__ = ["referred_labels", "shown_notices", "targets_of", "unchecked_notices"]

# What an answer holds anyway, as the key of the row.
_KEYS = frozenset({"id", "pk"})


def referred_labels(entity: EntitySpec) -> tuple[str, ...]:
    """Return the labels of the other models that an entity's fields name, each once."""
    own = {"self", f"{entity.app_label}.{entity.name}"}
    references = (field for field in entity.fields if field_type(field).reference and field.type != "owner")
    return tuple(dict.fromkeys(field.argument[0] for field in references if field.argument[0] not in own))


def targets_of(entity: EntitySpec, project: Project, facts: ProjectFacts) -> Mapping[str, Target]:
    """Return what the entity refers to, by label; every label must be one of the facts."""
    owners = [field for field in entity.fields if field.type == "owner" and field.embed]
    labels = dict.fromkeys([*referred_labels(entity), *(project.layout.user_model for _ in owners)])
    if entity.model is not None:
        labels |= {f"{entity.app_label}.{entity.name}": None}
    return {
        label: _target(facts.models[label], project, facts.planned.get(label), queries=label in facts.querying)
        for label in labels
    }


def unchecked_notices(entity: EntitySpec, targets: Mapping[str, Target]) -> tuple[str, ...]:
    """Return a sentence for each target that requests name and no service guards; an owner is nothing they name."""
    unchecked = {field.argument[0]: field.name for field in entity.fields if field.unchecked and not field.readonly}
    return (
        *(
            f"{label} has no service: any actor may refer to any row of it."
            for label in referred_labels(entity)
            if not targets[label].layered
        ),
        *(
            f"{name} is unchecked: any actor may refer to any row of {label}."
            for label, name in unchecked.items()
            if label in targets and targets[label].layered
        ),
    )


def shown_notices(entity: EntitySpec, facts: ProjectFacts) -> tuple[str, ...]:
    """Return a sentence for what answers show that somebody may have wanted to keep."""
    return (*_unguarded_notices(entity, facts), *_public_notices(entity, facts.user_model))


def _unguarded_notices(entity: EntitySpec, facts: ProjectFacts) -> Iterator[str]:
    """Yield a sentence for each model whose rows answers show, whoever they may be meant for."""
    for field in entity.fields:
        label = field.argument[0] if field.embed and field.type != "owner" and field.argument else ""
        model = facts.models.get(label)
        shown = [name for name in field.embed if name not in _KEYS]
        if shown and model is not None and model.unguarded and label != facts.user_model:
            yield (
                f"Answers show {' and '.join(shown)} of any row of {label} to all who may read {entity.name}: "
                "it has neither a generated entity nor a repository to say whose its rows are."
            )


def _public_notices(entity: EntitySpec, user_model: str) -> tuple[str, ...]:
    """Return a sentence for each field of users that answers carry to everybody, signed in or not."""
    if entity.public is Access.NONE:
        return ()
    embedding = (field for field in entity.fields if field.type == "owner" or field.argument == (user_model,))
    names = dict.fromkeys(name for field in embedding for name in field.embed if name not in _KEYS)
    return tuple(f"GET answers show {user_model}.{name} to everybody." for name in names)


def _target(facts: ModelFacts, project: Project, spec: EntitySpec | None, *, queries: bool) -> Target:
    """Return a target; its specification is at hand where the same run adds it."""
    from django.apps import apps

    app_label, _, name = facts.label.partition(".")
    app = project.app(app_label)
    is_new = spec is not None and spec.model is None
    planned_module = f"{app.package}.models" if app is not None and is_new else ""
    if spec is None and app is not None:
        data = read_spec(project.layout.root, app.path, Name(name).snake)
        spec = from_data(data) if data is not None else None
    layered = spec is not None and (not spec.layers or {"services", "dependencies"} <= spec.layers)
    owners = [field.name for field in spec.fields if field.type == "owner" and is_private(field)] if spec else []
    return Target(
        label=facts.label,
        entity=name,
        key=facts.key,
        model_module=planned_module or model_module(apps.get_model(facts.label)),
        layered=layered,
        app=app if layered else None,
        fields={name: _annotation(field) for name, field in facts.fields.items() if field.annotation is not None},
        owner="".join(owners[:1]),
        key_name=key_name(spec) if spec is not None else "id",
        queries=queries,
    )


def _annotation(field: FieldFacts) -> KeyType:
    annotation = field.annotation
    assert annotation is not None
    return KeyType(
        f"{annotation.code} | None" if field.nullable else annotation.code,
        annotation.imports[0].module if annotation.imports else "",
    )
