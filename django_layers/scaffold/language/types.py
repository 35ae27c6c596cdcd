"""The types of the field grammar: one row each, with all that differs from type to type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from django_layers.scaffold.language import series, values
from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression, Import, Value
from django_layers.scaffold.language.series import Bounded, Series
from django_layers.scaffold.language.spec import FieldSpec

__all__ = ["FIELD_TYPES", "MODIFIERS", "Argument", "FieldType", "Lookup", "Modifier"]


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
class Modifier:
    """A modifier of the grammar.

    Attributes:
        name: as it is written.
        takes_value: whether a value follows it.
        says: what it means, one phrase.
    """

    name: str
    takes_value: bool
    says: str


MODIFIERS: Mapping[str, Modifier] = MappingProxyType(
    {
        row.name: row
        for row in (
            Modifier("optional", False, "a request may leave it out: empty text, false, or NULL"),
            Modifier("null", False, "it may be NULL, text too"),
            Modifier("unique", False, "no two rows have the same value"),
            Modifier("index", False, "it has an index, so lists can be filtered and ordered by it"),
            Modifier("filter", False, "lists can be filtered by it: by range, by part of a text"),
            Modifier("sort", False, "lists can be ordered by it"),
            Modifier("readonly", False, "no request can set it, only the code of the service"),
            Modifier("writeonly", False, "no response carries it"),
            Modifier("unchecked", False, "that the row exists is checked, and not whether the actor may see it"),
            Modifier("cascade", False, "it goes with the row that it refers to"),
            Modifier("protect", False, "the row that it refers to can't be deleted"),
            Modifier("restrict", False, "as protect, unless both go with a third row"),
            Modifier("set_null", False, "it becomes NULL when the row that it refers to is deleted"),
            Modifier("default", True, "the value that a request leaves out"),
            Modifier("min", True, "the smallest value"),
            Modifier("max", True, "the largest value"),
            Modifier("max_length", True, "the most characters"),
            Modifier("related", True, "the name of the way back from the row that it refers to"),
            Modifier("embed", True, "the fields of the row that it refers to that responses carry"),
            Modifier("help", True, "what it is, for people"),
        )
    }
)


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


_COMMON = frozenset({"optional", "null", "readonly", "writeonly", "help"})
_LISTED = _COMMON | {"filter", "sort", "index", "default"}
_KEYED = _LISTED | {"unique"}
_NUMBER = _KEYED | {"min", "max"}
_ON_DELETE = frozenset({"cascade", "protect", "restrict", "set_null"})
_TO_ONE = _COMMON | _ON_DELETE | {"filter", "related", "embed", "unchecked"}

_CONTAINS = (Lookup("_contains", "icontains"),)
_RANGE = (Lookup("_min", "gte"), Lookup("_max", "lte"))

_SCHEMAS = "django_layers.schemas"
_STR, _INT, _FLOAT, _BOOL = Expression("str"), Expression("int"), Expression("float"), Expression("bool")
_DECIMAL = Expression("Decimal", (Import("decimal", "Decimal"),))
_DATE, _TIME = Expression("dt.date", (DATETIME_MODULE,)), Expression("dt.time", (DATETIME_MODULE,))
_DATETIME, _DURATION = Expression("dt.datetime", (DATETIME_MODULE,)), Expression("dt.timedelta", (DATETIME_MODULE,))
_UUID = Expression("UUID", (Import("uuid", "UUID"),))
_JSON_OBJECT = Expression("dict[str, JsonValue]", (Import("pydantic", "JsonValue"),))
_NORMAL_IP = Expression(
    "AfterValidator(lambda value: str(ip_address(value)))",
    (Import("ipaddress", "ip_address"), Import("pydantic", "AfterValidator")),
)


def _schema_type(name: str) -> Expression:
    return Expression(name, (Import(_SCHEMAS, name),))


def _integer(name: str, model: str, bits: int, says: str) -> FieldType:
    return FieldType(
        name=name,
        says=says,
        model=model,
        plain=_INT,
        request=_schema_type(f"Int{bits}"),
        modifiers=_NUMBER,
        ordered=True,
        lowest=-(2 ** (bits - 1)),
        highest=2 ** (bits - 1) - 1,
        lookups=_RANGE,
        read=values.read_integer,
        series=series.integer_series,
        mistakes=(("many", "no number"), (1.5, "no whole number"), (2 ** (bits - 1), "more than the column holds")),
    )


_ROWS = (
    FieldType(
        name="str",
        says="text of one line, of at most 200 characters where no number is said",
        model="CharField",
        plain=_STR,
        request=_STR,
        argument=Argument.LENGTH,
        modifiers=_KEYED | {"max_length"},
        length=200,
        text=True,
        lookups=_CONTAINS,
        read=values.read_text,
        series=series.text_series,
        mistakes=((5, "no text"), ("a\0b", "a NUL character")),
    ),
    FieldType(
        name="text",
        says="text of any length",
        model="TextField",
        plain=_STR,
        request=_STR,
        modifiers=_COMMON | {"filter", "sort", "default"},
        text=True,
        lookups=_CONTAINS,
        read=values.read_text,
        series=series.text_series,
        mistakes=((5, "no text"), ("a\0b", "a NUL character")),
    ),
    _integer("int", "IntegerField", 32, "a whole number of 32 bits"),
    _integer("bigint", "BigIntegerField", 64, "a whole number of 64 bits"),
    _integer("smallint", "SmallIntegerField", 16, "a whole number of 16 bits"),
    FieldType(
        name="float",
        says="a finite number with a fraction; for money and the like use decimal",
        model="FloatField",
        plain=_FLOAT,
        request=_FLOAT,
        modifiers=_NUMBER - {"unique"},
        ordered=True,
        lowest=-1e300,
        highest=1e300,
        lookups=_RANGE,
        read=values.read_float,
        series=series.float_series,
        mistakes=(("many", "no number"), ("NaN", "not a number"), ("Infinity", "not finite")),
    ),
    FieldType(
        name="decimal",
        says="a decimal number with a fixed number of places",
        model="DecimalField",
        plain=_DECIMAL,
        request=_DECIMAL,
        argument=Argument.DIGITS,
        modifiers=_NUMBER,
        ordered=True,
        lookups=_RANGE,
        read=values.read_decimal,
        series=series.decimal_series,
        mistakes=(("many", "no number"), ("NaN", "not a number")),
    ),
    FieldType(
        name="bool",
        says="true or false",
        model="BooleanField",
        plain=_BOOL,
        request=_BOOL,
        modifiers=_LISTED,
        equality=True,
        read=values.read_boolean,
        series=series.boolean_series,
        mistakes=(("perhaps", "neither true nor false"),),
    ),
    FieldType(
        name="date",
        says="a date",
        model="DateField",
        plain=_DATE,
        request=_DATE,
        modifiers=_NUMBER,
        ordered=True,
        lowest=date.min,
        highest=date.max,
        lookups=_RANGE,
        read=values.read_date,
        series=series.date_series,
        mistakes=(("2026-02-30", "no date"),),
    ),
    FieldType(
        name="datetime",
        says="a moment, with its time zone",
        model="DateTimeField",
        plain=_DATETIME,
        request=_schema_type("AwareDatetime"),
        modifiers=_NUMBER,
        ordered=True,
        lowest=datetime(1, 1, 2, tzinfo=UTC),
        highest=datetime(9999, 12, 30, tzinfo=UTC),
        lookups=_RANGE,
        read=values.read_datetime,
        series=series.datetime_series,
        mistakes=(("2026-01-01T09:00:00", "no time zone"), ("yesterday", "no moment")),
    ),
    FieldType(
        name="time",
        says="a time of day",
        model="TimeField",
        plain=_TIME,
        request=_schema_type("NaiveTime"),
        modifiers=_NUMBER,
        ordered=True,
        lookups=_RANGE,
        read=values.read_time,
        series=series.time_series,
        mistakes=(("09:00:00Z", "a time zone"), ("noon", "no time")),
    ),
    FieldType(
        name="duration",
        says="a length of time",
        model="DurationField",
        plain=_DURATION,
        request=_schema_type("Duration"),
        modifiers=_NUMBER,
        ordered=True,
        lowest=-timedelta(days=100_000_000),
        highest=timedelta(days=100_000_000),
        lookups=_RANGE,
        read=values.read_duration,
        series=series.duration_series,
        mistakes=(("long", "no length of time"),),
    ),
    FieldType(
        name="uuid",
        says="a UUID",
        model="UUIDField",
        plain=_UUID,
        request=_UUID,
        modifiers=_KEYED,
        equality=True,
        read=values.read_uuid,
        series=series.uuid_series,
        mistakes=(("x", "no UUID"),),
    ),
    FieldType(
        name="email",
        says="an email address",
        model="EmailField",
        plain=_STR,
        request=_STR,
        modifiers=_KEYED | {"max_length"},
        length=254,
        shortest=12,
        text=True,
        pattern=values.EMAIL,
        lookups=_CONTAINS,
        equality=True,
        read=values.read_email,
        series=series.email_series,
        mistakes=(("nobody", "no address"),),
    ),
    FieldType(
        name="url",
        says="the address of a page, with http:// or https://",
        model="URLField",
        plain=_STR,
        request=_STR,
        modifiers=_KEYED | {"max_length"},
        length=200,
        shortest=20,
        text=True,
        pattern=values.URL,
        lookups=_CONTAINS,
        equality=True,
        read=values.read_url,
        series=series.url_series,
        mistakes=(("javascript:alert(1)", "no address of a page"),),
    ),
    FieldType(
        name="slug",
        says="letters, digits, hyphens and underscores",
        model="SlugField",
        plain=_STR,
        request=_STR,
        modifiers=_KEYED | {"max_length"},
        length=50,
        text=True,
        pattern=values.SLUG,
        lookups=_CONTAINS,
        equality=True,
        read=values.read_slug,
        series=series.slug_series,
        mistakes=(("two words", "a space"),),
    ),
    FieldType(
        name="ip",
        says="an IPv4 or IPv6 address",
        model="GenericIPAddressField",
        plain=_STR,
        request=_STR,
        modifiers=_KEYED,
        pattern=r"[0-9a-fA-F:.]+",
        normalize=_NORMAL_IP,
        equality=True,
        read=values.read_ip,
        series=series.ip_series,
        mistakes=(("10.0.0.256", "no address"), ("fe80::1%eth0", "a zone")),
    ),
    FieldType(
        name="json",
        says="a JSON object",
        model="JSONField",
        plain=_JSON_OBJECT,
        request=_JSON_OBJECT,
        modifiers=_COMMON | {"default"},
        read=values.read_json,
        series=series.json_series,
        mistakes=((5, "no object"),),
    ),
    FieldType(
        name="file",
        says="an uploaded file",
        model="FileField",
        plain=Expression("str | None"),
        modifiers=frozenset({"optional", "help"}),
    ),
    FieldType(
        name="image",
        says="an uploaded image; needs Pillow",
        model="ImageField",
        plain=Expression("str | None"),
        modifiers=frozenset({"optional", "help"}),
    ),
    FieldType(
        name="choice",
        says="one of a few words",
        model="CharField",
        plain=None,
        argument=Argument.CHOICES,
        modifiers=_LISTED,
        equality=True,
        read=values.read_choice,
        series=series.choice_series,
        mistakes=(("unheard-of", "none of the choices"),),
    ),
    FieldType(
        name="fk",
        says="a reference to a row of another model",
        model="ForeignKey",
        plain=None,
        argument=Argument.TARGET,
        modifiers=_TO_ONE,
        equality=True,
        mistakes=(("x", "no key"),),
    ),
    FieldType(
        name="o2o",
        says="a reference to a row that no other row refers to",
        model="OneToOneField",
        plain=None,
        argument=Argument.TARGET,
        modifiers=_TO_ONE,
        equality=True,
        mistakes=(("x", "no key"),),
    ),
    FieldType(
        name="m2m",
        says="references to any number of rows of another model",
        model="ManyToManyField",
        plain=None,
        argument=Argument.TARGET,
        modifiers=frozenset({"optional", "filter", "related", "embed", "readonly", "writeonly", "unchecked", "help"}),
        equality=True,
        mistakes=(("x", "no list of keys"),),
    ),
    FieldType(
        name="owner",
        says="the user whose row it is; private, or readable for every user where shared",
        model="ForeignKey",
        plain=None,
        argument=Argument.SHARING,
        modifiers=_ON_DELETE - {"set_null"} | {"related", "embed", "help"},
        equality=True,
    ),
)

FIELD_TYPES: Mapping[str, FieldType] = MappingProxyType({row.name: row for row in _ROWS})
"""The types of the field grammar, by name."""
