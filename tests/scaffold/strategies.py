"""Valid requests for hypothesis, over the whole grammar; the invalid ones are in `invalid_requests`.

`valid_entities` is built so that every entity is valid, not filtered by the validation that it is to prove.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from django_layers.scaffold.language.fields import length_of
from django_layers.scaffold.language.grammar import format_field
from django_layers.scaffold.language.problems import GrammarError
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, IndexColumn, OnDelete, PrimaryKey
from django_layers.scaffold.language.types import FIELD_TYPES
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.request.validate_fields import FEWEST_ROWS, LONGEST_KEY, capacity
from tests.scaffold.invalid_requests import InvalidRequest, invalid_requests

__all__ = ["InvalidRequest", "invalid_requests", "valid_entities", "valid_fields"]

# No word is the plural, or the beginning, of another: what is derived from them does not clash.
_FIELD_WORDS = """
    amount author bonus category colour date decimal depth email_address event field flag gauge hash height hint icon
    invoice json_body keyword label level literal match motto news note number page people photo place price quantity
    rank reviewers score season secret series slogan summary tags time title type uuid volume weight year zone
"""
_ENTITY_WORDS = """
    Address Bus Cabin Category Day Entry Family Guest Hero HTMLPage House Invoice Item Key Ledger Match MealPlan Mouse
    News Order Person Quiz Series SMSCode Task Unit Voucher Yard Zone
