"""What a model says that its layers don't carry, in sentences."""

from collections.abc import Iterator

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db.models import UniqueConstraint

from django_layers.managers import chooses_rows
from django_layers.scaffold.adoption.bounds import unread_constraints, unrun_validators
from django_layers.scaffold.adoption.choices import enumeration_of, is_among_models
from django_layers.scaffold.adoption.fields import AnyModel, class_of_django, is_own_class
from django_layers.scaffold.language.spec import EntitySpec

__all__ = ["notices_of", "why_untested"]


def why_untested(model: AnyModel) -> str:
    """Return why no generated tests could store the rows of a model and find them again; empty where they can."""
    if not all(each._meta.managed for each in (model, *model._meta.get_parent_list())):
        return "its table is not Django's to make, so the database of tests would lack it"
    if chooses_rows(model):
        return "its manager chooses rows, which memory can't do"
    return (
        "its rows have a key of their own in each of several tables, which memory can't do"
        if has_keys_of_their_own(model)
        else ""
    )


def is_spread(model: AnyModel) -> bool:
    """Return whether the rows of a model are in the table of another one too."""
    return any(getattr(field.remote_field, "parent_link", False) for field in model._meta.concrete_fields)


def has_keys_of_their_own(model: AnyModel) -> bool:
    """Return whether the tables that the rows of a model are in have a key each, and not the same one."""
    links = [link for link in model._meta.parents.values() if link is not None and link.model is model]
    return bool(links) and (links != [model._meta.pk] or any(map(has_keys_of_their_own, model._meta.get_parent_list())))


def notices_of(model: AnyModel, entity: EntitySpec) -> tuple[str, ...]:
    """Return a sentence for each thing that a model says and its layers don't."""
    label = model._meta.label
    return tuple(
        f"{label}: {sentence}"
        for part in (_generic, _of_fields, _constraints, _behaviour)
        for sentence in part(model, entity)
    )


def _generic(model: AnyModel, entity: EntitySpec) -> Iterator[str]:
    for field in model._meta.private_fields:
        if isinstance(field, GenericForeignKey):
            yield f"{field.name} leads to any model, and is carried as {field.ct_field}_id and {field.fk_field}."
        elif isinstance(field, GenericRelation):
            yield f"{field.name} is the way back of a generic reference, which is not carried."


def _of_fields(model: AnyModel, entity: EntitySpec) -> Iterator[str]:
    carried = {field.name: field for field in entity.fields}
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        spec = carried.get(field.name)
        if spec is None:
            continue
        if is_own_class(field):
            yield f"{field.name} is a {type(field).__name__}, carried as the {class_of_django(field).__name__} that it is."
        if spec.writeonly:
            yield f"{field.name} is in no response, since its name says that it is secret."
        if spec.type == "m2m" and spec.filled:
            yield f"{field.name} goes through a model of its own, and is in responses only."
        if field.unique and not (spec.unique or field.is_relation or field.primary_key):
            yield f"{field.name} is unique, which the docstrings and tests don't mention."
        if names := unrun_validators(field):
            yield f"{field.name} has validators that requests don't run: {', '.join(names)}."
        enumeration = enumeration_of(field, model) if spec.type == "literal" else None
        if enumeration is not None and is_among_models(enumeration):
            yield (
                f"{enumeration.__qualname__} stands among the models, which schemas may not import: its values are "
                f"written out for {field.name}. In types.py it could be imported."
            )


def _constraints(model: AnyModel, entity: EntitySpec) -> Iterator[str]:
    if names := unread_constraints(model):
        yield f"requests don't check {', '.join(names)}; the database does."
    partly = [
        each.name
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and (each.condition is not None or each.expressions)
    ]
    if partly:
        yield f"{', '.join(partly)} is unique under conditions, which the docstrings and tests don't mention."


def _behaviour(model: AnyModel, entity: EntitySpec) -> Iterator[str]:
    meta = model._meta
    if why := why_untested(model):
        yield f"it has no tests: {why}."
    if not meta.managed:
        yield (
            "Django does not make its table (managed = False), and its layers write it all the same. Where it is a view, or "
            "not yours to write, delete the endpoints that post, patch and delete, which stay deleted in later runs; or "
            "leave all endpoints out with --skip api."
        )
    if chooses_rows(model):
        yield "its manager chooses rows; what it hides, the layers hide."
    if entity.model is not None and entity.model.own_save:
        yield "its save() is its own, so its API tests don't expect to get back what they sent."
    if meta.ordering and not entity.order:
        shown = ", ".join(map(str, meta.ordering))
        yield f"its order ({shown}) is none that lists can have; say another one with --order."
    if is_spread(model):
        parents = ", ".join(parent._meta.label for parent in meta.get_parent_list())
        yield f"its rows are in the tables of {parents} too; its layers read and write all of them."
