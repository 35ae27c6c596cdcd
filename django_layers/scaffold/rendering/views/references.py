"""References of an entity to other models, and to itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from django_layers.scaffold.language.annotations import plain_type
from django_layers.scaffold.language.derived import key_name, on_delete, references, related_name, target_label
from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.fields import allows_null, dto_name, embed_class, field_type, is_settable
from django_layers.scaffold.language.names import Name, pascal_case, singularized
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, PrimaryKey
from django_layers.scaffold.project.layout import KeyType, ProjectLayout, Target
from django_layers.scaffold.rendering.views.keys import annotation, key_sample, request_key, unknown_key, user_key

__all__ = ["EmbedView", "ReferenceView", "label_of", "own_key", "reference_view"]


@dataclass(frozen=True, slots=True)
class EmbedView:
    """The fields of a reference that responses carry.

    Attributes:
        class_name: the schema of them, "RatingRecipe".
        fields: their names and annotations.
    """

    class_name: str
    fields: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """A reference to a row, or to many.

    Attributes:
        field: the name of the model field.
        dto: its name in DTOs, "recipe_id" or "tag_ids".
        item: the name of one key, "recipe_id" or "tag_id".
        role: what it refers to, as one word of a name: "recipe".
        noun: the same in running text.
        key: the annotation of a key.
        request_key: the annotation of a key in requests.
        label: the label of the target.
        is_self: whether the target is the entity itself.
        is_user: whether the target is the user model.
        is_owner: whether it holds the owner of the row.
        many: whether it refers to any number of rows.
        nullable: whether it may refer to no row.
        settable: whether requests set it.
        unchecked: whether only is checked that the row exists.
        service: the attribute that holds the target's service; empty where it has none, or is the entity itself.
        target: the target; None for the entity itself and for users nobody said more about.
        sample: a key of a row without a service, for tests.
        unknown: a key that no row has, for tests.
        key_name: how DTOs of the target call its key.
        embed: what responses carry of the row; None for its key only.
        model_arguments: the arguments of the model field that say where it leads.
    """

    field: str
    dto: str
    item: str
    role: str
    noun: str
    key: Expression
    request_key: Expression
    label: str
    is_self: bool
    is_user: bool
    is_owner: bool
    many: bool
    nullable: bool
    settable: bool
    unchecked: bool
    service: str
    target: Target | None
    sample: Expression
    unknown: Expression
    key_name: str
    embed: EmbedView | None
    model_arguments: tuple[str, ...]

    @property
    def layered(self) -> bool:
        """Whether the target has a service of its own to ask."""
        return bool(self.service)

    @property
    def checked_by_repository(self) -> bool:
        """Whether only the repository can say that the row exists."""
        return self.settable and not self.service and not self.is_self

    @property
    def requirement(self) -> str:
        """The method of the repository that refuses keys of rows that there are not: "require_editor"."""
        return f"require_{self.field}"

    @property
    def nouns(self) -> str:
        """What it refers to, where that is any number of rows, in running text."""
        return self.field.replace("_", " ")

    @property
    def is_spared(self) -> bool:
        """Whether rows of tests refer to none: to make one could take another of the entity, and so on."""
        return self.is_self or (self.unchecked and (self.many or self.nullable))

    @property
    def private_target(self) -> bool:
        """Whether rows of the target are hidden from all but their owner."""
        return self.layered and self.target is not None and bool(self.target.owner)

    @property
    def unknown_value(self) -> str:
        """What refers to a row that there is not, in Python."""
        return f"({self.unknown},)" if self.many else str(self.unknown)

    @property
    def unknown_json(self) -> str:
        """What refers to a row that there is not, in JSON."""
        value = f"str({self.unknown})" if self.uuid else str(self.unknown)
        return f"[{value}]" if self.many else value

    @property
    def uuid(self) -> bool:
        """Whether the key is a UUID."""
        return self.unknown.code.startswith("UUID(")

    @property
    def is_namesake(self) -> bool:
        """Whether the entity, or another target, has the same name in another app."""
        return self.service != self.entity.plural

    @property
    def factory(self) -> str:
        """How modules call the factory of the target's rows: "RecipeFactory"."""
        return f"{_app_prefix(self) if self.is_namesake else ''}{self.entity.pascal}Factory"

    @property
    def stored(self) -> str:
        """How modules call the function that stores a row of the target in memory: "stored_recipe"."""
        prefix = f"{self.label.partition('.')[0]}_" if self.is_namesake else ""
        return f"stored_{prefix}{self.entity.snake}"

    @property
    def entity(self) -> Name:
        """The name of the target."""
        return Name(self.label.rpartition(".")[2])


def label_of(entity: EntitySpec) -> str:
    """Return the label of the model of an entity."""
    return f"{entity.app_label}.{entity.name}"


