"""The types of the field grammar: one row each, with all that differs from type to type."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from django_layers.scaffold.language import moment_series, number_series, series, values
from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression, Import
from django_layers.scaffold.language.field_type import Argument, FieldType, Lookup

__all__ = ["FIELD_TYPES"]

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
        series=number_series.integer_series,
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
        series=number_series.float_series,
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
        series=number_series.decimal_series,
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
        series=moment_series.date_series,
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
        series=moment_series.datetime_series,
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
        series=moment_series.time_series,
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
        series=moment_series.duration_series,
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
