"""L701: a field of a model that no schema of it mentions."""

from collections.abc import Iterator

from django_layers.architecture.names.entities import Entities
from django_layers.architecture.names.model import ModelField
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Find fields of models that are in none of the schemas whose names begin with the model's."""
    entities = subject.inference.entities
    for model in subject.models.of_module(subject.module):
        schemas = entities.schemas(model)
        if not schemas or any(_is_made_from_model(subject, one) for one in schemas):
            continue
        mentioned = _mentioned(entities, schemas)
        for one in model.fields.values():
            if one.owner.name == model.name and not _is_key(one) and not mentioned & _names(one):
                yield Finding(
                    line=one.line,
                    column=one.column,
                    symbol=model.symbol.facts.qualname,
                    target=f"{model.name}.{one.name}",
                    message=f"{one.name} of {model.symbol.facts.name} is in none of its {len(schemas)} schemas.",
                    hint="Add it to the schemas that are to have it, or say on this line why none has: "
                    "# layers: ignore[L701] and the reason.",
                )


def _mentioned(entities: Entities, schemas: tuple[ClassSymbol, ...]) -> set[str]:
    return {name for one in schemas for name, _ in entities.fields(one)}


def _names(one: ModelField) -> set[str]:
    """Return the names by which schemas mention a field: its own, and those of keys."""
    return {one.name, f"{one.name}_id"} | {f"{one.name.removesuffix(ending)}_ids" for ending in ("", "s", "es")}


def _is_key(one: ModelField) -> bool:
    return any(keyword.name == "primary_key" for keyword in one.call.keywords)


def _is_made_from_model(subject: Subject, schema: ClassSymbol) -> bool:
    bases = subject.project.external_bases(schema)
    return any(base.rpartition(".")[2].startswith("ModelS") for base in bases)
