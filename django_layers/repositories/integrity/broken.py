"""Constraints that turn out to be violated at the end of a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from django_layers.errors import Conflict, DomainError, RuleViolated
from django_layers.repositories.integrity.constraints import fields_of_columns, model_of_table, place_of
from django_layers.repositories.integrity.translate import translated
from django_layers.repositories.integrity.undeclared import UndeclaredConstraint
from django_layers.repositories.integrity.violation import Kind, Violation, violation_of
from django_layers.repositories.refusals import reference_refused, still_referenced

__all__ = ["BrokenReference", "Written", "broken_reference", "meaning_at_the_end"]


class BrokenReference(Exception):
    """A reference to nothing that was found before the end of a transaction, which is to be rolled back.

    Attributes:
        violation: the reference.
    """

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation)
        self.violation = violation


@dataclass
class Written:
    """What was written in a transaction, as far as repositories wrote it.

    Attributes:
        saved: the tables whose rows were saved.
        deleted: the tables whose rows were deleted.
        aliases: the names in the schemas of references whose columns have another name, by table.
    """

    saved: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.saved or self.deleted)

    def note(self, table: str, *, deleted: bool, aliases: Mapping[str, str]) -> None:
        """Add that rows of a table were saved, or deleted, with those of their links."""
        (self.deleted if deleted else self.saved).update({table, *aliases})
        self.aliases.update(aliases)


def broken_reference(connection: BaseDatabaseWrapper) -> Violation | None:
    """Return a reference to nothing, if the SQLite database holds one; reads every table that refers to another."""
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA foreign_key_check").fetchone()
        if found is None:
            return None
        table, _, _, number = found
        references = cursor.execute(f"PRAGMA foreign_key_list({connection.ops.quote_name(table)})").fetchall()
    columns = tuple(reference[3] for reference in references if reference[0] == number)
    return Violation(kind=Kind.REFERENCE, table=table, columns=columns)


def meaning_at_the_end(
    error: DatabaseError | BrokenReference, using: str, written: Written
) -> DomainError | UndeclaredConstraint | None:
    """Return what it means that a transaction could not end; None where it means nothing to a domain.

    To be asked after the rollback, since the database may be asked about the constraint.

    Args:
        error: what was raised at its end.
        using: the alias of the database.
        written: what was written in it.
    """
    violation = error.violation if isinstance(error, BrokenReference) else violation_of(error)
    if violation is None:
        return None
    model = model_of_table(violation.table)
    if violation.kind is not Kind.REFERENCE and isinstance(error, DatabaseError):
        return None if model is None else translated(error, model, using, deleting=False, id_lists={})
    if model is None:
        return _of_nobody_knows_what(written)
    fields = fields_of_columns(model, place_of(violation, model, using)[1])
    reference = fields[0] if fields else None
    target = reference.related_model if reference is not None else None
    # What refers to a row that is gone was there before, unless it was written just now.
    if written.deleted and violation.table not in written.saved:
        referred = target if isinstance(target, type) else model
        return still_referenced(referred, (model,), name=violation.constraint)
    return reference_refused(
        model, reference, name=violation.constraint, alias=written.aliases.get(violation.table, "")
    )


def _of_nobody_knows_what(written: Written) -> DomainError:
    """Return the meaning where no model has the table of the reference."""
    if not written.deleted:
        return RuleViolated("Something is referred to that does not exist.", code="reference_missing")
    if not written.saved:
        return Conflict("What was to be deleted is still referred to.", code="still_referenced")
    return Conflict("Something is referred to that does not exist any more.", code="reference_broken")
