"""The fields of an entity, as the model, the schemas and the service write them."""

from dataclasses import dataclass

from django_layers.scaffold.language.annotations import alias_name, or_missing, plain_type, request_type, schema_default
from django_layers.scaffold.language.expressions import Expression, literal
from django_layers.scaffold.language.fields import (
    NoDefault,
    allows_null,
    bound,
    default_value,
    dto_name,
    enumeration_name,
    field_type,
    is_set_once,
    is_settable,
    model_arguments,
    value_expression,
)
from django_layers.scaffold.language.names import database_name, pascal_case, snake_case
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, Filling
from django_layers.scaffold.rendering.views.references import ReferenceView

__all__ = ["LONGEST_ID_LIST", "ConstraintView", "FieldView", "check_constraints", "field_view"]

LONGEST_ID_LIST = 100
"""How many rows a request may refer to by one field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of an entity.

    Attributes:
        spec: the field as it was asked for.
        name: the name of the model field.
        dto: its name in DTOs.
        noun: its name in running text.
        model_class: the class of the model field, "models.CharField".
        model_arguments: its arguments, one string each.
        reference: where it refers to rows; None for other fields.
        upload: whether it is a file.
        alias: the name of its constrained type, "Stars"; empty where it needs none.
        alias_type: what the name stands for.
        create: the annotation in the request that creates a row.
        create_default: what stands behind the `=` there; None where it is required.
        update: the annotation in the request that changes a row, without `MISSING`.
        read: the annotation in responses and inside.
        stored: what a new row has where requests can't say it (readonly fields); None where they can.
        in_create, in_update, in_read, in_insert, in_changes: which DTOs have it.
        filled: whether the model gives it a value where nobody else does.
    """

    spec: FieldSpec
    name: str
    dto: str
    noun: str
    model_class: str
    model_arguments: tuple[str, ...]
    reference: ReferenceView | None
    upload: bool
    alias: str
    alias_type: Expression | None
    create: Expression
    create_default: Expression | None
    update: Expression
    read: Expression
    stored: Expression | None
    in_create: bool
    in_update: bool
    in_read: bool
    in_insert: bool
    in_changes: bool
    filled: bool = False

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression of the field, for what it imports."""
        found = (self.alias_type, self.create, self.create_default, self.update, self.read, self.stored)
        return tuple(expression for expression in found if expression is not None)


def field_view(
    entity: EntitySpec, field: FieldSpec, reference: ReferenceView | None, *, alias_prefix: str
) -> FieldView:
    """Return the view of a field.

    Args:
        entity: its entity.
        field: the field.
        reference: the view of the reference that it is; None for other fields.
        alias_prefix: what the name of its type begins with, where several entities share a module.
    """
    kind = field_type(field)
    settable, set_once = is_settable(field), is_set_once(entity, field)
    written = not kind.upload and field.filled is not Filling.ALWAYS
    request = _request(entity, field, reference)
    plain_alias = pascal_case(dto_name(field)) if kind.many else alias_name(entity, field)
    alias = f"{alias_prefix}{plain_alias}" if str(request).startswith("Annotated[") and settable else ""
    named = Expression(alias) if alias else request
    nullable = Expression(f"{named} | None", named.imports) if allows_null(field) else named
    model_own = tuple(f"{name}={value}" for name, value in model_arguments(entity, field))
    return FieldView(
        spec=field,
        name=field.name,
        dto=dto_name(field),
        noun=field.name.replace("_", " "),
        model_class=f"models.{kind.model}",
        model_arguments=(*(reference.model_arguments if reference else ()), *model_own),
        reference=reference,
        upload=kind.upload,
        alias=alias,
        alias_type=request if alias else None,
        create=Expression(or_missing(str(nullable)), nullable.imports) if field.filled else nullable,
        create_default=schema_default(entity, field),
        update=nullable,
        read=plain_type(entity, field, reference.key if reference else None),
        stored=None if settable or not written or field.filled or field.type == "owner" else _stored(entity, field),
        in_create=settable,
        in_update=settable and not set_once,
        in_read=not field.writeonly,
        in_insert=written and (settable or not field.filled),
        in_changes=written and field.type != "owner" and not set_once,
        filled=bool(field.filled),
    )


def _request(entity: EntitySpec, field: FieldSpec, reference: ReferenceView | None) -> Expression:
    if reference is None:
        return request_type(entity, field)
    if not reference.many:
        return reference.request_key
    code = f"Annotated[tuple[{reference.request_key}, ...], Field(max_length={LONGEST_ID_LIST})]"
    return Expression(code, reference.request_key.imports)


def _stored(entity: EntitySpec, field: FieldSpec) -> Expression:
    if field_type(field).many:
        return Expression("()")
    value = default_value(field)
    if isinstance(value, NoDefault):
        raise ValueError(f"{field.name} is readonly and has no default, so no row can be created.")
    return value_expression(entity, field, value)


@dataclass(frozen=True, slots=True)
class ConstraintView:
    """A check constraint of a field.

    Attributes:
        condition: the arguments of `models.Q`.
        name: its name in the database.
    """

    condition: str
    name: str


def check_constraints(
    entity: EntitySpec, field: FieldSpec
) -> tuple[tuple[ConstraintView, tuple[Expression, ...]], ...]:
    """Return the check constraints of a field, with the expressions that they need."""
    prefix = entity.app_label, snake_case(entity.name), field.name
    found: list[tuple[ConstraintView, tuple[Expression, ...]]] = []
    for text, lookup, suffix in ((field.min, "gte", "min"), (field.max, "lte", "max")):
        if text is not None:
            value = literal(bound(field, text))
            found.append((ConstraintView(f"{field.name}__{lookup}={value}", database_name(*prefix, suffix)), (value,)))
    if field.type == "choice":
        condition = f"{field.name}__in={enumeration_name(entity, field)}.values"
        found.append((ConstraintView(condition, database_name(*prefix, "valid")), ()))
    return tuple(found)
