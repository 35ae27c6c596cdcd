"""An entity with everything that its templates need, worked out."""

from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import AppLayout, ProjectLayout
from django_layers.scaffold.rendering.views.access import AccessView
from django_layers.scaffold.rendering.views.enumerations import EnumerationView
from django_layers.scaffold.rendering.views.fields import ConstraintView, FieldView
from django_layers.scaffold.rendering.views.listing import FilterView, IndexView
from django_layers.scaffold.rendering.views.operations import OperationView
from django_layers.scaffold.rendering.views.references import ReferenceView
from django_layers.scaffold.rendering.views.services import ServiceView
from django_layers.scaffold.rendering.views.uniques import UniqueView, conflict

__all__ = ["EntityView"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity.

    Attributes:
        spec: the entity as it was asked for.
        app: its app.
        project: its project.
        name: its name in every form.
        key: the annotation of its key.
        key_name: how its DTOs call its key.
        model_module: the module to import its model from.
        queries: whether a field of its model may work out its value with queries.
        access: who may do what.
        fields: its fields.
        references: those that refer to rows of other models, or of its own.
        services: the services that its service asks.
        enumerations: the enumerations of its choices.
        constraints: its check constraints.
        uniques: what no two rows have in common.
        indexes: its indexes.
        filters: the filters of its lists.
        order: the default order, "-created_at" where descending.
        orders: the values of `order_by`: columns in both directions, and "default" where that is several columns.
        default_order: the default of `order_by`.
        title: the field that says what a row is; empty where none does.
        operations: what callers can do besides.
        expressions: every expression, for what it imports.
    """

    spec: EntitySpec
    app: AppLayout
    project: ProjectLayout
    name: Name
    key: Expression
    key_name: str
    model_module: str
    queries: bool
    access: AccessView
    fields: tuple[FieldView, ...]
    references: tuple[ReferenceView, ...]
    services: tuple[ServiceView, ...]
    enumerations: tuple[EnumerationView, ...]
    constraints: tuple[ConstraintView, ...]
    uniques: tuple[UniqueView, ...]
    indexes: tuple[IndexView, ...]
    filters: tuple[FilterView, ...]
    order: tuple[str, ...]
    orders: tuple[str, ...]
    default_order: str
    title: str
    operations: tuple[OperationView, ...]
    expressions: tuple[Expression, ...]

    @property
    def uuid(self) -> bool:
        """Whether the key is a UUID."""
        return str(self.key) == "UUID"

    @property
    def counted(self) -> bool:
        """Whether the database counts its keys up."""
        return str(self.key) == "int" and (self.spec.model is None or not self.spec.model.key)

    @property
    def id(self) -> str:
        """The name of a key of it: "rating_id"."""
        return f"{self.name.snake}_id"

    @property
    def model(self) -> str:
        """The class of its model, which has the entity's own name."""
        return self.name.pascal

    @property
    def scalars(self) -> tuple[FieldView, ...]:
        """The fields that are columns with a value of their own."""
        return tuple(field for field in self.fields if field.reference is None and not field.upload)

    @property
    def uploads(self) -> tuple[FieldView, ...]:
        """The files and images."""
        return tuple(field for field in self.fields if field.upload)

    @property
    def in_create(self) -> tuple[FieldView, ...]:
        """What a request that creates a row may say."""
        return tuple(field for field in self.fields if field.in_create)

    @property
    def in_update(self) -> tuple[FieldView, ...]:
        """What a request that changes a row may say."""
        return tuple(field for field in self.fields if field.in_update)

    @property
    def in_insert(self) -> tuple[FieldView, ...]:
        """What a service says of a new row."""
        return tuple(field for field in self.fields if field.in_insert)

    @property
    def in_changes(self) -> tuple[FieldView, ...]:
        """What a service may change."""
        return tuple(field for field in self.fields if field.in_changes)

    @property
    def checked(self) -> tuple[ReferenceView, ...]:
        """The references that requests set, and that are therefore checked."""
        return tuple(reference for reference in self.references if reference.settable)

    @property
    def checked_on_update(self) -> tuple[ReferenceView, ...]:
        """Those that requests can change."""
        names = {field.name for field in self.in_update}
        return tuple(reference for reference in self.checked if reference.field in names)

    @property
    def required_rows(self) -> tuple[ReferenceView, ...]:
        """The references whose rows only the repository can check."""
        return tuple(reference for reference in self.references if reference.checked_by_repository)

    @property
    def id_lists(self) -> tuple[ReferenceView, ...]:
        """The references to any number of rows."""
        return tuple(reference for reference in self.references if reference.many)

    @property
    def mapped_filters(self) -> tuple[FilterView, ...]:
        """The filters whose names do not say what they look up."""
        return tuple(sorted((row for row in self.filters if row.lookup), key=lambda row: row.name))

    @property
    def conflict_on_create(self) -> str:
        """What there is already when a row can't be created; empty where that can't be."""
        return conflict(self.name, self.uniques)

    @property
    def conflict_on_update(self) -> str:
        """What there is already when a row can't be changed; empty where that can't be."""
        return conflict(self.name, tuple(unique for unique in self.uniques if unique.updatable))

    @property
    def app_verbose(self) -> str:
        """The name of the app in running text."""
        return self.app.label.replace("_", " ")

    @property
    def missing_on_create(self) -> str:
        """What there may not be when a row is created, in running text: "recipe or ingredient"."""
        return _either([reference.noun for reference in self.checked])

    @property
    def missing_on_update(self) -> str:
        """What there may not be when a row is changed."""
        return _either([self.name.verbose, *(reference.noun for reference in self.checked_on_update)])

    @property
    def may_hide(self) -> bool:
        """Whether what there may not be when a row is changed may be there, and hidden from the actor."""
        return self.access.private or any(
            reference.layered or reference.is_self for reference in self.checked_on_update
        )

    @property
    def checked_by_service(self) -> bool:
        """Whether a row that a request refers to may be hidden from the actor."""
        return any(reference.layered or reference.is_self for reference in self.checked)

    @property
    def operations_on_one(self) -> tuple[OperationView, ...]:
        """The operations on one row."""
        return tuple(operation for operation in self.operations if not operation.on_all)

    @property
    def operations_on_all(self) -> tuple[OperationView, ...]:
        """The operations on all rows that the actor may change."""
        return tuple(operation for operation in self.operations if operation.on_all)

    @property
    def locks(self) -> bool:
        """Whether an operation decides by what a row holds, which nobody else may change meanwhile."""
        return any(operation.rule for operation in self.operations)

    def either(self, references: tuple[ReferenceView, ...]) -> str:
        """Return what some references lead to, in running text: "recipe or ingredient"."""
        return _either([reference.noun for reference in references])

    def missing_with(self, references: tuple[ReferenceView, ...]) -> str:
        """Return what there may not be when a row is changed that is to refer to others, in running text."""
        return _either([self.name.verbose, *(reference.noun for reference in references)])

    def check(self, reference: ReferenceView) -> str:
        """Return the statement of the service that refuses keys in its data of rows which the actor may not refer to."""
        keys = f"{'*' if reference.many else ''}data.{reference.dto}"
        if reference.is_self:
            return f"self.require(actor, {keys})"
        if reference.layered:
            return f"self._{reference.service}.require(actor, {keys})"
        return f"self._{self.name.plural}.{reference.requirement}({keys})"

    def given(self, reference: ReferenceView) -> str:
        """Return the condition under which the data refers to something; empty where the service is asked in any case.

        Asked about no row at all a service lets everybody through but nobody, who may write here where that is public.
        """
        if reference.many:
            is_refused = self.access.public_write and (reference.layered or reference.is_self)
            return f"data.{reference.dto}" if is_refused else ""
        return f"data.{reference.dto} is not None" if reference.nullable else ""

    @property
    def create_errors(self) -> tuple[str, ...]:
        """The errors that creating a row declares."""
        return _declared(
            Forbidden=self.access.permission, NotFound=bool(self.checked), Conflict=bool(self.conflict_on_create)
        )

    @property
    def update_errors(self) -> tuple[str, ...]:
        """The errors that changing a row declares."""
        return _declared(
            Forbidden=self.access.may_forbid,
            NotFound=True,
            Conflict=bool(self.conflict_on_update),
            Stale=self.spec.versioned,
        )

    @property
    def change_errors(self) -> tuple[str, ...]:
        """The errors that changing a file of a row declares."""
        return _declared(Forbidden=self.access.may_forbid, NotFound=True, Stale=self.spec.versioned)

    @property
    def delete_errors(self) -> tuple[str, ...]:
        """The errors that deleting a row declares."""
        return _declared(Forbidden=self.access.may_forbid, NotFound=True, Conflict=True, Stale=self.spec.versioned)

    @property
    def single(self) -> frozenset[str]:
        """The layers that are one module each."""
        return self.app.single_modules


def _declared(**errors: bool) -> tuple[str, ...]:
    return tuple(name for name, declared in errors.items() if declared)


def _either(nouns: list[str]) -> str:
    *first, last = dict.fromkeys(nouns)
    return f"{', '.join(first)} or {last}" if first else last
