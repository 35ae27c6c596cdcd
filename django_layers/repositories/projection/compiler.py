"""From a schema and a model to a projection, or to what is wrong between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import CompositePrimaryKey, Field, FileField, ForeignObjectRel, ManyToManyField, Model
from django.db.models.constants import LOOKUP_SEP
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from django_layers.repositories.declaration import DeclarationError, Problems
from django_layers.repositories.fields import AnyField, did_you_mean, find_field, key_name, names_of
from django_layers.repositories.projection.annotations import allows_null, item_schema, one_schema
from django_layers.repositories.projection.kinds import can_become, converter_of, kind_of, named, plain_converter_of
from django_layers.repositories.projection.plan import Collection, Column, Nested, Projection
from django_layers.repositories.projection.relations import source_of
from django_layers.repositories.projection.shapes import Shape, shapes_of

__all__ = ["compile_projection"]

DEEPEST = 8
"""How many schemas may be nested; one that contains itself would go on forever."""


def compile_projection(
    model: type[Model],
    schema: type[BaseModel],
    *,
    id_lists: Mapping[str, str] | None = None,
    computed: Mapping[str, AnyField | None] | None = None,
) -> Projection:
    """Return how rows of the model become DTOs of the schema.

    Args:
        model: the table.
        schema: the DTO.
        id_lists: the many-to-many field of each field that is a list of keys.
        computed: the names that the queried rows are annotated with, besides their columns; for each the field that
            its values look like, or None where that is not known.

    Raises:
        DeclarationError: a field of the schema is not to be had from the model, or may be NULL there and not in the
            schema; the message names each with the way out.
    """
    compiler = _Compiler(id_lists=id_lists or {}, computed=computed or {})
    return compiler.projection(model, schema, depth=0)


@dataclass
class _Compiler:
    id_lists: Mapping[str, str]
    computed: Mapping[str, AnyField | None]

    def projection(
        self, model: type[Model], schema: type[BaseModel], *, depth: int, comes_again: bool = False
    ) -> Projection:
        selection = _Selection()
        root = self.nested(_Place(model, schema, depth=depth, comes_again=comes_again), selection)
        return Projection(
            model=model,
            schema=schema,
            selected=tuple(selection.lookups),
            root=root,
            computed=frozenset(selection.lookups) & self.computed.keys() if depth == 0 else frozenset(),
        )

    def nested(self, place: _Place, selection: _Selection) -> Nested:
        if place.depth > DEEPEST:
            raise DeclarationError(
                f"{place.schema.__name__} is nested more than {DEEPEST} deep, perhaps in itself. "
                "Give the inner one a schema of its own that stops."
            )
        if (place.is_outermost or place.comes_again) and isinstance(place.model._meta.pk, CompositePrimaryKey):
            raise DeclarationError(
                f"{place.model._meta.label} has a composite primary key, which repositories do not read by. "
                "Give it a key of one column, and a unique constraint of the columns that it has now."
            )
        columns: list[Column] = []
        nested: list[Nested] = []
        collections: list[Collection] = []
        problems = Problems()
        shapes = shapes_of(place.schema)
        for name, info in place.schema.model_fields.items():
            with problems:
                part = self._part(place, name, info, selection)
                _refuse_other_type(place, part, shapes.get(name))
                if isinstance(part, Column):
                    columns.append(part)
                elif isinstance(part, Nested):
                    nested.append(part)
                else:
                    collections.append(part)
        problems.raise_any()
        columns = [_as_stored(place, column, shapes.get(column.name)) for column in columns]
        return Nested(
            name=place.name,
            model=place.model,
            schema=place.schema,
            columns=tuple(columns),
            nested=tuple(nested),
            collections=tuple(collections),
            key_index=selection.index(place.prefix + key_name(place.model)) if place.comes_again else None,
            optional=place.optional,
        )

    def _part(self, place: _Place, name: str, info: FieldInfo, selection: _Selection) -> Column | Nested | Collection:
        if place.is_outermost and name in self.computed:
            output = self.computed[name]
            kind = None if output is None else kind_of(output)
            return Column(name=name, index=selection.index(name), kind=kind, nullable=True)
        if place.is_outermost and name in self.id_lists:
            return self._collection(place, name, self._many_to_many(place, name), None, selection)
        found = find_field(place.model, name)
        if found is None:
            raise DeclarationError(_unknown(place, name))
        if found.is_relation and found in place.model._meta.private_fields:
            raise DeclarationError(
                f"{place.says(name)} is a generic relation, which cannot be joined. Read it with a method of the "
                "repository: `_read` of the other model's rows, by content type and key."
            )
        if not found.is_relation or (isinstance(found, Field) and found.attname == name != found.name):
            return _column(place, name, found, info, selection)
        if found.one_to_many or found.many_to_many:
            schema = item_schema(info.annotation)
            if schema is None:
                raise DeclarationError(_not_a_collection(place, name, found))
            return self._collection(place, name, found, schema, selection)
        return self._to_one(place, name, found, info, selection)

    def _to_one(
        self,
        place: _Place,
        name: str,
        found: AnyField | ForeignObjectRel,
        info: FieldInfo,
        selection: _Selection,
    ) -> Nested:
        schema = one_schema(info.annotation)
        target = found.related_model
        if schema is None or not isinstance(target, type):
            raise DeclarationError(
                f"{place.says(name)} is a reference, so its annotation must be one schema. "
                f"For the key alone name the field {name}_id."
            )
        absent = bool(found.null) or isinstance(found, ForeignObjectRel)
        if absent and not allows_null(info):
            raise DeclarationError(
                f"{place.says(name)} may have no row at its end. Annotate it `{schema.__name__} | None`."
            )
        inner = _Place(
            target,
            schema,
            depth=place.depth + 1,
            name=name,
            prefix=f"{place.prefix}{name}{LOOKUP_SEP}",
            optional=absent,
            comes_again=True,
        )
        return self.nested(inner, selection)

    def _collection(
        self,
        place: _Place,
        name: str,
        found: AnyField | ForeignObjectRel,
        schema: type[BaseModel] | None,
        selection: _Selection,
    ) -> Collection:
        source = source_of(found)
        projection = None
        if schema is not None:
            projection = self.projection(
                source.target, schema, depth=place.depth + 1, comes_again=bool(source.target_lookup)
            )
        return Collection(
            name=name,
            kind=kind_of(source.target._meta.pk),
            key_index=selection.index(place.prefix + source.referred_column),
            source=source.model,
            key_lookup=source.key_lookup,
            target=source.target,
            target_lookup=source.target_lookup,
            projection=projection,
        )

    def _many_to_many(self, place: _Place, name: str) -> AnyField:
        field_name = self.id_lists[name]
        found = find_field(place.model, field_name)
        if not isinstance(found, ManyToManyField):
            raise DeclarationError(
                f"{place.says(name)}: id_lists says {field_name!r}, which is not a many-to-many field of "
                f"{place.model._meta.label}."
            )
        return found


@dataclass(frozen=True)
class _Place:
    """Where in the tree of schemas a field stands."""

    model: type[Model]
    schema: type[BaseModel]
    depth: int
    name: str = ""
    prefix: str = ""
    optional: bool = False
    comes_again: bool = False

    @property
    def is_outermost(self) -> bool:
        return self.depth == 0

    def says(self, name: str) -> str:
        return f"{self.schema.__name__}.{name} ({self.model._meta.label})"


@dataclass
class _Selection:
    """What is selected so far; each lookup once."""

    lookups: dict[str, int] = field(default_factory=dict)

    def index(self, lookup: str) -> int:
        return self.lookups.setdefault(lookup, len(self.lookups))


def _column(
    place: _Place, name: str, found: AnyField | ForeignObjectRel, info: FieldInfo, selection: _Selection
) -> Column:
    if not isinstance(found, Field) or not found.concrete or found.column is None:
        raise DeclarationError(f"{place.says(name)} is no column, so it cannot be selected. {_EXPRESSION_HINT}")
    # An empty file is an empty string in the column, and None in a DTO.
    nullable = found.null or isinstance(found, FileField)
    if nullable and not allows_null(info):
        raise DeclarationError(
            f"{place.says(name)} may be NULL. Annotate it `... | None`, or forbid NULL in the model."
        )
    return Column(
        name=name,
        index=selection.index(place.prefix + name),
        kind=kind_of(found),
        nullable=nullable,
        convert=converter_of(found),
    )


def _as_stored(place: _Place, column: Column, shape: Shape | None) -> Column:
    """Return a column that gives what is stored, where its class makes an object of that and the schema wants none."""
    found = find_field(place.model, column.name)
    if shape is None or column.kind is not None or column.convert is not None or not isinstance(found, Field):
        return column
    return replace(column, convert=plain_converter_of(found, shape.kind))


_EXPRESSION_HINT = "Declare how the database works it out in `expressions` of the repository, or leave it to a service."


def _refuse_other_type(place: _Place, part: Column | Nested | Collection, shape: Shape | None) -> None:
    """Refuse a field that no value of its column can be."""
    if isinstance(part, Nested) or (isinstance(part, Collection) and part.projection is not None):
        return
    taken = shape.items if shape is not None and isinstance(part, Collection) else shape
    if taken is not None and not can_become(part.kind, taken.kind):
        raise DeclarationError(
            f"{place.says(part.name)} is annotated {named(taken.kind)}, and what is stored is {named(part.kind)}. "
            f"Annotate it {named(part.kind)}, or give it a validator that makes one of the other."
        )


def _unknown(place: _Place, name: str) -> str:
    says = f"{place.says(name)}: {place.model._meta.label} has no field {name!r}."
    if hasattr(place.model, name):
        return f"{says} It has a property or method of that name, which needs an object. {_EXPRESSION_HINT}"
    hint = did_you_mean(name, names_of(place.model))
    if name.endswith("_ids"):
        return f"{says}{hint} Where it is a list of keys, name its many-to-many field in `id_lists` of the repository."
    return f"{says}{hint} {_EXPRESSION_HINT}"


def _not_a_collection(place: _Place, name: str, found: AnyField | ForeignObjectRel) -> str:
    return (
        f"{place.says(name)} is many rows, so its annotation must be `tuple[Schema, ...]`. "
        "For their keys alone name its many-to-many field in `id_lists` of the repository."
    )
