"""Who acts: the user behind a request, nobody, or the project itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django_layers.errors import Forbidden, NotAuthenticated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpRequest

UserId = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks a service for something.

    Attributes:
        key: the key of the user; None for nobody and for the project itself.
        has_permission: whether the actor holds a permission, named as Django
            names it ("recipes.change_recipe").
        is_system: whether the project itself acts, in a task or a command.
    """

    key: UserId | None
    has_permission: Callable[[str], bool]
    is_system: bool = False

    @classmethod
    def user(cls, key: UserId, *, permissions: Collection[str] = ()) -> Actor:
        """Return a user with these permissions."""
        return cls(key=key, has_permission=frozenset(permissions).__contains__)

    @classmethod
    def nobody(cls) -> Actor:
        """Return an actor who is not signed in and holds no permission."""
        return cls(key=None, has_permission=lambda permission: False)

    @classmethod
    def system(cls) -> Actor:
        """Return the project itself, which may do everything but owns nothing."""
        return cls(key=None, has_permission=lambda permission: True, is_system=True)

    @property
    def user_id(self) -> UserId:
        """The key of the user who acts.

        Raises:
            NotAuthenticated: the actor is no user.
        """
        if self.key is None:
            raise NotAuthenticated
        return self.key

    def require_user(self) -> None:
        """Refuse nobody.

        Raises:
            NotAuthenticated: the actor is neither a user nor the project itself.
        """
        if self.key is None and not self.is_system:
            raise NotAuthenticated

    def require(self, permission: str) -> None:
        """Refuse an actor without the permission.

        Raises:
            NotAuthenticated: the actor is neither a user nor the project itself.
            Forbidden: the actor does not hold the permission.
        """
        self.require_user()
        if not self.has_permission(permission):
            raise Forbidden

    def require_owner(self, owner_id: UserId, *, or_permission: str) -> None:
        """Refuse an actor who neither owns the row nor holds the permission.

        Raises:
            NotAuthenticated: the actor is neither a user nor the project itself.
            Forbidden: the row is somebody else's.
        """
        self.require_user()
        if self.key != owner_id:
            self.require(or_permission)

    def rows_visible_with(self, permission: str) -> UserId | None:
        """Return whose rows the actor may see: None stands for everybody's.

        Raises:
            NotAuthenticated: the actor is neither a user nor the project itself.
        """
        return None if self.has_permission(permission) else self.user_id


def actor_of(request: HttpRequest) -> Actor:
    """Return who sends the request."""
    # Services import this module too, and run without Django set up.
    from django_layers.api import user_of

    user = user_of(request)
    if user is None:
        return Actor.nobody()
    return Actor(key=user.pk, has_permission=user.has_perm)
