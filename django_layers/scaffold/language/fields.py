"""What a field means: its names on each layer, whether it may be left out or NULL, its default, its model arguments."""

import json

from django_layers.scaffold.language.expressions import Expression, Import, Value, literal
from django_layers.scaffold.language.field_type import Argument, FieldType
from django_layers.scaffold.language.model_types import MODEL_TYPES
from django_layers.scaffold.language.names import pascal_case, singularized, snake_case
from django_layers.scaffold.language.series import Bounded, Series
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, Filling
from django_layers.scaffold.language.types import FIELD_TYPES

__all__ = [
    "NO_DEFAULT",
    "NoDefault",
    "allows_null",
    "bound",
    "choice_members",
    "default_value",
    "dto_name",
    "embed_class",
    "enumeration",
    "enumeration_name",
    "field_series",
    "field_type",
    "is_private",
    "is_required",
    "is_set_once",
    "is_settable",
    "length_of",
    "may_be_blank",
    "model_arguments",
    "row_name",
    "value_expression",
]


class NoDefault:
    """The kind of `NO_DEFAULT`, which is no value: None is one."""


NO_DEFAULT = NoDefault()
"""Says that a field has no default."""

_CHOICE_LENGTH = 20


def field_type(field: FieldSpec) -> FieldType:
    """Return the row of a field's type."""
    return FIELD_TYPES.get(field.type) or MODEL_TYPES[field.type]


def is_private(field: FieldSpec) -> bool:
    """Return whether a field is the owner of private rows."""
    return field.type == "owner" and field.argument != ("shared",)


def row_name(field: FieldSpec) -> str:
    """Return the name of the attribute of a stored row: `recipe_id` for a reference to one row, else the field's own."""
    kind = field_type(field)
    return f"{field.name}_id" if kind.reference and not kind.many else field.name


def dto_name(field: FieldSpec) -> str:
    """Return the name in DTOs: `recipe_id`, `tag_ids` for references to many rows, else the field's own."""
    if field_type(field).many:
        return f"{singularized(field.name)}_ids"
    return row_name(field)


def length_of(field: FieldSpec) -> int | None:
    """Return the most characters of a field; None where there is no limit."""
    if field.max_length is not None:
        return field.max_length
    kind = field_type(field)
    if kind.argument is Argument.LENGTH and field.argument:
        return int(field.argument[0])
    return kind.length


def allows_null(field: FieldSpec) -> bool:
    """Return whether the column may be NULL."""
    kind = field_type(field)
    if kind.many or kind.upload:
        return False
    return field.null or (field.optional and not kind.text and field.type != "bool")


def may_be_blank(field: FieldSpec) -> bool:
    """Return whether a request may send an empty text."""
    return field_type(field).text and field.optional and not field.null


def default_value(field: FieldSpec) -> Value | NoDefault:
    """Return the value of a row that leaves the field out; `NO_DEFAULT` where it can't be left out.

    References to many rows and files have none either: they start empty. Nor has what the model fills in.

    Raises:
        ValueError: the text of the default is wrong.
    """
    kind = field_type(field)
    if field.filled:
        return NO_DEFAULT
    if field.default is not None and kind.read is not None:
        return kind.read(field.default, field)
    if allows_null(field):
        return None
    if field.optional and kind.text:
        return ""
    if field.optional and field.type == "bool":
        return False
    return NO_DEFAULT


def is_settable(field: FieldSpec) -> bool:
    """Return whether requests may set the field."""
    return (
        not field.readonly
        and field.filled is not Filling.ALWAYS
        and field.type != "owner"
        and not field_type(field).upload
    )


def is_required(field: FieldSpec) -> bool:
    """Return whether a request that creates a row must hold the field."""
    return is_settable(field) and not field.filled and not field_type(field).many and default_value(field) is NO_DEFAULT


def is_set_once(entity: EntitySpec, field: FieldSpec) -> bool:
    """Return whether a field is never changed: a key, or a reference that is part of what rows are told apart by."""
    if entity.model is not None and entity.model.key == field.name:
        return True
    kind = field_type(field)
    return kind.reference and not kind.many and any(field.name in names for names in entity.unique)


def bound(field: FieldSpec, text: str | None) -> Value:
    """Return a bound of a field, read; None where there is none.

    Raises:
        ValueError: the text is wrong.
    """
    read = field_type(field).read
    return None if text is None or read is None else read(text, field)


