"""Judges a request as a whole; pure, and every problem at once."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django_layers.scaffold.language.annotations import alias_name
from django_layers.scaffold.language.derived import (
    AUTOMATIC,
    automatic_fields,
    class_names,
    filters,
    owner_field,
    references,
    target_label,
)
from django_layers.scaffold.language.fields import allows_null, dto_name, field_type, is_private, row_name
from django_layers.scaffold.language.model_types import MODEL_TYPES
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.reserved import entity_name_problem
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.language.types import FIELD_TYPES
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.request.findings import Findings
from django_layers.scaffold.request.layers import check_layers
from django_layers.scaffold.request.validate_columns import check_columns
from django_layers.scaffold.request.validate_fields import check_field
from django_layers.scaffold.request.validate_operations import check_operations
from django_layers.scaffold.request.validate_references import check_embed, check_references

__all__ = ["validate"]


def validate(
    entity: EntitySpec, facts: ProjectFacts, *, sources: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a request; nothing where it can be carried out.

    Args:
        entity: what is asked for.
        facts: the project, without what the entity has put into it by an earlier run.
        sources: what was written for each field, by its name, so that problems can point into it.
    """
    findings = Findings(sources or {})
    if entity.model is not None:
        _check_adopted(entity, facts, findings)
        return tuple(findings.problems)
    named = _check_entity_name(entity, findings)
    _check_app(entity, facts, findings)
    for field in entity.fields:
        check_field(field, findings)
    check_layers(entity, facts, findings)
    _check_duplicates(entity, findings)
    if any(field.type not in {*FIELD_TYPES, *MODEL_TYPES} for field in entity.fields):
        return tuple(findings.problems)
    _check_uploads(entity, facts, findings)
    _check_access(entity, findings)
    before = len(findings.problems)
    check_references(entity, facts, findings)
    check_columns(entity, findings)
    check_operations(entity, findings)
    # Derived names mean something only where what they are derived from is right.
    if named and before == len(findings.problems) and not _has_broken_fields(findings, entity):
        _check_project(entity, facts, findings)
        _check_derived_names(entity, findings)
    return tuple(findings.problems)


