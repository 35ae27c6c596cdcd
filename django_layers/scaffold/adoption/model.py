"""A model that was there before its layers, as the specification of an entity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib.auth import get_user_model
from django.db import models

from django_layers.scaffold.adoption.columns import column_spec
from django_layers.scaffold.adoption.errors import CannotAdopt, NotCarried
from django_layers.scaffold.adoption.fields import AnyField, AnyModel, is_required_by_database
from django_layers.scaffold.adoption.keys import is_made_by_model, key_field, key_type_of
from django_layers.scaffold.adoption.notices import notices_of
from django_layers.scaffold.adoption.references import reference_spec
from django_layers.scaffold.language.fields import NO_DEFAULT, default_value, dto_name, field_type
from django_layers.scaffold.language.reserved import reserved_for
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, Filling, IndexColumn, ModelSpec, PrimaryKey

__all__ = ["Adoption", "adoption_of"]

_NEVER_ORDERED = frozenset({"text", "json", "column", "file", "image"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """A model as an entity.

    Attributes:
        model: the model.
        entity: the entity.
        notices: a sentence for each thing that the layers don't carry.
    """

    model: AnyModel
    entity: EntitySpec
    notices: tuple[str, ...]


def adoption_of(model: AnyModel, *, owner: str = "") -> Adoption:
    """Return a model as the specification of an entity.

    Args:
        model: the model.
        owner: the field that holds whose a row is, which is set from the actor; empty where there is none.

    Raises:
        CannotAdopt: no layers can be written for it.
    """
    meta = model._meta
    _refuse_whole(model)
    key = key_field(model)
    left_out: list[str] = []
    automatic = _automatic(model)
    fields = tuple(_fields(model, key, automatic, left_out, owner))
    names = {field.name for field in fields}
    entity = EntitySpec(
        name=model.__name__,
        app_label=meta.app_label,
        fields=fields,
        primary_key=PrimaryKey.UUID if key_type_of(model) == "UUID" else PrimaryKey.AUTO,
        unique=tuple(found for found in _unique_sets(model) if names.issuperset(found)),
        order=_order(model, fields, key.name),
        versioned="version" in automatic,
        timestamps="created_at" in automatic,
        model=ModelSpec(
            key="" if key.name == "id" else key.name,
            key_type=key_type_of(model),
            own_save=model.save is not models.Model.save,
        ),
    )
    return Adoption(model=model, entity=entity, notices=(*left_out, *notices_of(model, entity)))


def _refuse_whole(model: AnyModel) -> None:
    meta = model._meta
    if meta.abstract:
        raise CannotAdopt(
            f"{meta.app_label}.{model.__name__}", "it is abstract. Adopt the models that inherit from it."
        )
    if meta.swapped:
        raise CannotAdopt(meta.label, f"{meta.swapped} takes its place.")
    if meta.concrete_model is get_user_model():
        raise CannotAdopt(meta.label, "users sign in and have passwords, which no generated endpoint should set.")


def _automatic(model: AnyModel) -> frozenset[str]:
    """Return the names of the columns that generated entities have without being asked, where they are just those."""
    fields: dict[str, AnyField] = {field.name: field for field in model._meta.concrete_fields}
    created, updated, version = (fields.get(name) for name in ("created_at", "updated_at", "version"))
    found = set()
    if (
        isinstance(created, models.DateTimeField)
        and isinstance(updated, models.DateTimeField)
        and created.auto_now_add
        and updated.auto_now
        and not (created.null or updated.null)
    ):
        found |= {"created_at", "updated_at"}
    if isinstance(version, models.PositiveIntegerField) and version.default == 1 and not version.editable:
        found.add("version")
    return frozenset(found)


def _fields(
    model: AnyModel, key: AnyField, automatic: frozenset[str], left_out: list[str], owner: str
) -> Iterator[FieldSpec]:
    meta = model._meta
    seen: set[str] = set()
    for field in (*meta.concrete_fields, *meta.many_to_many):
        if field.name in automatic or getattr(field.remote_field, "parent_link", False):
            continue
        if field is key and (key.name == "id" or is_made_by_model(key)):
            continue
        try:
            spec = _spec(model, field, seen, is_key=field is key, is_owner=field.name == owner)
        except NotCarried as error:
            if is_required_by_database(field):
                raise CannotAdopt(
                    meta.label, f"no row can be stored without {field.name}, which {error.reason}."
                ) from None
            left_out.append(f"{meta.label}: {field.name} is left out: it {error.reason}.")
            continue
        seen.add(dto_name(spec))
        yield spec


def _spec(model: AnyModel, field: AnyField, taken: set[str], *, is_key: bool, is_owner: bool) -> FieldSpec:
    """Return the field of the specification.

    Raises:
        NotCarried: there can be none.
        CannotAdopt: no row could be stored by a request.
    """
    if owner := reserved_for(field.name):
        raise NotCarried(f"has a name that belongs to {owner}")
    spec = reference_spec(field, model) if field.is_relation else column_spec(field, model)
    if dto_name(spec) in taken:
        raise NotCarried(f"would be called {dto_name(spec)} in requests, as another field is")
    label = model._meta.label
    if spec.argument == ("self",) and is_required_by_database(field):
        raise CannotAdopt(label, f"each row needs another one ({field.name}), so none can be the first.")
    if is_key:
        if not field.editable and is_required_by_database(field):
            raise CannotAdopt(label, f"its key {field.name} is not editable, and nothing else makes one.")
        return replace(spec, readonly=False, index=False)
    if spec.readonly and field_type(spec).text and not spec.null and default_value(spec) is NO_DEFAULT:
        # Django stores an empty text where nobody says one, and the model's own code what it works out.
        return replace(spec, readonly=False, filled=Filling.ALWAYS)
    if (
        spec.readonly
        and not is_owner
        and not spec.filled
        and not field_type(spec).many
        and default_value(spec) is NO_DEFAULT
    ):
        raise CannotAdopt(
            label,
            f"{field.name} is not editable, has no default and can't be NULL, so no request could store a row. "
            f"Give it a default, or say whose it is: {field.name}:owner.",
        )
    return spec


def _unique_sets(model: AnyModel) -> Iterator[tuple[str, ...]]:
    """Yield the sets of fields that are unique together, each once."""
    found = [tuple(names) for names in model._meta.unique_together]
    found += [
        tuple(each.fields)
        for each in model._meta.constraints
        if isinstance(each, models.UniqueConstraint) and each.condition is None and len(each.fields) > 1
    ]
    yield from dict.fromkeys(found)


def _order(model: AnyModel, fields: tuple[FieldSpec, ...], key: str) -> tuple[IndexColumn, ...]:
    """Return the order of the model where lists can have it; none where they can't.

    Args:
        model: the model.
        fields: its fields in the specification.
        key: the name of its key.
    """
    by_name = {field.name: field for field in fields}
    found: list[IndexColumn] = []
    for said in model._meta.ordering or ():
        name, descending = str(said).removeprefix("-"), str(said).startswith("-")
        name = key if name == "pk" else name
        if name == key and key not in by_name:
            # Rows that are equal are told apart by the key anyway, in the direction of the last column.
            is_said = bool(found) and found[-1].descending == descending
            return tuple(found) if is_said else (*found, IndexColumn(name, descending=descending))
        field = by_name.get(name) if isinstance(said, str) else None
        if field is None or field.writeonly or field.null or field_type(field).reference:
            return ()
        if field.type in _NEVER_ORDERED:
            return ()
        found.append(IndexColumn(field.name, descending=descending))
    return tuple(found)
