"""What can go wrong in a domain: one base, a short list, and nothing about HTTP.

Services and repositories raise these; the API layer decides what they look like on the wire. A project adds its own by
inheriting from the nearest one, with a `code` and a `title` of its own::

    class RecipeLocked(Conflict):
        code = "recipe_locked"
        title = "The recipe is locked"
"""

__all__ = [
    "Busy",
    "Conflict",
    "DomainError",
    "Forbidden",
    "NotAuthenticated",
    "NotFound",
    "RuleViolated",
    "Stale",
]


class DomainError(Exception):
    """The base of everything that a domain refuses.

    Attributes:
        code: what happened, as a stable word for programs; the class's unless one was given.
        title: what happened, as a short phrase for people; the same for every error of the class.
        detail: what happened this time, as a sentence for people; may be empty.
        fields: the names of the fields that are to blame, as the schemas call them; may be empty.
        constraint: the name of the database constraint that refused, where one did.
    """

    code: str = "error"
    title: str = "The request was refused"

    def __init__(self, detail: str = "", *, fields: tuple[str, ...] = (), constraint: str = "", code: str = "") -> None:
        super().__init__(detail)
        if code:
            self.code = code
        self.detail = detail
        self.fields = fields
        self.constraint = constraint

    def __str__(self) -> str:
        return self.detail or self.title


class NotFound(DomainError):
    """There is no such thing, or the actor may not see it: the two are deliberately the same.

    Attributes:
        what: what was looked for ("recipe").
    """

    code = "not_found"
    title = "Not found"

    def __init__(self, what: str = "", *, fields: tuple[str, ...] = ()) -> None:
        super().__init__(what, fields=fields)
        self.what = what
        self.detail = f"There is no such {what}." if what else ""


class Conflict(DomainError):
    """The change contradicts what is stored: it exists already, or something still refers to it."""

    code = "conflict"
    title = "Conflict with what is stored"


class RuleViolated(DomainError):
    """A value breaks a rule that only the domain or the database knows."""

    code = "rule_violated"
    title = "A rule is violated"


class Forbidden(DomainError):
    """The actor is known and may not do this."""

    code = "forbidden"
    title = "Not allowed"


class NotAuthenticated(DomainError):
    """The actor is not known, and this needs a known one."""

    code = "not_authenticated"
    title = "Authentication is required"


class Stale(DomainError):
    """Somebody else changed the thing since the caller read it."""

    code = "stale"
    title = "Changed by somebody else in the meantime"


class Busy(DomainError):
    """The database gave way to another transaction; the same request may well succeed when it is sent again.

    Its code says more where the database does: `deadlock`, `serialization_failure` or `lock_timeout`.
    """

    code = "busy"
    title = "Try again"

    @property
    def may_be_repeated(self) -> bool:
        """Whether to do the same again at once may help; not where a lock was waited for in vain already."""
        return self.code != "lock_timeout"
