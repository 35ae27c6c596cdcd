"""L503: schemas and forms that are made from the model of a layered app."""

from collections.abc import Iterator

from django_layers.architecture.facts.statements import Assigned, ClassFacts, Statement
from django_layers.architecture.inference.values import Kind
from django_layers.architecture.names.symbols import ClassSymbol
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.orm_findings import finding_at, is_layered, who
from django_layers.architecture.rules.wording import spelled

__all__ = ["check"]

_MADE_FROM_MODELS = frozenset({"ModelSchema", "ModelForm", "ModelSerializer", "HyperlinkedModelSerializer"})
_WHERE_THE_MODEL_IS_SAID = frozenset({"Meta", "Config", "Options"})

_MAKERS = frozenset({"create_schema", "modelform_factory", "modelformset_factory", "inlineformset_factory"})
_HINT = "Write a schema with the fields that are meant, and have {model}Repository fill it."


def check(subject: Subject) -> Iterator[Finding]:
    """Find classes that derive from `ModelSchema` or `ModelForm` and name a model of a layered app, or are made of it."""
    for statement in subject.module.facts.body:
        if not isinstance(statement, ClassFacts):
            continue
        bases = {
            one.rpartition(".")[2] for one in subject.project.external_bases(ClassSymbol(subject.module, statement))
        }
        made = sorted(bases & _MADE_FROM_MODELS)
        if not made:
            continue
        model = _model(subject, statement)
        if model is not None and model.module.source.place.app:
            yield Finding(
                line=statement.line,
                column=statement.column,
                symbol=statement.qualname,
                target=model.name,
                message=f"{statement.name} is a {made[0]} of {model.name}, so it knows the table past the layers.",
                hint=_HINT.format(model=model.facts.name),
            )
    yield from _by_function(subject)


def _by_function(subject: Subject) -> Iterator[Finding]:
    for trace in subject.traces:
        for called in trace.calls:
            if called.function.of.rpartition(".")[2] not in _MAKERS:
                continue
            for value in called.arguments:
                if value.kind is Kind.MODEL and isinstance(value.symbol, ClassSymbol) and is_layered(subject, value.of):
                    yield finding_at(
                        trace,
                        called.at,
                        value.of,
                        f"{who(trace)} makes a class of {value.of} by {spelled(called.at)}, so it knows the table past the "
                        "layers.",
                        _HINT.format(model=value.model),
                    )
                    break


def _model(subject: Subject, one: ClassFacts) -> ClassSymbol | None:
    for inner in one.body:
        if isinstance(inner, ClassFacts) and inner.name in _WHERE_THE_MODEL_IS_SAID:
            for statement in inner.body:
                symbol = _named_model(subject, statement)
                if symbol is not None:
                    return symbol
    return None


def _named_model(subject: Subject, statement: Statement) -> ClassSymbol | None:
    if not isinstance(statement, Assigned) or statement.value is None:
        return None
    if not any(getattr(target, "id", "") == "model" for target in statement.targets):
        return None
    symbol = subject.project.symbol(statement.value, subject.module)
    return symbol if isinstance(symbol, ClassSymbol) and subject.models.is_model(symbol) else None