"""
_UNIQUE_SET_TYPES = frozenset(FIELD_TYPES) - {"text", "json", "m2m", "float", "file", "image"}
_COLUMN_TYPES = frozenset(FIELD_TYPES) - {"text", "json", "m2m", "file", "image"}

_printable = st.characters(codec="utf-8").filter(str.isprintable)
_lines = st.text(_printable, min_size=1, max_size=40).map(str.strip).filter(bool)


@dataclass(frozen=True, slots=True)
class _Range:
    """How the values of an ordered type are drawn and written."""

    draw: Callable[[FieldSpec], st.SearchStrategy[object]]
    write: Callable[[object], str]


def _decimals(field: FieldSpec) -> st.SearchStrategy[object]:
    digits, places = map(int, field.argument)
    return st.integers(-(10**digits) + 1, 10**digits - 1).map(lambda units: Decimal(f"{units}E-{places}"))


_RANGES = {
    "int": _Range(lambda field: st.integers(-(2**31), 2**31 - 1), str),
    "bigint": _Range(lambda field: st.integers(-(2**63), 2**63 - 1), str),
    "smallint": _Range(lambda field: st.integers(-(2**15), 2**15 - 1), str),
    "float": _Range(lambda field: st.floats(-1e6, 1e6, allow_subnormal=False), repr),
    "decimal": _Range(_decimals, lambda value: f"{value:f}"),
    "date": _Range(lambda field: st.dates(), str),
    "datetime": _Range(
        lambda field: st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
        lambda value: str(value).replace(" ", "T").replace("+00:00", "Z"),
    ),
    "time": _Range(lambda field: st.times(), str),
    "duration": _Range(
        lambda field: st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
        lambda value: f"{int(value.total_seconds())}s" if isinstance(value, timedelta) else "",
    ),
}


def _words(limit: int) -> st.SearchStrategy[str]:
    return st.text(_printable, min_size=1, max_size=min(limit, 30)).map(str.strip).filter(bool)


def _defaults(field: FieldSpec) -> st.SearchStrategy[str] | None:
    """Return the texts of valid defaults of a field without bounds; None for a type that has none."""
    simple: dict[str, st.SearchStrategy[str]] = {
        "str": _words(length_of(field) or 30),
        "text": _words(30),
        "bool": st.sampled_from(["true", "false"]),
        "uuid": st.uuids().map(str),
        "email": st.just("a@b.example"),
        "url": st.just("https://a.example/x"),
        "slug": st.just("s"),
        "ip": st.ip_addresses().map(str).filter(lambda text: "%" not in text),
        "json": st.just("{}"),
        "choice": st.sampled_from(field.argument or ("-",)),
    }
    return simple.get(field.type)


@st.composite
def _arguments(draw: st.DrawFn, kind: str) -> tuple[str, ...]:
    if kind == "str":
        return draw(st.sampled_from([(), ("1",), ("8",), ("200",), ("750",), ("10000",)]))
    if kind == "decimal":
        digits = draw(st.integers(1, 65))
        return str(digits), str(draw(st.integers(0, min(digits, 30))))
    if kind == "choice":
        pool = ["draft", "in-progress", "1st", "class", "None", "to be done", "a.b", "x/y", "C++", "v_2"]
        return tuple(draw(st.lists(st.sampled_from(pool), min_size=1, max_size=5, unique=True)))
    return ()


@st.composite
def valid_fields(draw: st.DrawFn, name: str, kind: str) -> FieldSpec:
    """Draw a valid field of a type that refers to no model, with any of its modifiers."""
    row = FIELD_TYPES[kind]
    field = FieldSpec(name=name, type=kind, argument=draw(_arguments(kind)))
    if draw(st.booleans()):
        field = replace(field, help=draw(_lines))
    if "max_length" in row.modifiers and not field.argument and draw(st.booleans()):
        field = replace(field, max_length=draw(st.integers(row.shortest, 300)))
    field = draw(_limited(field))
    field = draw(_keyed(field))
    field = draw(_leavable(field))
    field = draw(_visible(field))
    return _written(field)


@st.composite
def _limited(draw: st.DrawFn, field: FieldSpec) -> FieldSpec:
    if field.type not in _RANGES or draw(st.booleans()):
        return field
    values = _RANGES[field.type]
    low, high = sorted(draw(st.lists(values.draw(field), min_size=2, max_size=2)))  # type: ignore[type-var]
    which = draw(st.sampled_from(["min", "max", "both"]))
    return replace(
        field,
        min=None if which == "max" else values.write(low),
        max=None if which == "min" else values.write(high),
    )


@st.composite
def _keyed(draw: st.DrawFn, field: FieldSpec) -> FieldSpec:
    modifiers = FIELD_TYPES[field.type].modifiers
    wanted = draw(st.sampled_from(["", "unique", "index"]))
    if wanted not in modifiers or (length_of(field) or 0) > LONGEST_KEY:
        return field
    if wanted == "unique":
        return replace(field, unique=capacity(field) >= FEWEST_ROWS)
    return replace(field, index=True)


@st.composite
def _leavable(draw: st.DrawFn, field: FieldSpec) -> FieldSpec:
    row = FIELD_TYPES[field.type]
    wanted = draw(st.sampled_from(["", "optional", "null", "default", "null default"]))
    if row.text and field.unique and wanted == "optional":
        wanted = "null"
    if "default" in wanted and "default" in row.modifiers and not field.unique:
        field = replace(field, default=draw(_default_within_bounds(field)))
    if wanted == "optional" or row.upload:
        return replace(field, optional=wanted == "optional")
    return replace(field, null="null" in wanted and "null" in row.modifiers)


@st.composite
def _default_within_bounds(draw: st.DrawFn, field: FieldSpec) -> str:
    simple = _defaults(field)
    if simple is not None:
        return draw(simple)
    if field.min is not None or field.max is not None:
        return draw(st.sampled_from([text for text in (field.min, field.max) if text is not None]))
    values = _RANGES[field.type]
    return values.write(draw(values.draw(field)))


@st.composite
def _visible(draw: st.DrawFn, field: FieldSpec) -> FieldSpec:
    modifiers = FIELD_TYPES[field.type].modifiers
    shown = draw(st.sampled_from(["", "", "readonly", "writeonly"]))
    can_start = field.optional or field.null or field.default is not None
    if shown == "readonly" and shown in modifiers and can_start:
        field = replace(field, readonly=True)
    if shown == "writeonly" and shown in modifiers:
        return replace(field, writeonly=True)
    return replace(
        field,
        filter="filter" in modifiers and draw(st.booleans()),
        sort="sort" in modifiers and draw(st.booleans()),
    )


def _written(field: FieldSpec) -> FieldSpec:
    """Return the field without a text that the command line can't carry, since it would be read as a modifier."""
    try:
        format_field(field)
    except GrammarError:
        return replace(
            field, help="", default="x" if field.type in ("str", "text") and field.default else field.default
        )
    return field


@st.composite
def _reference(draw: st.DrawFn, name: str, kind: str, own: str, facts: ProjectFacts) -> FieldSpec:
    usable = sorted(label for label, model in facts.models.items() if model.replaced_by is None)
    target = draw(st.sampled_from([*usable, "self", own]))
    itself = target in ("self", own)
    field = FieldSpec(name=name, type=kind, argument=(target,), help=draw(st.just("") | st.just("see: this")))
    row = FIELD_TYPES[kind]
    optional = (itself and kind != "m2m") or draw(st.booleans())
    field = replace(field, optional=optional, readonly=optional and kind != "m2m" and draw(st.booleans()))
    if kind != "m2m" and draw(st.booleans()):
        choices = [way for way in OnDelete if way is not OnDelete.SET_NULL or optional]
        field = replace(field, on_delete=draw(st.sampled_from(choices)))
    # An entity that refers to itself gets a field for the way back, which may not be called like another field.
    if itself or draw(st.booleans()):
        field = replace(field, related=draw(st.sampled_from(["+", f"back_from_{name}"])))
    if not field.readonly and draw(st.sampled_from([False, False, True])):
        return replace(field, writeonly=True)
    if draw(st.booleans()):
        field = replace(field, embed=draw(_embeds(target, itself=itself, facts=facts)))
    return replace(field, filter="filter" in row.modifiers and draw(st.booleans()))


