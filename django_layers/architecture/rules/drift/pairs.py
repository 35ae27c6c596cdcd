"""The fields of schemas with the columns of the models that they are of."""

from collections.abc import Iterator
from typing import NamedTuple

from django_layers.architecture.facts.statements import ClassFacts
from django_layers.architecture.names.entities import SchemaField
from django_layers.architecture.names.model import Model, ModelField
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.finding import Subject

__all__ = ["Pair", "pairs"]


class Pair(NamedTuple):
    """A field of a schema and the field of the model with its name."""

    schema: ClassSymbol
    field: SchemaField
    model: Model
    column: ModelField


def pairs(subject: Subject) -> Iterator[Pair]:
    """Walk the fields of the schemas of a module that their models have too; of filters there are none."""
    entities = subject.inference.entities
    for statement in subject.module.facts.body:
        if not isinstance(statement, ClassFacts) or statement.name.endswith(("Query", "Filter", "Filters")):
            continue
        schema = ClassSymbol(subject.module, statement)
        model = entities.model(schema)
        for name, one in entities.fields(schema) if model is not None else ():
            # What a schema inherits is told where it is declared.
            if model is not None and name in model.fields and one.owner.module is subject.module:
                yield Pair(schema, one, model, model.fields[name])
