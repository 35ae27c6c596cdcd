"""Working out an entity for its templates."""

from collections.abc import Iterator, Mapping

from django_layers.scaffold.language.derived import default_order, key_name, order_columns
from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.fields import allows_null, field_type
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import AppLayout, ProjectLayout, Target
from django_layers.scaffold.rendering.views.access import access_view
from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.enumerations import enumeration_views
from django_layers.scaffold.rendering.views.fields import FieldView, check_constraints, field_view
from django_layers.scaffold.rendering.views.keys import annotation
from django_layers.scaffold.rendering.views.listing import filter_views, index_views
from django_layers.scaffold.rendering.views.operations import OperationView, operation_views
from django_layers.scaffold.rendering.views.references import ReferenceView, label_of, own_key, reference_view
from django_layers.scaffold.rendering.views.services import services_of
from django_layers.scaffold.rendering.views.uniques import unique_views

__all__ = ["entity_view"]

# Types that say best what a row is, for `__str__`.
_TITLES = ("str", "slug", "email")


def entity_view(
    entity: EntitySpec, app: AppLayout, project: ProjectLayout, targets: Mapping[str, Target]
) -> EntityView:
    """Work out everything that the templates of an entity need.

    Args:
        entity: the entity.
        app: where its app keeps things.
        project: where its project keeps things.
        targets: the models that it refers to, by label; its own too where its model is not in its app's `models`.
    """
    references = {
        field.name: reference_view(entity, field, project, targets)
        for field in entity.fields
        if field_type(field).reference
    }
    prefix = entity.name if "schemas" in app.single_modules else ""
    fields = tuple(
        field_view(entity, field, references.get(field.name), alias_prefix=prefix) for field in entity.fields
    )
    access = access_view(entity)
    filters = filter_views(entity, references)
    constraints = [found for field in entity.fields for found in check_constraints(entity, field)]
    key = annotation(own_key(entity))
    own = targets.get(label_of(entity))
    order = tuple(f"-{column.name}" if column.descending else column.name for column in default_order(entity))
    default = order[0] if len(order) == 1 else "default"
    both = [direction for name in order_columns(entity) for direction in (name, f"-{name}")]
    in_update = {field.name for field in fields if field.in_update}
    uniques = unique_views(entity, in_update)
    operations = operation_views(entity, access, fields, uniques, alias_prefix=prefix)
    return EntityView(
        spec=entity,
        app=app,
        project=project,
        name=Name(entity.name, entity.plural),
        key=key,
        key_name=key_name(entity),
        model_module=own.model_module if own is not None else f"{app.package}.models",
        queries=own is not None and own.queries,
        access=access,
        fields=fields,
        references=tuple(references.values()),
        services=services_of(tuple(references.values()), app.package),
        enumerations=(*enumeration_views(entity), *(row for each in operations for row in each.enumerations)),
        constraints=tuple(constraint for constraint, _ in constraints),
        uniques=uniques,
        indexes=index_views(entity, access.owner if access.private else ""),
        filters=filters,
        order=order,
        orders=tuple(dict.fromkeys([*([default] if default == "default" else []), *both])),
        default_order=default,
        title=_title(entity),
        operations=operations,
        expressions=(
            key,
            *_expressions(fields, operations, tuple(references.values())),
            *(row.annotation for row in filters),
            *(expression for _, needed in constraints for expression in needed),
        ),
    )


def _expressions(
    fields: tuple[FieldView, ...], operations: tuple[OperationView, ...], references: tuple[ReferenceView, ...]
) -> Iterator[Expression]:
    for field in (*fields, *(field for each in operations for field in each.inputs)):
        yield from field.expressions
    for row in references:
        yield row.key
        if row.embed:
            yield from (column for _, column in row.embed.fields)


def _title(entity: EntitySpec) -> str:
    candidates = [
        field
        for field in entity.fields
        if field.type in _TITLES and not allows_null(field) and not field.optional and not field.writeonly
    ]
    by_type = sorted(candidates, key=lambda field: _TITLES.index(field.type))
    return by_type[0].name if by_type else ""
