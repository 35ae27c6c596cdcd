"""What of the facts of a module other modules can tell the difference of."""

from collections.abc import Callable

from django_layers.architecture.facts.expressions import Call, Expression, dotted
from django_layers.architecture.facts.statements import Assigned, ClassFacts, FunctionFacts, ModuleFacts

__all__ = ["seen_from_outside", "tables"]

_PLACES = frozenset({"line", "column"})
_LOOKED_INTO = frozenset({"__init__", "__post_init__", "setUp"})


def seen_from_outside(facts: ModuleFacts, says: Callable[[FunctionFacts], bool]) -> object:
    """Return the facts of a module without places, and without the bodies of functions that say what they return.

    Args:
        facts: what the module says.
        says: tells whether the annotation of a function says what it returns, so that nobody looks into its body for it.
    """
    return _stripped((facts.imports, facts.body), lambda one: one.name not in _LOOKED_INTO and says(one))


def tables(facts: ModuleFacts) -> object:
    """Return what of a module decides which of its classes are models and how they are related.

    These are its imports, what its top level assigns, and the classes with their bases and with what is called in them.
    """
    assigned = [one for one in facts.body if isinstance(one, Assigned)]
    classes = [one for one in facts.body if isinstance(one, ClassFacts)]
    return _stripped((facts.imports, *assigned, *(_table(one) for one in classes)))


def _table(one: ClassFacts) -> tuple[object, ...]:
    related = [each for each in one.body if isinstance(each, Assigned) and _may_relate(each.value)]
    return one.name, one.bases, one.keywords, *related


def _may_relate(value: Expression | None) -> bool:
    return isinstance(value, Call) and not dotted(value.function).endswith(_COLUMNS)


_COLUMNS = ("CharField", "TextField", "BooleanField", "IntegerField", "DateField", "DateTimeField", "DecimalField")


def _stripped(value: object, says: Callable[[FunctionFacts], bool] = lambda _: False) -> object:
    if not isinstance(value, tuple):
        return value
    if isinstance(value, FunctionFacts) and says(value):
        value = value._replace(body=())
    names = getattr(value, "_fields", None)
    if names is None:
        return tuple([_stripped(one, says) for one in value])
    parts = [_stripped(one, says) for name, one in zip(names, value, strict=True) if name not in _PLACES]
    return (type(value).__name__, *parts)