def field_series(field: FieldSpec) -> Series:
    """Return the values that factories and tests give to a field.

    Raises:
        ValueError: a bound can't be read, or the type has no values of its own (a reference, a file).
    """
    kind = field_type(field)
    if kind.series is None:
        raise ValueError(f"{field.name} is a {kind.name}, whose values depend on more than the field.")
    return kind.series(
        Bounded(
            field=field,
            low=bound(field, field.min),
            high=bound(field, field.max),
            floor=kind.lowest,
            ceiling=kind.highest,
            length=length_of(field),
        )
    )


def enumeration_name(entity: EntitySpec, field: FieldSpec) -> str:
    """Return the name of the enumeration of a choice: "RecipeStatus"."""
    return f"{entity.name}{pascal_case(field.name)}"


def embed_class(entity: EntitySpec, field: FieldSpec) -> str:
    """Return the name of the schema of an embedded reference: "RatingRecipe"."""
    return f"{entity.name}{pascal_case(singularized(field.name) if field_type(field).many else field.name)}"


def choice_members(field: FieldSpec) -> tuple[tuple[str, str], ...]:
    """Return the members of the enumeration of a choice: name and value, ("IN_PROGRESS", "in-progress").

    A name that would begin with a digit begins with the field's name instead: "GRADE_1ST".
    """
    return tuple((_member(field, value), value) for value in field.argument)


def _member(field: FieldSpec, value: str) -> str:
    name = "".join(character if character.isalnum() else "_" for character in value).upper()
    return f"{field.name.upper()}_{name}" if not name[:1].isalpha() else name


def value_expression(entity: EntitySpec, field: FieldSpec, value: Value) -> Expression:
    """Return the expression of a value of a field; a choice is a member of its enumeration."""
    if field.type == "enum" and value is not None:
        return _member_expression(field, value)
    if field.type != "choice" or value is None:
        return literal(value)
    members = {choice: member for member, choice in choice_members(field)}
    return Expression(f"{enumeration_name(entity, field)}.{members[str(value)]}")


def enumeration(field: FieldSpec) -> Expression:
    """Return the enumeration of a field that has one which was there before."""
    module, _, name = field.argument[0].rpartition(".")
    return Expression(name, (Import(module, name),))


def _member_expression(field: FieldSpec, value: Value) -> Expression:
    members = {json.loads(text): name for name, _, text in (member.partition("=") for member in field.argument[1:])}
    return Expression(f"{enumeration(field)}.{members[value]}", enumeration(field).imports)


def model_arguments(entity: EntitySpec, field: FieldSpec) -> tuple[tuple[str, Expression], ...]:
    """Return the keyword arguments of the model field, in their order; those of a relation come before these.

    The target, `on_delete` and `related_name` depend on other models and are not among them (see `relations`).
    """
    return (
        *_own_arguments(entity, field),
        *_flags(field),
        *_model_default(entity, field),
        *((("help_text", literal(field.help)),) if field.help else ()),
    )


def _own_arguments(entity: EntitySpec, field: FieldSpec) -> tuple[tuple[str, Expression], ...]:
    kind = field_type(field)
    if kind.argument is Argument.DIGITS:
        digits, places = field.argument
        return ("max_digits", Expression(digits)), ("decimal_places", Expression(places))
    if kind.argument is Argument.CHOICES:
        longest = max(_CHOICE_LENGTH, *map(len, field.argument))
        return ("max_length", literal(longest)), ("choices", Expression(enumeration_name(entity, field)))
    if kind.upload:
        return (("upload_to", literal(f"{entity.app_label}/{snake_case(entity.name)}/{field.name}")),)
    length = length_of(field)
    # A type's own length needs no saying, but for CharField, which has none.
    if length is not None and (kind.argument is Argument.LENGTH or length != kind.length):
        return (("max_length", literal(length)),)
    return ()


def _flags(field: FieldSpec) -> tuple[tuple[str, Expression], ...]:
    blank = allows_null(field) or may_be_blank(field) or field_type(field).many or field_type(field).upload
    flags = (("unique", field.unique), ("null", allows_null(field)), ("blank", blank))
    return tuple((name, Expression("True")) for name, wanted in flags if wanted)


def _model_default(entity: EntitySpec, field: FieldSpec) -> tuple[tuple[str, Expression], ...]:
    value = default_value(field)
    if isinstance(value, NoDefault) or value is None:
        return ()
    if isinstance(value, dict):
        return (("default", Expression("dict")),)
    return (("default", value_expression(entity, field, value)),)
