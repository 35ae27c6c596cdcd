"""The annotations and defaults of a field in the schemas of its entity, as expressions."""

import re

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression, Import, literal
from django_layers.scaffold.language.field_type import Argument
from django_layers.scaffold.language.fields import (
    NoDefault,
    allows_null,
    bound,
    default_value,
    enumeration,
    enumeration_name,
    field_type,
    length_of,
    may_be_blank,
    value_expression,
)
from django_layers.scaffold.language.names import pascal_case
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.language.values import values_of

__all__ = ["alias_name", "filter_type", "or_missing", "plain_type", "request_type", "schema_default"]

# Names that the module of an entity's schemas imports; the alias of a field may not hide them.
_IMPORTED = frozenset(
    {"Annotated", "AfterValidator", "AwareDatetime", "Decimal", "Duration", "Field", "Int16", "Int32", "Int64"}
    | {"InternalSchema", "JsonValue", "Literal", "NaiveTime", "PageQuery", "RequestSchema", "ResponseSchema", "UUID"}
    | {"UpdateSchema", "UserId"}
)


_AS_THE_MODEL_HAS_IT = frozenset({Argument.ENUMERATION, Argument.VALUES, Argument.ANNOTATION})
_BUILTIN = frozenset({"bool", "bytes", "dict", "float", "int", "None", "str", "tuple"})


def alias_name(entity: EntitySpec, field: FieldSpec) -> str:
    """Return the name of the alias of a field's constrained type: "Stars", or "FieldValue" where that is taken."""
    name = pascal_case(field.name)
    if name in _IMPORTED or name.startswith(entity.name):
        return f"{name}Value"
    return name


def plain_type(entity: EntitySpec, field: FieldSpec, key: Expression | None = None) -> Expression:
    """Return the annotation in responses and inside: of `dto_name(field)`, with `| None` where it may be NULL.

    Args:
        entity: the entity of the field.
        field: the field.
        key: for a reference, the type of the target's key.
    """
    return _nullable(field, _plain(entity, field, key))


def _plain(entity: EntitySpec, field: FieldSpec, key: Expression | None) -> Expression:
    kind = field_type(field)
    if kind.plain is not None:
        return kind.plain
    if kind.argument is Argument.CHOICES:
        return Expression(enumeration_name(entity, field))
    if kind.argument in _AS_THE_MODEL_HAS_IT:
        return _model_type(field)
    if key is None:
        raise ValueError(f"{field.name} refers to a model: the type of its key is needed.")
    return Expression(f"tuple[{key}, ...]", key.imports) if kind.many else key


def _model_type(field: FieldSpec) -> Expression:
    """Return the annotation of a column that only an adopted entity has."""
    if field.type == "enum":
        return enumeration(field)
    if field.type == "literal":
        return Expression(f"Literal[{', '.join(map(repr, values_of(field)))}]", (Import("typing", "Literal"),))
    code, module = field.argument
    words = re.findall(r"[A-Za-z][\w.]*", code)
    imports = [
        DATETIME_MODULE if word.startswith("dt.") else Import(module, word) for word in words if word not in _BUILTIN
    ]
    return Expression(code, tuple(dict.fromkeys(imports)))


def request_type(entity: EntitySpec, field: FieldSpec, key: Expression | None = None) -> Expression:
    """Return the annotation in requests without `| None`: constrained, to be given a name where it is `Annotated`.

    Args:
        entity: the entity of the field.
        field: the field.
        key: for a reference, the type of the target's key.
    """
    kind = field_type(field)
    base = kind.request or _plain(entity, field, key)
    limits = _limits(field)
    if isinstance(kind.lowest, int) and field.min is not None and field.max is not None and kind.plain is not None:
        base = kind.plain
    metadata = []
    if limits:
        shown = ", ".join(f"{name}={value}" for name, value in limits)
        imports = (Import("pydantic", "Field"), *(name for _, value in limits for name in value.imports))
        metadata.append(Expression(f"Field({shown})", imports))
    if kind.normalize is not None:
        metadata.append(kind.normalize)
    if not metadata:
        return base
    imports = (Import("typing", "Annotated"), *base.imports, *(name for part in metadata for name in part.imports))
    return Expression(f"Annotated[{base}, {', '.join(map(str, metadata))}]", tuple(dict.fromkeys(imports)))


def _limits(field: FieldSpec) -> tuple[tuple[str, Expression], ...]:
    kind = field_type(field)
    limits: list[tuple[str, Expression]] = []
    if kind.text and not kind.pattern and not may_be_blank(field):
        limits.append(("min_length", literal(1)))
    length = length_of(field)
    if length is not None:
        limits.append(("max_length", literal(length)))
    if kind.pattern:
        pattern = f"^({kind.pattern})?$" if may_be_blank(field) else f"^{kind.pattern}$"
        limits.append(("pattern", Expression(f'r"{pattern}"')))
    if kind.argument is Argument.DIGITS:
        limits += _own_digits(field)
    limits += [
        (name, literal(bound(field, text))) for name, text in (("ge", field.min), ("le", field.max)) if text is not None
    ]
    return tuple(limits)


def _own_digits(field: FieldSpec) -> list[tuple[str, Expression]]:
    digits, places = field.argument
    return [("max_digits", Expression(digits)), ("decimal_places", Expression(places))]


def filter_type(entity: EntitySpec, field: FieldSpec, key: Expression | None = None) -> Expression:
    """Return the annotation of a filter of lists without `| None`: what databases can compare, unconstrained else."""
    kind = field_type(field)
    if kind.argument is Argument.DIGITS:
        shown = ", ".join(f"{name}={value}" for name, value in _own_digits(field))
        imports = (Import("typing", "Annotated"), Import("decimal", "Decimal"), Import("pydantic", "Field"))
        return Expression(f"Annotated[Decimal, Field({shown})]", imports)
    if kind.request is not None:
        return kind.request
    if kind.many and key is not None:
        return key
    return _plain(entity, field, key)


def schema_default(entity: EntitySpec, field: FieldSpec) -> Expression | None:
    """Return what stands behind the `=` in the schema of a request that creates a row; None where it is required."""
    if field.filled:
        return Expression("MISSING", (Import("pydantic", "MISSING"),))
    if field_type(field).many:
        return Expression("()")
    value = default_value(field)
    if isinstance(value, NoDefault):
        return None
    if isinstance(value, dict):
        return Expression("Field(default_factory=dict)", (Import("pydantic", "Field"),))
    return value_expression(entity, field, value)


def or_missing(annotation: str) -> str:
    """Return an annotation that also allows `MISSING`; None stays at the end, where linters want it (RUF036)."""
    given = annotation.removesuffix(" | None")
    return f"{given} | MISSING{annotation[len(given) :]}"


def _nullable(field: FieldSpec, annotation: Expression) -> Expression:
    return Expression(f"{annotation} | None", annotation.imports) if allows_null(field) else annotation
