"""Who may do what with an entity, as the generated service and its tests say it."""

from dataclasses import dataclass
from enum import StrEnum

from django_layers.scaffold.language.fields import is_private
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec

__all__ = ["AccessView", "Rule", "access_view"]


class Rule(StrEnum):
    """Who may change rows."""

    OWNER = "owner"
    PERMISSION = "permission"
    USERS = "users"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessView:
    """Who may do what.

    Attributes:
        owner: the name of the field that holds the owner; empty where nobody owns rows.
        private: whether an owner's rows are hidden from others.
        public_read: whether reading needs no user.
        writes: who may create, change and delete.
    """

    owner: str
    private: bool
    public_read: bool
    writes: Rule

    @property
    def shared(self) -> bool:
        """Whether rows have an owner and every user reads them."""
        return bool(self.owner) and not self.private

    @property
    def owner_id(self) -> str:
        """The name of the owner's key: "user_id"."""
        return f"{self.owner}_id"

    @property
    def permission(self) -> bool:
        """Whether writing needs Django's permission."""
        return self.writes is Rule.PERMISSION

    @property
    def public_write(self) -> bool:
        """Whether everybody may write."""
        return self.writes is Rule.EVERYBODY

    @property
    def user_write(self) -> bool:
        """Whether every user may write."""
        return self.writes is Rule.USERS

    @property
    def may_forbid(self) -> bool:
        """Whether a user can be refused a change of a row that the user may read."""
        return bool(self.owner) or self.permission


def owner_of(entity: EntitySpec) -> FieldSpec | None:
    """Return the field that holds the owner of a row, or None."""
    return next((field for field in entity.fields if field.type == "owner"), None)


def access_view(entity: EntitySpec) -> AccessView:
    """Return who may do what with the rows of an entity."""
    owner = owner_of(entity)
    if owner is not None:
        writes = Rule.OWNER
    elif entity.public is Access.ALL:
        writes = Rule.EVERYBODY
    else:
        writes = Rule.USERS if entity.write_users else Rule.PERMISSION
    return AccessView(
        owner=owner.name if owner else "",
        private=owner is not None and is_private(owner),
        public_read=entity.public is not Access.NONE,
        writes=writes,
    )
