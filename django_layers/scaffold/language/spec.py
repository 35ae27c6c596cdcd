"""What an entity is, as plain data: what a request asks for, what a ledger keeps, what templates are rendered from."""

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Access",
    "EntitySpec",
    "FieldSpec",
    "Filling",
    "IndexColumn",
    "ModelSpec",
    "OnDelete",
    "OperationSpec",
    "PrimaryKey",
    "Returns",
    "Rows",
]


class OnDelete(StrEnum):
    """What happens to a row when the row that it refers to is deleted."""

    CASCADE = "cascade"
    PROTECT = "protect"
    RESTRICT = "restrict"
    SET_NULL = "set_null"


class PrimaryKey(StrEnum):
    """The kind of an entity's key."""

    AUTO = "auto"
    UUID = "uuid"


class Access(StrEnum):
    """What `--public` opens to callers who are not signed in."""

    NONE = "none"
    READ = "read"
    ALL = "all"


class Rows(StrEnum):
    """Which rows an operation is about."""

    ONE = "one"
    ALL = "all"


class Returns(StrEnum):
    """What an operation answers with: what it has changed, or nothing."""

    READ = "read"
    NONE = "none"


class Filling(StrEnum):
    """What a model that was written by hand does to a column itself."""

    NOTHING = ""
    DEFAULT = "default"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of an entity, as it was asked for.

    Attributes:
        name: the name of the model field (`recipe` for a foreign key, not `recipe_id`).
        type: the grammar name of its type, a key of `types.FIELD_TYPES`.
        argument: what stands after the type: ("200",), ("8", "2"), ("draft", "published"), ("recipes.Recipe",).
        default: the text of the default, to be read by the field's type; None where there is none.
        min, max: the text of the bounds, to be read by the field's type.
        related: the name of the reverse accessor; None for the conventional one.
        on_delete: None for the conventional one (PROTECT, CASCADE for an owner, SET_NULL where optional).
        embed: the names of the target's fields that a response carries.
        unchecked: a reference of which only is checked that the row exists, not whether the actor may see it.
        filled: what the model of an adopted entity does to the column: gives it a value where a request has none
            ("default"), or is the only one to write it ("always").
        converted: whether the model's field is of a class that may store something else than it is given.
    """

    name: str
    type: str
    argument: tuple[str, ...] = ()
    optional: bool = False
    null: bool = False
    unique: bool = False
    index: bool = False
    filter: bool = False
    sort: bool = False
    default: str | None = None
    min: str | None = None
    max: str | None = None
    max_length: int | None = None
    related: str | None = None
    on_delete: OnDelete | None = None
    embed: tuple[str, ...] = ()
    readonly: bool = False
    writeonly: bool = False
    unchecked: bool = False
    help: str = ""
    filled: Filling = Filling.NOTHING
    converted: bool = False


@dataclass(frozen=True, slots=True)
class IndexColumn:
    """One column of an index or an order."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationSpec:
    """What callers can do with rows besides creating, reading, changing and deleting them, as it was asked for.

    Attributes:
        name: the name of its method, "publish" or "mark_done".
        rows: whether it is about one row, or about all that the actor may change.
        fields: the names of the entity's fields that a request says and the operation stores.
        inputs: what a request says besides; none of them is a field of the entity.
        returns: what it answers with.
    """

    name: str
    rows: Rows = Rows.ONE
    fields: tuple[str, ...] = ()
    inputs: tuple[FieldSpec, ...] = ()
    returns: Returns = Returns.READ


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """What only a model that was written by hand can say of an entity.

    Attributes:
        key: the name of the field that is its key, where that is not `id`.
        key_type: the type of its key: "int", "str" or "UUID".
        own_save: whether its `save` is its own, so that what is stored may differ from what was sent.
    """

    key: str = ""
    key_type: str = "int"
    own_save: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySpec:
    """An entity, as it was asked for.

    Attributes:
        name: the class name of the model, "MealPlan".
        app_label: the label of its app.
        plural: the plural in snake case where the worked-out one is wrong ("meal_plans"); None for the worked-out one.
        unique: sets of field names that are unique together.
        order: the default order of lists; empty for newest first (or the key, without timestamps).
        write_users: every user may write rows that nobody owns.
        asynchronous: its endpoints are asynchronous, and call its service in a thread.
        layers: the layers to write, names of `layers.LAYERS` plus "tests"; empty for all.
        operations: what callers can do besides.
        model: what its model says that was there before it and is read only; None where the model is generated too.
    """

    name: str
    app_label: str
    plural: str | None = None
    fields: tuple[FieldSpec, ...] = ()
    primary_key: PrimaryKey = PrimaryKey.AUTO
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[IndexColumn, ...], ...] = ()
    order: tuple[IndexColumn, ...] = ()
    public: Access = Access.NONE
    write_users: bool = False
    versioned: bool = False
    asynchronous: bool = False
    timestamps: bool = True
    layers: frozenset[str] = field(default_factory=frozenset)
    operations: tuple[OperationSpec, ...] = ()
    model: ModelSpec | None = None
