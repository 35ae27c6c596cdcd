"""The values of enumerations and of lists of choices, as they are written."""

from django_layers.architecture.facts.expressions import Attribute, Constant, Expression, Name, Several, Text, dotted
from django_layers.architecture.facts.statements import Assigned, ClassFacts
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Alias, ClassSymbol

__all__ = ["choices_of", "literal_of", "values_of"]

_ENUMERATIONS = frozenset({"Enum", "StrEnum", "IntEnum", "TextChoices", "IntegerChoices", "Choices"})


def values_of(symbol: ClassSymbol, project: Project) -> frozenset[str] | None:
    """Return the texts and numbers of an enumeration, as texts; None where the class is none, or not all of them are written out."""
    bases = {base.rpartition(".")[2] for base in project.external_bases(symbol)}
    if not bases & _ENUMERATIONS:
        return None
    found = set()
    for statement in symbol.facts.body:
        if isinstance(statement, Assigned) and statement.value is not None:
            if all(isinstance(target, Name) and target.id.startswith("_") for target in statement.targets):
                continue
            value = statement.value
            first = value.items[0] if isinstance(value, Several) and value.items else value
            literal = literal_of(first)
            if literal is None:
                return None
            found.add(literal)
    return frozenset(found) or None


def literal_of(expression: Expression) -> str | None:
    """Return a text, or a natural number as a text; None for anything else."""
    if isinstance(expression, Text):
        return expression.value
    return str(expression.number) if isinstance(expression, Constant) and expression.number >= 0 else None


def choices_of(given: Expression, owner: ClassSymbol, project: Project) -> frozenset[str] | None:
    """Return the values of `choices`; None where they are not written out.

    Args:
        given: what is given as choices.
        owner: the class of the model.
        project: the modules.
    """
    if isinstance(given, Attribute) and given.name in {"choices", "values"}:
        given = given.value
    if isinstance(given, Several):
        firsts = [one.items[0] if isinstance(one, Several) and one.items else one for one in given.items]
        texts = [text for one in firsts if (text := literal_of(one)) is not None]
        return frozenset(texts) if texts and len(texts) == len(firsts) else None
    inner = _in_class(dotted(given), owner, project)
    if isinstance(inner, ClassSymbol):
        return values_of(inner, project)
    if inner is not None:
        return choices_of(inner, owner, project)
    symbol = project.symbol(given, owner.module)
    if isinstance(symbol, ClassSymbol):
        return values_of(symbol, project)
    if isinstance(symbol, Alias) and isinstance(symbol.value, Several):
        return choices_of(symbol.value, owner, project)
    return None


def _in_class(name: str, owner: ClassSymbol, project: Project) -> ClassSymbol | Several | None:
    """Return what a name stands for in the body of a class: an enumeration, or a list that is written out."""
    found = project.member(owner, name)
    if found is None:
        return None
    where, statement = found
    if isinstance(statement, ClassFacts):
        return ClassSymbol(where.module, statement)
    value = statement.value if isinstance(statement, Assigned) else None
    return value if isinstance(value, Several) else None
