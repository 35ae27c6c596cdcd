"""A column of a model as a field of the specification."""

from dataclasses import replace
from typing import cast

from django.db import models

from django_layers.scaffold.adoption.bounds import bounds_of
from django_layers.scaffold.adoption.choices import choice_type
from django_layers.scaffold.adoption.errors import NotCarried
from django_layers.scaffold.adoption.fields import AnyField, AnyModel, fills_itself, is_converted, is_of
from django_layers.scaffold.adoption.texts import text_of
from django_layers.scaffold.language.fields import default_value, field_type
from django_layers.scaffold.language.reserved import is_secret
from django_layers.scaffold.language.spec import FieldSpec, Filling
from django_layers.scaffold.project.introspect import column_type_name

__all__ = ["column_spec"]

# What no JSON carries, and what databases keep for themselves.
_NOT_CARRIED = {
    "BinaryField": "holds bytes, which JSON can't carry",
    "SearchVectorField": "is what a search looks through",
    "RangeField": "holds a range, which JSON has no type for",
}
_ITEMS = {"int": "int", "bigint": "int", "smallint": "int", "str": "str", "text": "str", "email": "str", "url": "str"}
_NOT_INDEXED = frozenset({"column", "text", "json", "file", "image", "float"})


def column_spec(field: AnyField, model: AnyModel) -> FieldSpec:
    """Return the field of the specification for a column that refers to no other row.

    Args:
        field: the column.
        model: the model that is adopted; the field may be inherited.

    Raises:
        NotCarried: requests and responses can't carry it.
    """
    if isinstance(field, models.GeneratedField):
        output = cast("AnyField", field.output_field)
        output.name = field.name
        type_, argument = _type(output, model)
        plain = FieldSpec(name=field.name, type=type_, argument=argument, null=field.null)
        return replace(plain, filled=Filling.ALWAYS)
    type_, argument = _type(field, model)
    spec = FieldSpec(name=field.name, type=type_, argument=argument)
    if field_type(spec).upload:
        return spec
    spec = replace(
        spec,
        null=field.null,
        unique=field.unique and type_ not in _NOT_INDEXED,
        index=_is_indexed(field) and not field.unique and type_ not in _NOT_INDEXED,
        max_length=_own_length(field, spec),
        converted=is_converted(field),
        writeonly=is_secret(field.name),
    )
    return _with_default(_with_bounds(spec, field), field)


def _type(field: AnyField, model: AnyModel) -> tuple[str, tuple[str, ...]]:
    for name, reason in _NOT_CARRIED.items():
        if is_of(field, name):
            raise NotCarried(reason)
    if (found := choice_type(field, model)) is not None:
        return found
    if is_of(field, "ArrayField"):
        return "column", (_array(field, model), "")
    if is_of(field, "HStoreField"):
        return "column", ("dict[str, str | None]", "")
    if isinstance(field, models.JSONField):
        if field.decoder is not None:
            raise NotCarried("is decoded in a way of its own")
        return "column", ("JsonValue", "pydantic")
    name = column_type_name(field)
    if not name:
        raise NotCarried(f"is a {type(field).__name__}, for which no type is known")
    if getattr(field, "allow_unicode", False):
        name = "str"
    if name == "decimal":
        return _decimal(field)
    if name == "str":
        return ("str", (str(field.max_length),)) if field.max_length else ("text", ())
    return name, ()


def _decimal(field: AnyField) -> tuple[str, tuple[str, ...]]:
    assert isinstance(field, models.DecimalField)
    if field.max_digits is None or field.decimal_places is None:
        return "column", ("Decimal", "decimal")
    return "decimal", (str(field.max_digits), str(field.decimal_places))


def _array(field: AnyField, model: AnyModel) -> str:
    base = cast("AnyField", field.base_field)  # type: ignore[attr-defined]  # an array has one
    if is_of(base, "ArrayField"):
        return f"tuple[{_array(base, model)}, ...]"
    name = column_type_name(base)
    if name not in _ITEMS:
        raise NotCarried(f"is an array of {type(base).__name__}, for which no type is known")
    return f"tuple[{_ITEMS[name]}, ...]"


def _is_indexed(field: AnyField) -> bool:
    own = any(index.fields in ([field.name], [f"-{field.name}"]) for index in field.model._meta.indexes)
    return own or bool(getattr(field, "db_index", False))


def _own_length(field: AnyField, spec: FieldSpec) -> int | None:
    """Return the most characters of a field where its type does not say them."""
    usual = field_type(spec).length
    if spec.type in ("email", "url", "slug") and field.max_length is not None and field.max_length != usual:
        return field.max_length
    return None


def _with_bounds(spec: FieldSpec, field: AnyField) -> FieldSpec:
    kind = field_type(spec)
    if not kind.ordered or kind.read is None:
        return spec
    low, high = bounds_of(field)
    for name, text in (("min", low), ("max", high)):
        if text is not None:
            changed = replace(spec, min=text) if name == "min" else replace(spec, max=text)
            try:
                kind.read(text, changed)
            except ValueError:
                continue  # A bound that the type can't hold is none that matters.
            spec = changed
    return spec


def _with_default(spec: FieldSpec, field: AnyField) -> FieldSpec:
    """Return the field with what becomes of it where a request leaves it out, and whether requests may say it."""
    if fills_itself(field):
        return replace(spec, filled=Filling.ALWAYS)
    spec = replace(spec, readonly=not field.editable)
    if field.has_db_default():
        return replace(spec, filled=Filling.DEFAULT)
    if field.has_default():
        return _with_value(spec, field)
    if field_type(spec).text and field.blank and not field.null:
        return replace(spec, optional=True)
    if spec.type == "literal" and '""' in spec.argument and not field.null:
        return replace(spec, default="")
    return spec


def _with_value(spec: FieldSpec, field: AnyField) -> FieldSpec:
    value = None if callable(field.default) else field.default
    if value == "" and field_type(spec).text and not field.null:
        return replace(spec, optional=True)
    if value is None and field.default is None and field.null:
        return spec
    text = text_of(value)
    if text is not None:
        said = replace(spec, default=text)
        try:
            if default_value(said) == getattr(value, "value", value):
                return said
        except ValueError:
            pass  # The grammar can't say this default: the model has it.
    return replace(spec, filled=Filling.DEFAULT)
