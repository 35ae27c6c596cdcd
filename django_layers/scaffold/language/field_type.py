"""What a type of a field is: everything that differs from type to type."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django_layers.scaffold.language.expressions import Expression, Value
from django_layers.scaffold.language.series import Bounded, Series
from django_layers.scaffold.language.spec import FieldSpec

__all__ = ["Argument", "FieldType", "Lookup"]


class Argument(StrEnum):
    """What stands after the name of a type."""

    NONE = "nothing"
    LENGTH = "the most characters, as in str=200"
    DIGITS = "all digits and decimal places, as in decimal=8,2"
    CHOICES = "the choices, as in choice=draft,published"
    TARGET = "the model that it refers to, as in fk=recipes.Recipe"
    SHARING = "nothing, or shared, as in owner=shared"
    ENUMERATION = "the class of the enumeration and its members"
    VALUES = "the values, in JSON"
    ANNOTATION = "the annotation, and the module of its names"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A filter of lists beside equality.

    Attributes:
        suffix: what is added to the field's name: "_min" gives `stars_min`.
        lookup: the lookup of the ORM, "gte".
    """

    suffix: str
    lookup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """A type of the field grammar.

    Attributes:
        name: as it is written.
        says: what it holds, one phrase.
        model: the class of the model field, in `django.db.models`.
        plain: the type in responses and inside; None where it depends on the target, the user model or the enumeration.
        request: the type in requests before the field's own constraints; None as above. It refuses what databases refuse.
        argument: what stands after the name of the type.
        modifiers: the modifiers that it takes.
        length: the most characters where the field doesn't say; None for a type without such a limit.
        shortest: the least that may be said as the most characters.
        text: whether "no value" is an empty text, not NULL.
        ordered: whether it takes `min` and `max`, and ranges in lists.
        lowest, highest: what every database can store, where Python can hold more.
        pattern: what a request's text must match, without anchors.
        normalize: an `AfterValidator` expression for requests, where equal values can be written in several ways.
        lookups: the filters that the modifier `filter` adds; empty where there is only equality.
        equality: whether the modifier `filter` adds equality.
        read: reads a default or a bound.
        series: the values for factories and tests; None where factories have their own way.
        mistakes: values of JSON that a request of any field of this type refuses, with the reason.
    """

    name: str
    says: str
    model: str
    plain: Expression | None
    request: Expression | None = None
    argument: Argument = Argument.NONE
    modifiers: frozenset[str]
    length: int | None = None
    shortest: int = 1
    text: bool = False
    ordered: bool = False
    lowest: Value = None
    highest: Value = None
    pattern: str = ""
    normalize: Expression | None = None
    lookups: tuple[Lookup, ...] = ()
    equality: bool = False
    read: Callable[[str, FieldSpec], Value] | None = None
    series: Callable[[Bounded], Series] | None = None
    mistakes: tuple[tuple[Value, str], ...] = ()

    @property
    def reference(self) -> bool:
        """Whether it refers to rows of a model."""
        return self.argument in (Argument.TARGET, Argument.SHARING)

    @property
    def many(self) -> bool:
        """Whether it refers to any number of rows."""
        return self.model == "ManyToManyField"

    @property
    def upload(self) -> bool:
        """Whether it is a file, which comes by an endpoint of its own."""
        return self.model in ("FileField", "ImageField")
