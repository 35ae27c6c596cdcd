"""What a request says of a model that is there: options that no model can say, and nothing that contradicts it."""

from collections.abc import Iterator
from dataclasses import replace

from django_layers.scaffold.language.derived import automatic_fields
from django_layers.scaffold.language.fields import NO_DEFAULT, default_value, field_type, is_settable
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, Filling, PrimaryKey
from django_layers.scaffold.language.suggestions import did_you_mean

__all__ = ["field_problems", "option_problems", "owner_asked_for", "with_options"]

# What a request can say of a field, and no model can.
_OPTIONS = ("filter", "sort", "readonly", "writeonly", "embed", "unchecked")
# What only the model says.
_FACTS = ("optional", "null", "unique", "index", "default", "min", "max", "max_length", "related", "on_delete", "help")
# Layers that are there with the model.
_OF_MODELS = frozenset({"models", "types"})
# The types of the grammar by which a request may call a column that the grammar can't describe.
_ALIKE = {"enum": {"choice", "str", "int"}, "literal": {"choice", "str", "int"}, "column": {"json"}}


def owner_asked_for(request: EntitySpec) -> str:
    """Return the name of the field that a request calls the owner; empty where there is none."""
    return next((field.name for field in request.fields if field.type == "owner"), "")


def with_options(entity: EntitySpec, request: EntitySpec) -> EntitySpec:
    """Return a model's entity with the options of a request, or of what was asked for before; others stay.

    What a request says and the model contradicts has been refused before; what was asked for before and the model
    no longer has is left out.
    """
    named = {field.name: field for field in request.fields}
    names = {field.name for field in entity.fields}
    known = {*automatic_fields(entity), *(field.name for field in entity.fields if _can_order(field))}
    return replace(
        entity,
        fields=tuple(_with_field(field, named.get(field.name)) for field in entity.fields),
        plural=request.plural or entity.plural,
        order=request.order
        if known.issuperset(column.name for column in request.order) and request.order
        else entity.order,
        public=request.public if request.public is not Access.NONE else entity.public,
        write_users=request.write_users or entity.write_users,
        asynchronous=request.asynchronous or entity.asynchronous,
        layers=(request.layers or entity.layers) - _OF_MODELS,
        operations=tuple(each for each in request.operations if names.issuperset(each.fields)) or entity.operations,
    )


def _with_field(field: FieldSpec, asked: FieldSpec | None) -> FieldSpec:
    if asked is None:
        return field
    if asked.type == "owner":
        return replace(
            field, type="owner", argument=asked.argument, embed=asked.embed, readonly=False, filled=Filling.NOTHING
        )
    return replace(
        field,
        filter=asked.filter or field.filter,
        sort=asked.sort or field.sort,
        readonly=field.readonly or asked.readonly,
        writeonly=field.writeonly or asked.writeonly,
        embed=asked.embed or field.embed,
        unchecked=asked.unchecked or field.unchecked,
    )


def field_problems(entity: EntitySpec, request: EntitySpec, *, user_model: str) -> Iterator[Problem]:
    """Yield what the fields of a request say that the model does not.

    Args:
        entity: the model's entity, without options.
        request: what was asked for.
        user_model: the label of the user model.
    """
    fields = {field.name: field for field in entity.fields}
    for asked in request.fields:
        field = fields.get(asked.name)
        if field is None:
            everything = f"It has {', '.join(fields)}." if fields else "It has none."
            message = f"the model {entity.name} has no such field."
            yield Problem(
                where=asked.name, message=message, suggestion=did_you_mean(asked.name, fields, otherwise=everything)
            )
            continue
        yield from _contradictions(field, asked, user_model)
        if asked.readonly and is_settable(field) and _would_lack_it(field):
            message = "no request sets a readonly field, so a new row needs a value for it, and the model has none."
            yield Problem(where=asked.name, message=message, suggestion="Give the model's field a default.")


def _would_lack_it(field: FieldSpec) -> bool:
    return not field.filled and not field_type(field).many and default_value(field) is NO_DEFAULT


def _contradictions(field: FieldSpec, asked: FieldSpec, user_model: str) -> Iterator[Problem]:
    if asked.type == "owner":
        if field.argument != (user_model,) or field.type not in ("fk", "o2o") or field.null:
            message = f"the owner is a required reference to {user_model}, which this is not."
            yield Problem(where=field.name, message=message, suggestion="Leave owner out.")
        return
    if asked.type != field.type and asked.type not in _ALIKE.get(field.type, ()):
        message = f"the model says {_called(field)}, not {asked.type}."
        yield Problem(where=field.name, message=message, suggestion="The model is read, not changed: say what it says.")
        return
    if asked.argument and asked.argument != field.argument and asked.type == field.type:
        message = f"the model says {_called(field)}, not {asked.type}={','.join(asked.argument)}."
        yield Problem(where=field.name, message=message, suggestion="Leave out what stands after the type.")
    for name in _FACTS:
        said = getattr(asked, name)
        if said not in (None, False, "") and said != getattr(field, name):
            message = f"{name} is what the model says, and it does not say it so."
            yield Problem(
                where=field.name, message=message, suggestion=f"Leave it out; {', '.join(_OPTIONS)} can be said."
            )


def _called(field: FieldSpec) -> str:
    is_known = field.argument and field.type not in _ALIKE
    return f"{field.type}={','.join(field.argument)}" if is_known else field.type


def option_problems(entity: EntitySpec, request: EntitySpec) -> Iterator[Problem]:
    """Yield what the options of a request say of the entity that only its model can say."""
    if request.primary_key is PrimaryKey.UUID and entity.primary_key is not PrimaryKey.UUID:
        yield _refused("--pk uuid", "the key is what the model says.")
    if {frozenset(names) for names in request.unique} - {frozenset(names) for names in entity.unique}:
        yield _refused("--unique", "what is unique is what the model says.")
    if request.layers and not request.layers - _OF_MODELS:
        yield _refused("--only/--skip", "the model is there, and no other layer is asked for.")
    if request.indexes:
        yield _refused("--index", "indexes are the model's.")
    if request.versioned and not entity.versioned:
        message = "the model counts no versions: it has no PositiveIntegerField(default=1, editable=False)."
        yield Problem(where="--versioned", message=message, suggestion="Add `version` to the model first.")
    known = {*automatic_fields(entity), *(field.name for field in entity.fields if _can_order(field))}
    for column in request.order:
        if column.name not in known:
            suggestion = did_you_mean(column.name, known, otherwise=f"There are {', '.join(sorted(known))}.")
            yield Problem(where="--order", message=f"lists can't be ordered by {column.name}.", suggestion=suggestion)


def _can_order(field: FieldSpec) -> bool:
    kind = field_type(field)
    return not (kind.reference or kind.upload or field.writeonly or field.type in ("json", "column", "text"))


def _refused(option: str, message: str) -> Problem:
    return Problem(where=option, message=message, suggestion="Leave it out: the model is read, not changed.")
