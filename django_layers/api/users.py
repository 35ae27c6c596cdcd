"""Who sends a request."""

from typing import Any, Protocol, TypeGuard, runtime_checkable

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

__all__ = ["NOBODY", "AuthenticatedUser", "Nobody", "accepted", "user_of"]


@runtime_checkable
class AuthenticatedUser(Protocol):
    """What the API needs to know of a user; every user model with Django's `PermissionsMixin` fits."""

    @property
    def pk(self) -> Any:
        """The key of the user; `Any`, as Django types it, since it is the user model's to choose."""
        ...

    def has_perm(self, perm: str, /) -> bool:
        """Return whether the user holds a permission, named as Django names it ("recipes.change_recipe")."""
        ...


class Nobody:
    """Who a public endpoint lets in when no authenticator knows the caller.

    django-ninja lets in what is true, so this stands in for None.
    """


NOBODY = Nobody()


def user_of(request: HttpRequest) -> AuthenticatedUser | None:
    """Return the user whom the endpoint's authentication let in, or None for nobody.

    `request.user` is not asked: it is there without a check of CSRF, and knows nothing of tokens.

    Raises:
        ImproperlyConfigured: the authentication let in something that is no user.
    """
    caller = getattr(request, "auth", None)
    if caller is None or isinstance(caller, Nobody):
        return None
    if _is_user(caller):
        return caller
    raise ImproperlyConfigured(
        f"The authentication of {request.path} let in a {type(caller).__name__}, which has no `pk` and `has_perm`. "
        "Let it return a user, or read `request.auth` yourself instead of calling `user_of`."
    )


def accepted(user: AuthenticatedUser | None) -> AuthenticatedUser | None:
    """Return the user if it is signed in and active, else None."""
    if user is None or not getattr(user, "is_authenticated", True) or not getattr(user, "is_active", True):
        return None
    return user


def _is_user(caller: object) -> TypeGuard[AuthenticatedUser]:
    # Python's own check of a protocol takes twenty times as long, and there is one with every request.
    return hasattr(caller, "pk") and hasattr(caller, "has_perm")
