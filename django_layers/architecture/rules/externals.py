"""Which names outside of a project belong to the ORM, to HTTP and to Pydantic: the tables of the purity rules."""

from functools import cache

__all__ = ["is_http", "is_orm_name", "is_pydantic", "is_transaction"]

# Enumerations live in django.db.models and know no database.
_HARMLESS = frozenset(
    {
        "django.db.models.TextChoices",
        "django.db.models.IntegerChoices",
        "django.db.models.Choices",
        "django.db.models.enums",
    }
)

_ORM = (
    "django.db",
    "django.apps.apps",
    "django.contrib.auth.get_user_model",
    "django.contrib.auth.models",
    "django.contrib.auth.get_user",
    "django.contrib.contenttypes",
    "django.contrib.sessions.models",
    "django.contrib.sites.models",
    "django.shortcuts.get_object_or_404",
    "django.shortcuts.get_list_or_404",
    "django.shortcuts.aget_object_or_404",
    "django.shortcuts.aget_list_or_404",
    "channels.db",
    "django_layers.repositories",
    "ninja.ModelSchema",
    "ninja.orm",
    "ninja.schema.ModelSchema",
)

_HTTP = (
    "django.http",
    "django.views",
    "django.shortcuts",
    "django.template.response",
    "django.core.handlers",
    "django.middleware",
    "django.contrib.messages",
    "django.contrib.auth.login",
    "django.contrib.auth.logout",
    "django.contrib.auth.decorators",
    "django.contrib.auth.views",
    "django_layers.api",
    "ninja",
    "ninja_extra",
    "rest_framework",
    "fastapi",
    "starlette",
)
# What of django-ninja says how data looks, and nothing of requests.
_NO_HTTP = frozenset({"ninja.Schema", "ninja.schema", "ninja.Field", "ninja.FilterSchema", "ninja.FilterLookup"})

_PYDANTIC = ("pydantic", "pydantic_core", "django_layers.schemas", "ninja")

_TRANSACTIONS = frozenset(
    {
        "atomic",
        "set_autocommit",
        "savepoint",
        "savepoint_commit",
        "savepoint_rollback",
        "commit",
        "rollback",
        "non_atomic_requests",
    }
)


@cache
def is_orm_name(name: str) -> bool:
    """Tell whether something belongs to Django's ORM, by its dotted name."""
    return _below(name, _ORM) and not _below(name, tuple(_HARMLESS))


@cache
def is_http(name: str) -> bool:
    """Tell whether something belongs to HTTP, by its dotted name."""
    # `import ninja` says little; what is named of it says it.
    return name != "ninja" and _below(name, _HTTP) and not _below(name, tuple(_NO_HTTP)) and not is_orm_name(name)


@cache
def is_pydantic(name: str) -> bool:
    """Tell whether something belongs to Pydantic or to what stands on it, by its dotted name."""
    return _below(name, _PYDANTIC)


@cache
def is_transaction(name: str) -> bool:
    """Tell whether something opens, ends or marks a transaction, by its dotted name."""
    module, _, last = name.rpartition(".")
    return module == "django.db.transaction" and last in _TRANSACTIONS


def _below(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