@st.composite
def _embeds(draw: st.DrawFn, target: str, *, itself: bool, facts: ProjectFacts) -> tuple[str, ...]:
    if itself:
        return ("id",)
    if facts.models[target].private:
        return ()
    known = sorted(
        name for name, field in facts.models[target].fields.items() if field.annotation and name != "password"
    )
    return tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)))


@st.composite
def valid_entities(draw: st.DrawFn, facts: ProjectFacts, app_label: str = "recipes") -> EntitySpec:
    """Draw a valid entity: any types, any modifiers, any options.

    Args:
        draw: given by hypothesis.
        facts: the project; references go to its models.
        app_label: the layered app that the entity is for.
    """
    taken = {label.lower() for label in facts.models}
    words = [word for word in _ENTITY_WORDS.split() if f"{app_label}.{word}".lower() not in taken]
    name = draw(st.sampled_from(words)) + draw(st.sampled_from(["", "Extra", "X2"]))
    names = draw(st.lists(st.sampled_from(_FIELD_WORDS.split()), max_size=8, unique=True))
    kinds = [kind for kind in FIELD_TYPES if kind != "owner" and (kind != "image" or facts.has_pillow)]
    fields = []
    for field_name in names:
        kind = draw(st.sampled_from(kinds))
        if FIELD_TYPES[kind].reference:
            fields.append(draw(_reference(field_name, kind, f"{app_label}.{name}", facts)))
        else:
            fields.append(draw(valid_fields(field_name, kind)))
    sharing = draw(st.sampled_from([None, None, (), ("shared",)]))
    if sharing is not None:
        ways = st.sampled_from([None, OnDelete.CASCADE, OnDelete.PROTECT, OnDelete.RESTRICT])
        fields.append(FieldSpec(name="holder", type="owner", argument=sharing, on_delete=draw(ways)))
    entity = EntitySpec(
        name=name,
        app_label=app_label,
        fields=tuple(draw(st.permutations(fields))),
        primary_key=draw(st.sampled_from(PrimaryKey)),
        plural=draw(st.sampled_from([None, None, "odd_plurals"])),
        versioned=draw(st.booleans()),
        asynchronous=draw(st.booleans()),
        timestamps=draw(st.booleans()),
    )
    entity = draw(_with_access(entity, sharing))
    return draw(_with_columns(entity))


@st.composite
def _with_access(draw: st.DrawFn, entity: EntitySpec, sharing: tuple[str, ...] | None) -> EntitySpec:
    if sharing == ():
        return entity
    if sharing is not None:
        return replace(entity, public=draw(st.sampled_from([Access.NONE, Access.READ])))
    public = draw(st.sampled_from(Access))
    return replace(entity, public=public, write_users=public is not Access.ALL and draw(st.booleans()))


@st.composite
def _with_columns(draw: st.DrawFn, entity: EntitySpec) -> EntitySpec:
    columns = [field for field in entity.fields if field.type in _COLUMN_TYPES]
    joinable = [field for field in entity.fields if field.type in _UNIQUE_SET_TYPES - {"o2o"} and not field.unique]
    orderable = [field for field in columns if not FIELD_TYPES[field.type].reference and not field.writeonly]
    if len(joinable) > 1 and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(joinable), min_size=2, max_size=3, unique=True))
        sizes = [capacity(field) for field in chosen]
        if _fits(chosen) and max(sizes) >= FEWEST_ROWS and min(sizes) > 1:
            entity = replace(entity, unique=(tuple(field.name for field in chosen),))
    if columns and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True))
        if _fits(chosen):
            entity = replace(entity, indexes=(draw(_directed(chosen)),))
    if orderable and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(orderable), min_size=1, max_size=2, unique=True))
        if _fits(chosen):
            entity = replace(entity, order=draw(_directed(chosen)))
    return entity


def _fits(fields: Sequence[FieldSpec]) -> bool:
    return sum(length_of(field) or 0 for field in fields) <= LONGEST_KEY


@st.composite
def _directed(draw: st.DrawFn, fields: Sequence[FieldSpec]) -> tuple[IndexColumn, ...]:
    return tuple(IndexColumn(field.name, descending=draw(st.booleans())) for field in fields)
