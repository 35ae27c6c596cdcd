"""What the generated tests of an entity try, worked out from its fields."""

from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.spec import Filling
from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.fields import FieldView
from django_layers.scaffold.rendering.views.id_lists import IdList, id_lists
from django_layers.scaffold.rendering.views.limits import Limit, limits
from django_layers.scaffold.rendering.views.list_cases import (
    DefaultOrderCase,
    FilterCase,
    OrderCase,
    default_order_cases,
    filter_cases,
    order_cases,
)
from django_layers.scaffold.rendering.views.mistakes import Mistake, broken_constraints, mistakes
from django_layers.scaffold.rendering.views.references import ReferenceView
from django_layers.scaffold.rendering.views.repeats import ENOUGH_ROWS, can_be_repeated, different_rows
from django_layers.scaffold.rendering.views.samples import Samples, samples_of
from django_layers.scaffold.rendering.views.uniques import UniqueView

__all__ = ["TestsView", "view_of_tests"]

# Annotations of values that read the same in Python and in JSON.
_PLAIN = frozenset({"bool", "int", "str"})
_WRITTEN_DIFFERENTLY = frozenset({"datetime", "duration", "time"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsView:
    """What the templates of an entity's tests need besides the entity.

    Attributes:
        samples: values of its columns, by the names of the fields.
        limits: values that requests just take.
        mistakes: values that requests refuse.
        id_lists: the lists of keys in requests.
        broken: values that the database refuses.
        filters: the filters of its lists.
        orders: the orders of its lists.
        default_orders: the columns of the order that lists have if none is asked for.
        uniques: what a second row may not have in common with a first, as far as requests can say it.
        enough_rows: whether there are different rows enough for pages.
    """

    __test__ = False

    view: EntityView
    samples: dict[str, Samples]
    limits: tuple[Limit, ...]
    mistakes: tuple[Mistake, ...]
    id_lists: tuple[IdList, ...]
    broken: tuple[Mistake, ...]
    filters: tuple[FilterCase, ...]
    orders: tuple[OrderCase, ...]
    default_orders: tuple[DefaultOrderCase, ...]
    uniques: tuple[UniqueView, ...]
    enough_rows: bool

    @property
    def private_references(self) -> bool:
        """Whether a request refers to rows that only their owner may see."""
        return any(reference.private_target for reference in self.view.checked)

    @property
    def by_nobody(self) -> bool:
        """Whether somebody who is not signed in can create a row."""
        return self.view.access.public_write and not self.view.checked

    @property
    def writer(self) -> str:
        """Who creates and changes rows in the tests of the service."""
        if self.view.access.permission:
            return "EDITOR"
        return "NOBODY" if self.by_nobody else "ALICE"

    @property
    def own(self) -> str:
        """The argument that makes a row of a factory the user's own; empty where nobody owns rows."""
        return f"{self.view.access.owner}=user" if self.view.access.owner else ""

    @property
    def user_class(self) -> str:
        """The class of the project's users."""
        return self.view.project.user_model.rpartition(".")[2]

    @property
    def readonly_names(self) -> tuple[str, ...]:
        """The names in answers that no request can set."""
        key = [] if self.view.key_name in {field.dto for field in self.view.in_create} else [self.view.key_name]
        names = [*key, *(field.dto for field in (*self.readonly, *self.view.uploads))]
        names += [reference.field for reference in self.embedded]
        names += ["version"] if self.view.spec.versioned else []
        names += ["created_at", "updated_at"] if self.view.spec.timestamps else []
        return tuple(names)

    @property
    def queries(self) -> bool:
        """Whether the tests of the service need a database, though they store their rows in memory."""
        return self.view.queries or any(
            reference.target is not None and reference.target.queries
            for reference in self.requested_rows
            if reference.layered
        )

    def factory_of(self, reference: ReferenceView) -> str:
        """Return the factory of the rows that a reference leads to."""
        if reference.is_self:
            return f"{self.view.model}Factory"
        if reference.is_user:
            return "UserFactory"
        return reference.factory if reference.layered else f"factory_for({reference.entity.pascal})"

    @property
    def embedded(self) -> tuple[ReferenceView, ...]:
        """The references of which answers show more than the key."""
        return tuple(reference for reference in self.view.references if reference.embed)

    def plain_columns(self, reference: ReferenceView) -> tuple[str, ...]:
        """Return the columns of an embedded row that read the same in Python and in JSON."""
        assert reference.embed is not None
        return tuple(name for name, type_ in reference.embed.fields if str(type_) in _PLAIN)

    def key_of(self, reference: ReferenceView, row: str) -> str:
        """Return the key of a row that a reference leads to, in JSON."""
        return f"str({row}.pk)" if reference.uuid else f"{row}.pk"

    @property
    def permissions(self) -> tuple[str, ...]:
        """The permissions that writing needs."""
        return tuple(self.permission(action) for action in ("add", "change", "delete"))

    def permission(self, action: str) -> str:
        """Return the permission for an action: "recipes.view_recipe"."""
        return f"{self.view.spec.app_label}.{action}_{self.view.model.lower()}"

    @property
    def added_to(self) -> tuple[ReferenceView, ...]:
        """The lists of references that a row can be added to without saying more than its key."""
        written = {field.name for field in self.view.fields if field.in_insert}
        return tuple(reference for reference in self.view.id_lists if reference.field in written)

    @property
    def echoed(self) -> tuple[FieldView, ...]:
        """The fields that an answer repeats from the request."""
        return tuple(field for field in self.view.in_create if field.in_read and not field.spec.converted)

    @property
    def echoed_as_sent(self) -> tuple[FieldView, ...]:
        """Those whose JSON is the same in requests and answers; times can be written in several ways.

        None are, as far as one can tell, where the model's `save` is its own.
        """
        return (
            ()
            if self._own_save
            else tuple(field for field in self.echoed if field.spec.type not in _WRITTEN_DIFFERENTLY)
        )

    @property
    def changed_as_sent(self) -> tuple[FieldView, ...]:
        """The same of what a request can change."""
        return (
            ()
            if self._own_save
            else tuple(field for field in self.changed if field.spec.type not in _WRITTEN_DIFFERENTLY)
        )

    @property
    def _own_save(self) -> bool:
        return self.view.spec.model is not None and self.view.spec.model.own_save

    @property
    def resent(self) -> tuple[FieldView, ...]:
        """The columns that a request can change to what a new row has; a new row refers to none of its own kind."""
        return tuple(field for field in self.view.in_update if not (field.reference and field.reference.is_spared))

    @property
    def changed(self) -> tuple[FieldView, ...]:
        """Those of them that an answer shows."""
        return tuple(field for field in self.resent if field.in_read and not field.spec.converted)

    @property
    def required(self) -> tuple[FieldView, ...]:
        """The fields that a request to create a row cannot leave out."""
        return tuple(field for field in self.view.in_create if field.create_default is None)

    @property
    def left_out(self) -> tuple[tuple[FieldView, Expression], ...]:
        """The fields that a request can leave out and an answer shows, with what they have then."""
        return tuple(
            (field, Expression("{}") if field.spec.type == "json" and str(default) != "None" else default)
            for field in self.echoed
            if (default := field.create_default) is not None and not field.filled
        )

    @property
    def readonly(self) -> tuple[FieldView, ...]:
        """The fields that answers show and no request can set."""
        return tuple(field for field in self.view.fields if field.in_read and not field.in_create and not field.upload)

    @property
    def writeonly(self) -> tuple[FieldView, ...]:
        """The fields that no answer shows."""
        return tuple(field for field in self.view.fields if not field.in_read)

    @property
    def stored_as_sent(self) -> tuple[FieldView, ...]:
        """Those of them whose value in the database is the one in the request."""
        return tuple(
            field
            for field in self.writeonly
            if field.in_create and str(field.read) in _PLAIN and not (self._own_save or field.spec.converted)
        )

    @property
    def registered(self) -> tuple[ReferenceView, ...]:
        """The references whose rows the database in memory has to be told of."""
        return tuple(
            reference
            for reference in self.view.required_rows
            if not (reference.is_user or reference.is_spared or self.left_empty(reference))
        )

    @property
    def requested_rows(self) -> tuple[ReferenceView, ...]:
        """The references that requests of tests fill in."""
        return tuple(
            reference for reference in self.view.checked if not reference.is_spared and not self.left_empty(reference)
        )

    @property
    def varied(self) -> tuple[FieldView, ...]:
        """The columns to which a factory of rows gives values of its own.

        A choice with a default is left to an adopted model: in another state its code may refuse what tests do.
        """
        if self.view.spec.model is None:
            return self.view.scalars
        unique = {name for row in self.view.uniques for name in row.names}
        return tuple(field for field in self.view.scalars if field.name in unique or not _is_state(field))

    def left_empty(self, reference: ReferenceView) -> bool:
        """Return whether rows of tests refer to nothing there, since what it leads to may need such a row itself."""
        is_open = reference.nullable or reference.many
        return self.view.spec.model is not None and is_open and not (reference.layered or reference.is_user)


def view_of_tests(view: EntityView) -> TestsView:
    """Work out what the tests of an entity try."""
    samples = {field.name: samples_of(view.spec, field.spec) for field in view.scalars}
    references = {reference.field: reference for reference in view.references}
    settable = [field for field in view.fields if field.in_create]
    # What a model's own `save` makes of a value is not known, so no row can be told by it, nor by what nobody can say.
    own_save = view.spec.model is not None and view.spec.model.own_save
    seen = {
        field.name: samples[field.name]
        for field in view.scalars
        if not own_save and field.spec.filled is not Filling.ALWAYS
    }
    lists = tuple(id_lists(view.fields))
    return TestsView(
        view=view,
        samples=samples,
        limits=tuple(found for field in settable for found in limits(field.spec, field.dto)),
        mistakes=(
            *(found for field in settable for found in mistakes(field.spec, field.dto)),
            *(found.too_long for found in lists),
        ),
        id_lists=lists,
        # What requests to an adopted entity refuse, its database may take.
        broken=()
        if view.spec.model is not None
        else tuple(found for field in view.scalars for found in broken_constraints(view.spec, field.spec)),
        filters=tuple(filter_cases(view, seen, references)),
        orders=tuple(order_cases(view, seen)),
        default_orders=tuple(default_order_cases(view, seen)),
        uniques=tuple(unique for unique in view.uniques if can_be_repeated(unique, view)),
        enough_rows=different_rows(view, samples) >= ENOUGH_ROWS,
    )


def _is_state(field: FieldView) -> bool:
    return field.spec.type in ("enum", "literal") and field.spec.default is not None
