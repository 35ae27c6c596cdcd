"""How values of the ORM are called in messages."""

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Item, Name
from django_layers.architecture.inference.values import Kind, Value

__all__ = ["described", "repository_of", "spelled"]

_WORDS = {
    Kind.INSTANCE: "an instance of the model {model}",
    Kind.QUERYSET: "a QuerySet of {model}",
    Kind.MODEL: "an instance of the model {model}",
    Kind.MANAGER: "the manager of {model}",
    Kind.RELATED: "a related manager of {model}",
}


def described(value: Value) -> str:
    """Return what a value of the ORM is, in words."""
    words = _WORDS[value.kind]
    if not value.model:
        return words.replace(" of the model {model}", " of a model").replace(" of {model}", "")
    return words.format(model="the user" if value.model == "AUTH_USER_MODEL" else value.model)


def repository_of(value: Value) -> str:
    """Return the name that the repository of a model has."""
    return "a repository" if value.model in {"", "AUTH_USER_MODEL"} else f"{value.model}Repository"


def spelled(expression: Expression) -> str:
    """Spell out a chain of names, attributes and calls, arguments left out."""
    match expression:
        case Name():
            return expression.id
        case Attribute():
            return f"{spelled(expression.value)}.{expression.name}"
        case Call():
            inside = "..." if expression.arguments or expression.keywords else ""
            return f"{spelled(expression.function)}({inside})"
        case Item():
            return f"{spelled(expression.value)}[...]"
        case _:
            return "(...)"