def own_key(entity: EntitySpec) -> KeyType:
    """Return the type of the key of an entity."""
    if entity.model is not None:
        key = entity.model.key_type
        return KeyType(key, "uuid" if key == "UUID" else "")
    return KeyType("UUID", "uuid") if entity.primary_key is PrimaryKey.UUID else KeyType("int")


def reference_view(
    entity: EntitySpec, field: FieldSpec, project: ProjectLayout, targets: Mapping[str, Target]
) -> ReferenceView:
    """Return the view of a field that refers to rows.

    Args:
        entity: the entity of the field.
        field: the field.
        project: the project.
        targets: the models that the entity refers to, by label.
    """
    label = target_label(entity, field, user_model=project.user_model)
    is_self, is_user = (label == label_of(entity), label.lower() == project.user_model.lower())
    target = None if is_self else targets.get(label)
    plain = own_key(entity) if is_self else project.user_key if is_user or target is None else target.key
    key = user_key(project) if is_user else annotation(plain)
    kind = field_type(field)
    role = singularized(field.name) if kind.many else field.name
    return ReferenceView(
        field=field.name,
        dto=dto_name(field),
        item=f"{role}_id",
        role=role,
        noun=role.replace("_", " "),
        key=key,
        request_key=request_key(key, plain),
        label=label,
        is_self=is_self,
        is_user=is_user,
        is_owner=field.type == "owner",
        many=kind.many,
        nullable=allows_null(field),
        settable=is_settable(field),
        unchecked=field.unchecked,
        service=_service_attribute(entity, label, project, targets) if _is_asked(field, target) else "",
        target=target,
        sample=key_sample(plain, 1),
        unknown=unknown_key(plain),
        key_name=key_name(entity) if is_self or target is None else target.key_name,
        embed=_embed(entity, field, target, is_self=is_self),
        model_arguments=_model_arguments(entity, field, project, is_user=is_user, is_self=is_self),
    )


def _is_asked(field: FieldSpec, target: Target | None) -> bool:
    return target is not None and target.layered and not field.unchecked


def service_class(reference: ReferenceView) -> str:
    """Return how the module of a service calls the class of another one; apps may have entities of one name."""
    return f"{_app_prefix(reference) if reference.is_namesake else ''}{reference.entity.pascal}Service"


def _app_prefix(reference: ReferenceView) -> str:
    return pascal_case(reference.label.partition(".")[0])


def _service_attribute(entity: EntitySpec, label: str, project: ProjectLayout, targets: Mapping[str, Target]) -> str:
    """Return the plural of the target, with the app's label where the entity or another target has it too."""
    labels = {target_label(entity, field, user_model=project.user_model) for field in references(entity)}
    taken = [Name(entity.name, entity.plural).plural]
    taken += [Name(other.rpartition(".")[2]).plural for other in labels - {label, label_of(entity)}]
    app_label, _, name = label.rpartition(".")
    plural = Name(name).plural
    return f"{app_label}_{plural}" if plural in taken else plural


def _embed(entity: EntitySpec, field: FieldSpec, target: Target | None, *, is_self: bool) -> EmbedView | None:
    if not field.embed:
        return None
    columns = _own_columns(entity) if is_self else _columns(target)
    if unknown := [name for name in field.embed if name not in columns]:
        raise ValueError(f"{field.name} embeds {', '.join(unknown)}, which the targets do not tell the type of.")
    return EmbedView(embed_class(entity, field), tuple((name, columns[name]) for name in field.embed))


def _columns(target: Target | None) -> dict[str, Expression]:
    if target is None:
        raise ValueError("What is embedded is needed among the targets.")
    return {
        target.key_name: annotation(target.key),
        **{name: annotation(column) for name, column in target.fields.items()},
    }


def _own_columns(entity: EntitySpec) -> dict[str, Expression]:
    columns = {key_name(entity): annotation(own_key(entity))}
    for field in entity.fields:
        if not field_type(field).reference:
            columns[field.name] = plain_type(entity, field)
    return columns


def _model_arguments(
    entity: EntitySpec, field: FieldSpec, project: ProjectLayout, *, is_user: bool, is_self: bool
) -> tuple[str, ...]:
    label = target_label(entity, field, user_model=project.user_model)
    target = '"self"' if is_self else "settings.AUTH_USER_MODEL" if is_user else f'"{label}"'
    arguments = [target]
    if not field_type(field).many:
        arguments.append(f"on_delete=models.{on_delete(field).upper()}")
    arguments.append(f'related_name="{related_name(entity, field, user_model=project.user_model)}"')
    if is_self and field_type(field).many:
        # Else Django makes every reference mutual, and there is no way back to name.
        arguments.append("symmetrical=False")
    return tuple(arguments)
