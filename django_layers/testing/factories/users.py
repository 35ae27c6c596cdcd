"""Users for tests, of whatever model the project has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import Permission, PermissionsMixin

from django_layers.testing.factories.models import user_factory

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

__all__ = ["user_with"]


def user_with(*permissions: str) -> _User:
    """Store a user who holds these permissions, and no others.

    Args:
        permissions: permissions as Django names them ("recipes.change_recipe").

    Raises:
        LookupError: there is no such permission; the message names the nearest one.
        TypeError: the project's users hold no permissions of their own.
    """
    granted = [_permission(name) for name in permissions]
    user = user_factory().create()
    if granted:
        if not isinstance(user, PermissionsMixin):
            raise TypeError(
                f"{type(user).__name__} has no user_permissions (it is no PermissionsMixin). "
                "Make such a user yourself, in the way that your authentication backend asks."
            )
        user.user_permissions.set(granted)
    return cast("_User", user)


def _permission(name: str) -> Permission:
    app_label, _, codename = name.partition(".")
    found = Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()
    if found is None:
        raise LookupError(f"There is no permission {name!r}.{_suggestion(name)}")
    return found


def _suggestion(name: str) -> str:
    pairs: Iterable[tuple[str, str]] = Permission.objects.values_list("content_type__app_label", "codename")
    nearest = difflib.get_close_matches(name, [f"{app_label}.{codename}" for app_label, codename in pairs], n=1)
    if nearest:
        return f" Did you mean {nearest[0]!r}?"
    return " Permissions are made by `migrate`, and named 'app.action_model'."