def _check_adopted(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    """Note what is wrong with an entity whose model was there before it: not with the model, which is what it is."""
    label = f"{entity.app_label}.{entity.name}"
    if label not in facts.models:
        findings.request(
            "model",
            f"there is no model {label}, and what is asked for are the layers of one that is there.",
            "Write the model first, or leave `model` out for it to be generated.",
        )
        return
    named = _check_entity_name(entity, findings)
    _check_app(entity, facts, findings)
    check_layers(entity, facts, findings)
    _check_uploads(entity, facts, findings)
    _check_access(entity, findings)
    check_operations(entity, findings)
    for field in references(entity):
        if field.embed:
            label = target_label(entity, field, user_model=facts.user_model)
            check_embed(entity, field, label, facts, findings)
    if named:
        _check_names_in_project(entity, facts, findings, own={entity.name})
        query = [(item.field, item.name) for item in filters(entity)]
        _note_repeated("filters of its lists", entity, query, findings)
        _note_repeated("fields of its schemas", entity, _schema_names(entity), findings)


def _has_broken_fields(findings: Findings, entity: EntitySpec) -> bool:
    names = {field.name for field in entity.fields}
    return any(problem.where in names or problem.where == "field" for problem in findings.problems)


def _check_entity_name(entity: EntitySpec, findings: Findings) -> bool:
    name = Name(entity.name, entity.plural)
    problem = entity_name_problem(entity.name, name.snake, name.plural)
    if problem:
        findings.request(entity.name or "entity", *problem)
    return problem is None


def _check_app(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    label = entity.app_label
    app = facts.apps.get(label)
    if not label:
        layered = sorted(other for other, app in facts.apps.items() if app.layered)
        choices = f"one of {', '.join(layered)}." if layered else "an app: run `manage.py startlayer LABEL` first."
        findings.request("--app", "it is not clear which app the entity is for.", f"Add --app with {choices}")
    elif app is None:
        suggestion = did_you_mean(label, facts.apps, otherwise=f"Run `manage.py startlayer {label}` first.")
        findings.request("--app", f"no app {label!r} is installed.", suggestion)
    elif not app.layered:
        findings.request("--app", f"the app {label} has no layers yet.", f"Run `manage.py startlayer {label}` first.")


def _check_duplicates(entity: EntitySpec, findings: Findings) -> None:
    """Note fields of one name, and names that differ too little: by underscores only, or from an automatic field."""
    seen: dict[str, str] = {}
    for field in entity.fields:
        if field.name in automatic_fields(entity):
            message = f"{field.name} is there anyway: it is {AUTOMATIC[field.name]}."
            findings.field(field, "name", message, "Leave it out.")
        squeezed = field.name.replace("_", "")
        other = seen.get(squeezed)
        if other == field.name:
            findings.field(field, "name", "there are two fields of this name.", "Rename one of them.")
        elif other is not None:
            findings.field(field, "name", f"it differs from {other} by underscores only.", "Rename one of them.")
        seen[squeezed] = field.name


def _check_uploads(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    taken = {"request", f"{Name(entity.name, entity.plural).snake}_id"}
    for field in entity.fields:
        if field_type(field).upload and field.name in taken:
            message = f"the endpoint of the upload has a parameter {field.name} already."
            findings.field(field, "name", message, "Find another name.")
        if field.type == "image" and not facts.has_pillow:
            findings.field(field, "type", "images need Pillow, which is not installed.", "Run `pip install pillow`.")


def _check_access(entity: EntitySpec, findings: Findings) -> None:
    owner = owner_field(entity)
    if entity.write_users and owner is not None:
        message = f"the rows have an owner, {owner.name}, so every user writes their own already."
        findings.request("--write users", message, "Leave out --write users, or the owner.")
    if entity.write_users and entity.public is Access.ALL:
        findings.request("--write users", "everybody may write with --public all already.", "Leave one of them out.")
    if entity.public is Access.ALL and owner is not None:
        message = f"the rows have an owner, {owner.name}, and nobody in particular would write them."
        findings.request("--public all", message, "Use --public read, or leave out the owner.")
    elif entity.public is Access.READ and owner is not None and is_private(owner):
        message = f"the rows are private to their owner, {owner.name}."
        findings.request("--public read", message, f"Write {owner.name}:owner=shared, or leave out --public.")


def _check_project(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    """Note what is in the project already under a name that the entity would have."""
    label = f"{entity.app_label}.{entity.name}"
    same = [other for other in facts.models if other.lower() == label.lower()]
    if same:
        findings.request(entity.name, f"there is a model {same[0]} already.", "Find another name.")
    _check_names_in_project(entity, facts, findings, own={*class_names(entity)} if same else set())


def _check_names_in_project(entity: EntitySpec, facts: ProjectFacts, findings: Findings, *, own: set[str]) -> None:
    """Note classes and a route in the project under a name that the entity would have, but for classes of its own."""
    app = facts.apps.get(entity.app_label)
    taken = sorted(({*class_names(entity)} - own) & app.classes) if app is not None else []
    if taken:
        message = f"{entity.app_label} has classes of these names already: {', '.join(taken)}."
        findings.request(entity.name, message, "Find another name.")
    route = Name(entity.name, entity.plural).route
    if route in facts.routes:
        message = f"the route /{route} is that of the app {facts.routes[route]}."
        findings.request(entity.name, message, "Say another plural with --plural.")


def _check_derived_names(entity: EntitySpec, findings: Findings) -> None:
    _note_repeated("attributes of a row", entity, _row_names(entity), findings)
    _note_repeated("fields of its schemas", entity, _schema_names(entity), findings)
    query = [(item.field, item.name) for item in filters(entity)]
    query += [(field, field.name) for field in entity.fields]
    _note_repeated("filters of its lists", entity, query, findings)
    aliases = [(field, alias_name(entity, field)) for field in entity.fields if not field_type(field).reference]
    _note_repeated("types of its fields", entity, aliases, findings)
    doubled = [name for name, count in Counter(class_names(entity)).items() if count > 1]
    if doubled:
        message = f"two of its classes would be called {doubled[0]}."
        findings.request(entity.name, message, "Rename the field or the entity that leads to it.")


def _row_names(entity: EntitySpec) -> list[tuple[FieldSpec, str]]:
    names = [(field, name) for field in entity.fields for name in {field.name, row_name(field)}]
    names += [(field, f"get_{field.name}_display") for field in entity.fields if field.type == "choice"]
    moments = [field for field in entity.fields if field.type in ("date", "datetime") and not allows_null(field)]
    return names + [(field, f"get_{way}_by_{field.name}") for field in moments for way in ("next", "previous")]


def _schema_names(entity: EntitySpec) -> list[tuple[FieldSpec, str]]:
    names = [(field, dto_name(field)) for field in entity.fields]
    return names + [(field, field.name) for field in references(entity) if field.embed]


def _note_repeated(what: str, entity: EntitySpec, names: Sequence[tuple[FieldSpec, str]], findings: Findings) -> None:
    """Note what is called like something else: of two fields, or of a field and an automatic one."""
    owners: dict[str, FieldSpec | None] = dict.fromkeys(automatic_fields(entity))
    for field, name in names:
        if name in owners and owners[name] != field:
            other = owners[name]
            by = f"the field {other.name}" if other is not None else "an automatic field"
            message = f"among the {what}, {name} comes from {by} too."
            findings.field(field, "name", message, "Rename one of them.")
        owners.setdefault(name, field)
