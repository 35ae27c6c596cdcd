"""What follows from an operation of an entity: the names that it has on each layer, and what it says of itself."""

from dataclasses import replace

from django_layers.scaffold.language.grammar import format_field
from django_layers.scaffold.language.names import Name, pascal_case
from django_layers.scaffold.language.spec import EntitySpec, OperationSpec, Returns, Rows

__all__ = ["arguments_of", "endpoint_name", "input_entity", "phrase", "request_class", "taken_names", "with_operation"]


def request_class(entity: EntitySpec, operation: OperationSpec) -> str:
    """Return the name of the schema of its requests: "RecipePublish"; empty where a request says nothing."""
    return f"{entity.name}{pascal_case(operation.name)}" if operation.fields or operation.inputs else ""


def input_entity(entity: EntitySpec, operation: OperationSpec) -> EntitySpec:
    """Return what a request says besides fields of the entity as the fields of an entity of its own.

    Enumerations and constrained types of inputs are named after it, so that they are never those of the entity.
    """
    name = f"{entity.name}{pascal_case(operation.name)}"
    return EntitySpec(name=name, app_label=entity.app_label, fields=operation.inputs)


def endpoint_name(entity: EntitySpec, operation: OperationSpec) -> str:
    """Return the name of the function of its endpoint: "publish_recipe", "mark_recipe_done", "publish_recipes"."""
    name = Name(entity.name, entity.plural)
    verb, *rest = operation.name.split("_")
    return "_".join([verb, name.snake if operation.rows is Rows.ONE else name.plural, *rest])


def phrase(entity: EntitySpec, operation: OperationSpec, *, owned: bool) -> str:
    """Return what it does, in running text: "mark a recipe done", "publish all recipes of the actor".

    Args:
        entity: its entity.
        operation: the operation.
        owned: whether rows have an owner, so that all rows are those of the actor.
    """
    name = Name(entity.name, entity.plural)
    verb, *rest = operation.name.split("_")
    if operation.rows is Rows.ONE:
        return " ".join([verb, name.with_article, *rest])
    return " ".join([verb, f"all {name.verbose_plural}", *(["of the actor"] if owned else []), *rest])


def taken_names(entity: EntitySpec) -> frozenset[str]:
    """Return the names that no operation can have: those of the methods and endpoints that an entity has anyway."""
    uploads = [field.name for field in entity.fields if field.type in ("file", "image")]
    methods = [f"{way}_{name}" for name in uploads for way in ("set", "remove")]
    return frozenset({"create", "delete", "get", "list", "page", "require", "update", *uploads, *methods})


def arguments_of(operation: OperationSpec) -> list[str]:
    """Return the arguments of `addoperation` that ask for an operation, without the entity.

    Raises:
        GrammarError: a value of an input can't be written on the command line.
    """
    usual = Returns.READ if operation.rows is Rows.ONE else Returns.NONE
    said = [*operation.fields, *map(format_field, operation.inputs)]
    arguments = [operation.name]
    arguments += ["--on", operation.rows.value] if operation.rows is not Rows.ONE else []
    arguments += ["--input", *said] if said else []
    arguments += ["--returns", operation.returns.value] if operation.returns is not usual else []
    return arguments


def with_operation(entity: EntitySpec, operation: OperationSpec) -> EntitySpec:
    """Return an entity with an operation more, unless it has this very one."""
    if operation in entity.operations:
        return entity
    return replace(entity, operations=(*entity.operations, operation))
