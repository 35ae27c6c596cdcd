"""What the fields of models are, beneath the names that type checkers know them by."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models

if TYPE_CHECKING:
    from django.db.models.fields.reverse_related import ForeignObjectRel

__all__ = [
    "AnyField",
    "AnyModel",
    "class_of_django",
    "fills_itself",
    "is_converted",
    "is_of",
    "is_own_class",
    "is_required_by_database",
    "target_of",
]

# Django's own classes are generic in what they take and give, which nothing here depends on.
AnyField: TypeAlias = "models.Field[Any, Any]"
AnyModel: TypeAlias = type[models.Model]

# What a field class of a project's own overrides to store or to read something else than its base does.
_HOOKS = (
    *("from_db_value", "get_db_prep_save", "get_db_prep_value", "get_prep_value", "pre_save", "to_python"),
    "descriptor_class",
)


def is_of(field: AnyField, *names: str) -> bool:
    """Return whether a field is of a class of Django's, said by its name: some can't be imported without a driver."""
    return any(
        each.__name__ in names and each.__module__.startswith(("django.db.", "django.contrib."))
        for each in type(field).__mro__
    )


def class_of_django(field: AnyField) -> type:
    """Return the class of Django's that a field is of, or that its class is derived from."""
    return next(each for each in type(field).__mro__ if each.__module__.startswith(("django.db.", "django.contrib.")))


def is_own_class(field: AnyField) -> bool:
    """Return whether the class of a field is none of Django's."""
    return class_of_django(field) is not type(field)


def is_converted(field: AnyField) -> bool:
    """Return whether a field is of a class that may store something else than it is given."""
    base = class_of_django(field)
    return any(getattr(type(field), name, None) is not getattr(base, name, None) for name in _HOOKS)


def fills_itself(field: AnyField) -> bool:
    """Return whether only the model or its database writes a column."""
    automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return bool(field.generated or automatic or isinstance(field, models.AutoField))


def is_required_by_database(field: AnyField) -> bool:
    """Return whether no row can be stored without a value of a field."""
    if field.many_to_many or fills_itself(field) or isinstance(field, models.FileField):
        return False
    if field.null or field.has_default() or field.has_db_default():
        return False
    return not (field.blank and field.empty_strings_allowed and not field.is_relation)


def target_of(field: "AnyField | ForeignObjectRel") -> AnyModel:
    """Return the model that a reference leads to.

    Raises:
        TypeError: it leads to any model, as a generic foreign key does.
    """
    target = field.related_model
    if not isinstance(target, type):
        raise TypeError(f"{field} refers to no single model.")
    return target
