"""What can be wrong with the references of an entity: their targets, the ways back, and what responses embed."""

from collections import Counter
from collections.abc import Mapping

from django_layers.scaffold.language.derived import automatic_fields, references, related_name, target_label
from django_layers.scaffold.language.fields import allows_null, field_type, is_private, row_name
from django_layers.scaffold.language.problems import GrammarError
from django_layers.scaffold.language.reserved import field_name_problem, is_secret
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.project.circles import asks_service, needs_row
from django_layers.scaffold.project.facts import ModelFacts, ProjectFacts
from django_layers.scaffold.request.findings import Findings

__all__ = ["check_embed", "check_references"]


def check_references(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    """Note what is wrong with the references of an entity whose fields are right on their own."""
    owners = [field for field in entity.fields if field.type == "owner"]
    for field in owners[1:]:
        findings.field(field, "type", f"the rows have an owner already, {owners[0].name}.", "Use fk=auth.User for it.")
    labels: dict[str, str] = {}
    for field in references(entity):
        label = _checked_label(entity, field, facts, findings)
        if label is not None:
            labels[field.name] = label
            _check_shape(entity, field, label, findings)
            check_embed(entity, field, label, facts, findings)
            _check_circle(field, label, facts, findings)
    if len(labels) == len(references(entity)):
        _check_ways_back(entity, labels, facts, findings)


def _checked_label(entity: EntitySpec, field: FieldSpec, facts: ProjectFacts, findings: Findings) -> str | None:
    """Return the label of the target of a field; None, with a problem noted, where there is no such model."""
    if field.type != "owner" and len(field.argument) != 1:
        return None  # `check_field` has said so.
    try:
        label = target_label(entity, field, user_model=facts.user_model)
    except GrammarError:
        message = f"{field.argument[0]!r} is no name of a model."
        findings.field(field, "argument", message, "Write app.Model, as in recipes.Recipe.")
        return None
    own = f"{entity.app_label}.{entity.name}"
    if field.type != "owner" and field.argument not in (("self",), (label,)):
        findings.field(field, "argument", f"{field.argument[0]!r} does not say the app.", f"Write {label}.")
        return None
    if label == own:
        return label
    target = facts.models.get(label)
    if target is None:
        findings.field(field, "argument", f"there is no model {label}.", _nearest_model(label, own, facts))
        return None
    if target.replaced_by:
        message = f"{label} is not in use: this project has {target.replaced_by} in its place."
        findings.field(field, "argument", message, f"Write {target.replaced_by}.")
        return None
    return label


def _nearest_model(label: str, own: str, facts: ProjectFacts) -> str:
    app, _, _ = label.partition(".")
    if app not in facts.apps:
        return did_you_mean(label, {*facts.models, own}, otherwise=f"No app {app} is installed.")
    models = sorted(other for other in facts.models if other.startswith(f"{app}."))
    everything = f"The models of {app} are {', '.join(models)}." if models else f"{app} has no models."
    return did_you_mean(label, {*facts.models, own}, otherwise=everything)


def _check_shape(entity: EntitySpec, field: FieldSpec, label: str, findings: Findings) -> None:
    if field.name.endswith("_id") or (field_type(field).many and field.name.endswith("_ids")):
        short = field.name.removesuffix("s").removesuffix("_id")
        findings.field(field, "name", "a reference is named after the row, not after its key.", f"Call it {short}.")
    required = not allows_null(field) and not field_type(field).many
    if label == f"{entity.app_label}.{entity.name}" and required:
        message = "no first row could be stored, since every row would need another."
        findings.field(field, "type", message, "Add optional.")


def _check_circle(field: FieldSpec, label: str, facts: ProjectFacts, findings: Findings) -> None:
    """Note references that lead in a circle, and those that nobody would check where somebody has to."""
    target = facts.models.get(label)
    if label in facts.requiring and needs_row(field):
        message = f"no first row could be stored, since each row of {label} needs one of this."
        findings.field(field, "type", message, "Add optional to one of the references.")
    elif label in facts.circular and asks_service(field):
        message = f"the service of {label} asks this one already, and each would wait for the other."
        ways = "Add unchecked, so that only the row has to exist, or readonly, so that no request says it"
        findings.field(field, "argument", message, f"{ways}; here, or on the way back.")
    elif field.unchecked and target is not None and target.private and not field.readonly:
        message = f"each row of {label} is for its owner only, and requests could refer to those of others."
        findings.field(field, "unchecked", message, "Leave unchecked out, or add readonly.")


def check_embed(entity: EntitySpec, field: FieldSpec, label: str, facts: ProjectFacts, findings: Findings) -> None:
    """Note what is wrong with what responses are to show of the rows that a field refers to."""
    target = facts.models.get(label)
    if field.embed and target is not None and target.private and not _is_private(entity):
        message = f"each row of {label} is for its owner only, and everybody who reads {entity.name} would see it."
        findings.field(field, "embed", message, f"Give {entity.name} an owner (user:owner), or leave embed out.")
        return
    known = _embeddable(entity, label, facts)
    for name, count in Counter(field.embed).items():
        if count > 1:
            findings.field(field, "embed", f"{name} is embedded twice.", "Leave one out.")
        elif not name:
            findings.field(field, "embed", "the name of a field is missing.", "Write embed=id,title.")
        elif name not in known:
            everything = f"It has {', '.join(sorted(known))}." if known else ""
            suggestion = did_you_mean(name, known, otherwise=everything)
            findings.field(field, "embed", f"{label} has no field {name} that can be embedded.", suggestion)
        elif is_secret(name):
            message = f"{name} looks like a secret, and every reader would get it."
            findings.field(field, "embed", message, "Leave it out.")


def _is_private(entity: EntitySpec) -> bool:
    return any(map(is_private, entity.fields))


def _embeddable(entity: EntitySpec, label: str, facts: ProjectFacts) -> frozenset[str]:
    if label == f"{entity.app_label}.{entity.name}":
        own = {
            field.name
            for field in entity.fields
            if not field.writeonly and not field_type(field).reference and not field_type(field).upload
        }
        return frozenset({*own, *automatic_fields(entity)})
    model = facts.models.get(label)
    return (
        frozenset(name for name, field in model.fields.items() if field.annotation is not None)
        if model
        else frozenset()
    )


def _check_ways_back(entity: EntitySpec, labels: Mapping[str, str], facts: ProjectFacts, findings: Findings) -> None:
    own = f"{entity.app_label}.{entity.name}"
    own_names = {*automatic_fields(entity), *(field.name for field in entity.fields), *map(row_name, entity.fields)}
    seen: dict[tuple[str, str], str] = {}
    for field in references(entity):
        label, name = labels[field.name], related_name(entity, field, user_model=facts.user_model)
        if name == "+":
            continue
        part = "related" if field.related is not None else "name"
        if problem := field_name_problem(name):
            message = f"the way back from {label} would be called {name}: {problem[0]}"
            findings.field(field, part, message, "Add related=ratings, for example, or related=+ for none.")
            continue
        taken = _taken_by(facts.models.get(label), name)
        if label == own and name in own_names:
            taken = "a field of its own"
        if (label, name) in seen:
            taken = f"the field {seen[label, name]}"
        seen[label, name] = field.name
        if taken:
            message = f"the way back from {label} would be called {name}, which {taken} has already."
            findings.field(field, part, message, f"Add related={field.name}_{name}, or related=+ for none.")


def _taken_by(model: ModelFacts | None, name: str) -> str:
    if model is None:
        return ""
    if name in model.fields:
        return "a field of that model"
    return "a reference of another model" if name in model.reverse_accessors else ""
