"""What the rows that a table holds need, so that they fit a changed model: values, or another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django_layers.scaffold.language.expressions import Expression, literal
from django_layers.scaffold.language.field_type import Argument
from django_layers.scaffold.language.fields import (
    NO_DEFAULT,
    NoDefault,
    allows_null,
    bound,
    default_value,
    field_type,
    length_of,
)
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.request.findings import Findings
from django_layers.scaffold.request.validate_fields import check_field

__all__ = ["BACKFILL", "ExistingRows", "Fill", "existing_rows", "parse_backfill"]

BACKFILL = "--backfill"


@dataclass(frozen=True, slots=True)
class Fill:
    """A value for the rows that a tighter column no longer takes.

    Attributes:
        field: the name of the field.
        condition: which rows, as an argument of `filter`; it may name the length of a text as `length`.
        value: what they get.
    """

    field: str
    condition: Expression
    value: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingRows:
    """What a migration does for the rows that exist.

    Attributes:
        renames: the old and the new name of each field, in an order in which the new name is free.
        defaults: the value that the rows get in a column that is new, or no longer takes NULL.
        fills: the values of rows that a tighter column no longer takes.
        notices: sentences for the reader.
    """

    renames: tuple[tuple[str, str], ...] = ()
    defaults: Mapping[str, Expression] = field(default_factory=dict)
    fills: tuple[Fill, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def is_needed(self) -> bool:
        """Whether Django could not make the migration by itself."""
        return bool(self.renames or self.defaults or self.fills)


def parse_backfill(texts: Iterable[str]) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the values of `FIELD=VALUE` arguments by field, and what is wrong with them."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            problems.append(_problem(f"{text!r} does not say which field gets which value.", "Write FIELD=VALUE."))
        elif name in values:
            problems.append(_problem(f"{name} gets two values.", "Name a field once."))
        values.setdefault(name, value)
    return values, tuple(problems)


def existing_rows(
    old: EntitySpec, new: EntitySpec, backfill: Mapping[str, str]
) -> tuple[ExistingRows, tuple[Problem, ...]]:
    """Return what the rows of a table need when its entity changes, and why that can't be had.

    Args:
        old: the entity as the table is, with the new names of its fields.
        new: the entity as it is to be.
        backfill: values for existing rows as they were written, by the name of the field.
    """
    work = _Work(backfill)
    before = {each.name: each for each in old.fields}
    for each in new.fields:
        if each.name in before:
            work.change(before[each.name], each)
        else:
            work.add(each)
    work.refuse_idle(new)
    for names in new.unique:
        if names not in old.unique and all(name in before for name in names):
            work.notices.append(_while_alike(" and ".join(names)))
    rows = ExistingRows(defaults=work.defaults, fills=tuple(work.fills), notices=tuple(work.notices))
    return rows, tuple(work.problems)


class _Work:
    def __init__(self, backfill: Mapping[str, str]) -> None:
        self.backfill = backfill
        self.used: set[str] = set()
        self.defaults: dict[str, Expression] = {}
        self.fills: list[Fill] = []
        self.problems: list[Problem] = []
        self.notices: list[str] = []

    def add(self, new: FieldSpec) -> None:
        kind = field_type(new)
        if kind.many or kind.upload or allows_null(new):
            return
        if new.unique or new.type == "o2o":
            self._refuse(
                new.name,
                "it is unique, so the rows that exist can't all get one value.",
                f"Add it with null ({new.name}:...:null), give each row its own value in a data migration, then say "
                f"--change {new.name}:... without null.",
            )
        elif kind.reference:
            self._refuse(
                new.name,
                "it is required, and no row that exists refers to anything yet.",
                f"Add it with optional, fill it in a data migration, then say --change {new.name}:... without optional.",
            )
        elif default_value(new) is NO_DEFAULT or new.name in self.backfill:
            self._default(new, "it is required, and the rows that exist have no value for it.")

    def change(self, old: FieldSpec, new: FieldSpec) -> None:
        if field_type(new).many or field_type(new).upload or field_type(old).many:
            return
        if new.unique and not old.unique:
            self.notices.append(_while_alike(new.name))
        if old.type != new.type:
            self.notices.append(
                f"{new.name} becomes a {new.type} where it was a {old.type}: databases refuse to migrate while a row "
                "holds what can't be turned into one."
            )
            return
        if allows_null(old) and not allows_null(new):
            if field_type(new).reference:
                self.notices.append(f"Migrating is refused while {new.name} is NULL in a row: fill it first.")
            elif default_value(new) is NO_DEFAULT or new.name in self.backfill:
                self._default(new, "it may no longer be NULL, and is in rows that exist.")
        conditions = [*_beyond_bounds(old, new), *_too_long(old, new), *_no_choice(old, new)]
        if conditions:
            self._fill(new, conditions)

    def refuse_idle(self, new: EntitySpec) -> None:
        names = {each.name for each in new.fields}
        for name in self.backfill:
            if name not in names:
                self._refuse(name, f"{new.name} has no such field afterwards.", f"It has {', '.join(sorted(names))}.")
            elif name not in self.used and not any(problem.where == name for problem in self.problems):
                self._refuse(name, f"no row needs a value: {BACKFILL} {name} has nothing to do.", "Leave it out.")

    def _default(self, new: FieldSpec, reason: str) -> None:
        value = self._value(new, reason)
        if value is not None:
            self.defaults[new.name] = value

    def _fill(self, new: FieldSpec, conditions: Sequence[Expression]) -> None:
        value = self._value(new, "it takes less than before, and rows that exist may hold more.")
        if value is None:
            return
        imports = tuple(each for condition in conditions for each in condition.imports)
        code = " | ".join(map(str, conditions))
        self.fills.append(Fill(new.name, Expression(code, imports), value))
        self.notices.append(f"Rows whose {new.name} is no longer allowed get {value}.")

    def _value(self, new: FieldSpec, reason: str) -> Expression | None:
        """Return what rows get: what was said, else the default of the field; note a problem where there is neither."""
        text = self.backfill.get(new.name)
        self.used.add(new.name)
        if text is None:
            default = default_value(new)
            if isinstance(default, NoDefault) or default is None:
                self._refuse(new.name, reason, f"Add {BACKFILL} {new.name}=VALUE, or default=VALUE to the field.")
                return None
            return literal(default)
        findings = Findings({})
        plain = replace(new, default=text, optional=False, null=False, unique=False, index=False, readonly=False)
        check_field(plain, findings)
        for problem in findings.problems:
            self.problems.append(replace(problem, where=f"{BACKFILL} {new.name}={text}"))
        return None if findings.problems else literal(bound(plain, text))

    def _refuse(self, where: str, message: str, suggestion: str) -> None:
        self.problems.append(Problem(where=where, message=message, suggestion=suggestion))


def _beyond_bounds(old: FieldSpec, new: FieldSpec) -> Iterator[Expression]:
    low, high = bound(new, new.min), bound(new, new.max)
    old_low, old_high = bound(old, old.min), bound(old, old.max)
    if low is not None and (old_low is None or old_low < low):  # type: ignore[operator]  # both are of the field's type
        yield _compared(new.name, "lt", literal(low))
    if high is not None and (old_high is None or old_high > high):  # type: ignore[operator]  # as above
        yield _compared(new.name, "gt", literal(high))
    if field_type(new).argument is Argument.DIGITS:
        before, after = _integer_digits(old), _integer_digits(new)
        if after < before:
            yield _compared(new.name, "gte", literal(10**after))
            yield _compared(new.name, "lte", literal(-(10**after)))


def _integer_digits(spec: FieldSpec) -> int:
    digits, places = spec.argument
    return int(digits) - int(places)


def _compared(name: str, lookup: str, value: Expression) -> Expression:
    return Expression(f"models.Q({name}__{lookup}={value})", value.imports)


def _too_long(old: FieldSpec, new: FieldSpec) -> Iterator[Expression]:
    before, after = length_of(old), length_of(new)
    if after is not None and new.type != "choice" and (before is None or after < before):
        yield Expression(f"models.Q(length__gt={after})")


def _no_choice(old: FieldSpec, new: FieldSpec) -> Iterator[Expression]:
    if new.type == "choice" and not {*old.argument} <= {*new.argument}:
        # Of NULL, "not in" is neither true nor false, and Django takes it for true.
        values = ", ".join(map(repr, new.argument))
        yield Expression(f"models.Q({new.name}__isnull=False) & ~models.Q({new.name}__in=[{values}])")


def _while_alike(names: str) -> str:
    return f"Migrating is refused while two rows have the same {names}: look for such rows first."


def _problem(message: str, suggestion: str) -> Problem:
    return Problem(where=BACKFILL, message=message, suggestion=suggestion)
