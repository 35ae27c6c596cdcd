"""What the writes of a repository run, without running it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import connections, transaction
from django.db.models import ForeignObjectRel, ManyToManyField, Model
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery
from pydantic import BaseModel

from django_layers.repositories.explain.explanation import Operation, Statement
from django_layers.repositories.explain.reads import Reads, sql_of
from django_layers.repositories.explain.samples import sample
from django_layers.repositories.fields import AnyField, find_field
from django_layers.repositories.linking import far_reference, seen_keys
from django_layers.repositories.projection.relations import source_of
from django_layers.repositories.writing import VERSION, shows_all

__all__ = ["Writes", "counted"]

SAVEPOINT = "All of it is in a savepoint of its own."


def counted(number: int, thing: str) -> str:
    """Return a number of things, in words of a sentence."""
    plural = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number} {thing if number == 1 else plural}"


@dataclass(frozen=True)
class Writes:
    """The writes of a repository.

    Attributes:
        reads: its reads; what was written is read back.
    """

    reads: Reads

    def operations(self) -> Iterator[Operation]:
        """Give the writes, with what they run for a row."""
        declaration = self.reads.compiled.declaration
        read_back = f"The row is read back as by `many`, which takes {counted(self.reads.read_back(), 'query')}."
        yield Operation(
            name="add",
            statements=(self._insert(), *self._lists(declaration.insert)),
            notes=(SAVEPOINT, "`Model.save` is called.", read_back),
        )
        yield Operation(
            name="update",
            statements=(*self._locked(), self._update(), *self._lists(declaration.changes)),
            notes=(
                SAVEPOINT,
                "`Model.save` is called with what is given; where nothing is, nothing is written.",
                read_back,
            ),
        )
        yield Operation(
            name="delete",
            statements=(*self._locked(), self._delete()),
            notes=(SAVEPOINT, "`Model.delete` is called.", *self._goes_with_it()),
        )

    @property
    def _model(self) -> type[Model]:
        return self.reads.compiled.declaration.model

    def _insert(self) -> Statement:
        using = self.reads.using
        fields = [field for field in self._model._meta.local_concrete_fields if not _is_given_by_database(field)]
        query = InsertQuery(self._model)
        # Raw: nothing is made of the values, no file is stored.
        query.insert_values(fields, [self._sample_row(fields)], raw=True)
        sql = str(query.get_compiler(using).as_sql()[0][0])
        return Statement(purpose="the row", columns=tuple(field.attname for field in fields), sql=sql)

    def _sample_row(self, fields: Sequence[AnyField]) -> Model:
        row = self._model.__new__(self._model)
        row.__dict__.update({field.attname: sample(field) for field in fields})
        return row

    def _update(self) -> Statement:
        writer = self.reads.compiled.writer
        given = [name for name in self.reads.compiled.declaration.changes.model_fields if name not in writer.id_lists]
        names = [writer.field(name).name for name in given] + list(writer.automatic)
        names += [VERSION] if writer.is_versioned else []
        fields = [cast("AnyField", self._model._meta.get_field(name)) for name in dict.fromkeys(names)]
        local = [field for field in fields if field in self._model._meta.local_concrete_fields]
        rows = self._model._base_manager.using(self.reads.using).filter(pk=self._key)
        query = cast("UpdateQuery", rows.query.chain(UpdateQuery))
        query.add_update_fields([(field, None, cast("Any", sample(field))) for field in local])
        return Statement(
            purpose="what is given, of these", columns=tuple(field.attname for field in local), sql=self._sql(query)
        )

    def _delete(self) -> Statement:
        query = self._model._base_manager.using(self.reads.using).filter(pk__in=[self._key]).query.chain(DeleteQuery)
        return Statement(purpose="the row", columns=(), sql=self._sql(query))

    def _locked(self) -> Iterator[Statement]:
        using = self.reads.using
        features = connections[using].features
        locked = self._model._base_manager.using(using).filter(pk=self._key).order_by("pk")
        if features.has_select_for_update:
            locked = locked.select_for_update(of=("self",) if features.has_select_for_update_of else ())
        columns = tuple(field.attname for field in self._model._meta.concrete_fields)
        # Django compiles a lock only where it would hold.
        with transaction.atomic(using=using):
            sql = self._sql(locked[:1].query)
        yield Statement(purpose="the row, locked", columns=columns, sql=sql)
        repository = self.reads.repository()
        shown = repository._writable(repository._queryset(), using)
        if not shows_all(shown):
            is_shown = shown.filter(pk=self._key).query.exists()
            yield Statement(purpose="whether the repository shows it", columns=(), sql=self._sql(is_shown))

    def _lists(self, schema: type[BaseModel]) -> Iterator[Statement]:
        for name, field_name in self.reads.compiled.declaration.id_lists.items():
            if name not in schema.model_fields:
                continue
            field = cast("ManyToManyField[Any, Any]", self._model._meta.get_field(field_name))
            target = far_reference(field).target_field
            there = seen_keys(field, [sample(target)], self.reads.using)
            yield Statement(
                purpose=f"{name}: whether they are there", columns=(target.attname,), sql=self._sql(there.query)
            )
            source = source_of(field)
            far = far_reference(field)
            asked = {field.related_query_name(): self._key}
            rows = source.target._default_manager.using(self.reads.using).filter(**asked)
            # What goes is deleted and what comes is inserted, by one statement each.
            yield Statement(
                purpose=f"{name}: those that there are; one statement more for those that go, one for those that come",
                columns=(source.key_lookup, far.attname),
                sql=self._sql(rows.values_list(far.target_field.attname).query),
            )

    def _goes_with_it(self) -> Iterator[str]:
        for relation in self._model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ForeignObjectRel) or relation.many_to_many or not relation.on_delete:
                continue
            rule = getattr(relation.on_delete, "__name__", "another rule")
            label = relation.related_model._meta.label
            index = "" if _is_indexed(relation) else ", which has no index"
            yield f"{label}.{relation.field.name} refers to it: {rule}{index}."

    @property
    def _key(self) -> Any:
        return sample(self._model._meta.pk)

    def _sql(self, query: Any) -> str:
        return sql_of(query, self.reads.using)


def _is_given_by_database(field: AnyField) -> bool:
    return bool(field.generated) or (field.primary_key and "Auto" in field.get_internal_type())


def _is_indexed(relation: ForeignObjectRel) -> bool:
    field = find_field(relation.related_model, relation.field.name)
    return bool(getattr(field, "db_index", False) or getattr(field, "unique", False))
