"""What the rules about the ORM share: who does something, and whether a model is of a layered app."""

from django_layers.architecture.facts.expressions import Expression
from django_layers.architecture.inference.trace import Trace
from django_layers.architecture.inference.values import ANY_MODEL
from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["finding_at", "is_layered", "who"]


def is_layered(subject: Subject, model: str) -> bool:
    """Tell whether a model is one of a layered app."""
    found = subject.models.by_name.get(model)
    # What may be any model is what a generic repository gives.
    return model in ANY_MODEL or (found is not None and bool(found.symbol.module.source.place.app))


def who(trace: Trace) -> str:
    """Return what does something, as the subject of a sentence."""
    return trace.qualname or "The module"


def finding_at(trace: Trace, at: Expression, target: str, message: str, hint: str) -> Finding:
    """Return a finding at an expression of a function."""
    return Finding(line=at.line, column=at.column, symbol=trace.qualname, target=target, message=message, hint=hint)
