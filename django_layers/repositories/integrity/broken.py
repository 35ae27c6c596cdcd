"""References that turn out to be broken at the end of a transaction."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from django_layers.errors import Conflict, DomainError, RuleViolated
from django_layers.repositories.integrity.constraints import columns_of, fields_of_columns
from django_layers.repositories.integrity.violation import Kind, Violation
from django_layers.repositories.refusals import reference_refused, still_referenced

__all__ = ["broken_reference", "meaning_of_broken"]


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


def meaning_of_broken(
    violation: Violation, using: str, *, saved: bool, deleted: bool, aliases: Mapping[str, str]
) -> DomainError:
    """Return what a broken reference means, going by what the transaction did.

    To be asked after the rollback, since the database may be asked about the constraint.

    Args:
        violation: what the database says about it.
        using: the alias of the database.
        saved: whether the transaction saved rows.
        deleted: whether it deleted rows.
        aliases: the names in the schemas of references whose columns have another name, by table.
    """
    models = apps.get_models(include_auto_created=True)
    model = next((model for model in models if model._meta.db_table == violation.table), None)
    if model is None:
        return _of_nobody_knows_what(saved=saved, deleted=deleted)
    fields = fields_of_columns(model, columns_of(violation, model, using))
    field = fields[0] if fields else None
    target = field.related_model if field is not None else None
    if deleted and not saved:
        referred = target if isinstance(target, type) else model
        return still_referenced(referred, (model,), name=violation.constraint)
    return reference_refused(model, field, name=violation.constraint, alias=aliases.get(violation.table, ""))


def _of_nobody_knows_what(*, saved: bool, deleted: bool) -> DomainError:
    """Return the meaning where the database does not say which reference is broken, as SQLite at the commit."""
    if not deleted:
        return RuleViolated("Something is referred to that does not exist.", code="reference_missing")
    if not saved:
        return Conflict("What was to be deleted is still referred to.", code="still_referenced")
    return Conflict("Something is referred to that does not exist any more.", code="reference_broken")
