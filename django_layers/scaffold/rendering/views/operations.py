"""The operations of an entity: what callers can do with its rows besides creating, reading, changing and deleting them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.names import Name, pascal_case
from django_layers.scaffold.language.operations import endpoint_name, input_entity, phrase, request_class
from django_layers.scaffold.language.spec import EntitySpec, OperationSpec, Returns, Rows
from django_layers.scaffold.rendering.views.access import AccessView
from django_layers.scaffold.rendering.views.enumerations import EnumerationView, enumeration_views
from django_layers.scaffold.rendering.views.fields import FieldView, field_view
from django_layers.scaffold.rendering.views.references import ReferenceView
from django_layers.scaffold.rendering.views.samples import Samples, samples_of
from django_layers.scaffold.rendering.views.uniques import UniqueView, conflict

__all__ = ["OperationView", "operation_views"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """An operation.

    Attributes:
        name: the name of its method, "mark_done".
        route: the last part of its path, "mark-done".
        endpoint: the name of the function of its endpoint, "mark_recipe_done".
        does: what it does, in running text: "mark a recipe done".
        request: the schema of its requests; empty where they say nothing.
        fields: the fields of the entity that requests say.
        inputs: what requests say besides.
        samples: a value of each input, by its name.
        enumerations: the enumerations of the inputs.
        on_all: whether it is about all rows that the actor may change.
        answers: whether it answers with what it has changed.
        rule: the method that decides what it changes; empty where that is what the request says.
        conflict: what there is already when it can't be done; empty where that can't be.
        errors: the errors that its endpoint declares.
    """

    name: str
    route: str
    endpoint: str
    does: str
    request: str
    fields: tuple[FieldView, ...]
    inputs: tuple[FieldView, ...]
    samples: dict[str, Samples]
    enumerations: tuple[EnumerationView, ...]
    on_all: bool
    answers: bool
    rule: str
    conflict: str
    errors: tuple[str, ...]

    @property
    def checked(self) -> tuple[ReferenceView, ...]:
        """The references that requests set, and that are therefore checked."""
        return tuple(field.reference for field in self.fields if field.reference is not None)

    @property
    def shown(self) -> tuple[FieldView, ...]:
        """The fields of the entity that requests say and answers show."""
        return tuple(field for field in self.fields if field.in_read)

    @property
    def asked(self) -> tuple[tuple[str, Expression, Expression | None], ...]:
        """Name, annotation and default of what requests say, in their schema."""
        own = ((field.dto, field.create, None) for field in self.fields)
        return (*own, *((field.dto, field.create, field.create_default) for field in self.inputs))


def operation_views(
    entity: EntitySpec,
    access: AccessView,
    fields: Sequence[FieldView],
    uniques: Sequence[UniqueView],
    *,
    alias_prefix: str,
) -> tuple[OperationView, ...]:
    """Return the operations of an entity.

    Args:
        entity: the entity.
        access: who may do what with its rows.
        fields: its fields.
        uniques: what no two of its rows have in common.
        alias_prefix: what the names of types begin with, where several entities share a module.
    """
    return tuple(
        _view(entity, operation, access, fields, uniques, alias_prefix=alias_prefix) for operation in entity.operations
    )


def _view(
    entity: EntitySpec,
    operation: OperationSpec,
    access: AccessView,
    fields: Sequence[FieldView],
    uniques: Sequence[UniqueView],
    *,
    alias_prefix: str,
) -> OperationView:
    by_name = {field.name: field for field in fields}
    said = tuple(by_name[name] for name in operation.fields)
    pseudo = input_entity(entity, operation)
    prefix = f"{alias_prefix}{pascal_case(operation.name)}"
    has_rule = bool(operation.inputs) or not operation.fields
    changed = {field.name for field in fields if field.in_changes} if has_rule else {*operation.fields}
    broken = tuple(unique for unique in uniques if changed.intersection(unique.names))
    on_all = operation.rows is Rows.ALL
    refused = access.permission if on_all else access.may_forbid
    declared = {
        "Forbidden": refused,
        "NotFound": not on_all or any(field.reference for field in said),
        "Conflict": bool(broken),
        "Stale": entity.versioned and not on_all,
    }
    return OperationView(
        name=operation.name,
        route=operation.name.replace("_", "-"),
        endpoint=endpoint_name(entity, operation),
        does=phrase(entity, operation, owned=bool(access.owner)),
        request=request_class(entity, operation),
        fields=said,
        inputs=tuple(field_view(pseudo, field, None, alias_prefix=prefix) for field in operation.inputs),
        samples={
            **{field.name: samples_of(entity, field.spec) for field in said if field.reference is None},
            **{field.name: samples_of(pseudo, field) for field in operation.inputs},
        },
        enumerations=enumeration_views(pseudo),
        on_all=on_all,
        answers=operation.returns is Returns.READ,
        rule=f"_{operation.name}_changes" if has_rule else "",
        conflict=conflict(Name(entity.name, entity.plural), broken),
        errors=tuple(name for name, is_declared in declared.items() if is_declared),
    )
