"""Keys of rows: how they are annotated, and what stands for one in tests."""

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression, Import
from django_layers.scaffold.project.layout import KeyType, ProjectLayout

__all__ = ["annotation", "key_sample", "request_key", "unknown_key", "user_key"]

_BUILTIN = frozenset({"bool", "bytes", "dict", "float", "int", "list", "None", "str", "tuple"})


def annotation(key: KeyType) -> Expression:
    """Return the annotation of a key, or of another column, with what it imports."""
    words = key.expression.replace("[", " ").replace("]", " ").replace(",", " ").replace("|", " ").split()
    imports = [
        DATETIME_MODULE if word.startswith("dt.") else Import(key.module, word)
        for word in words
        if word not in _BUILTIN and word != "..." and key.module
    ]
    return Expression(key.expression, tuple(dict.fromkeys(imports)))


def user_key(project: ProjectLayout) -> Expression:
    """Return the annotation of a user's key."""
    return Expression("UserId", (Import(f"{project.package}.actors", "UserId"),))


def request_key(key: Expression, plain: KeyType) -> Expression:
    """Return the annotation of a key in requests, which refuses numbers that no column holds.

    Args:
        key: its annotation elsewhere.
        plain: its type.
    """
    if plain.expression == "int":
        return Expression("Int64", (Import("django_layers.schemas", "Int64"),))
    return key


def key_sample(key: KeyType, number: int) -> Expression:
    """Return a key for tests, a different one for each number."""
    if key.expression == "UUID":
        return Expression(f"UUID(int={number:_})", (Import("uuid", "UUID"),))
    if key.expression == "int":
        return Expression(f"{number:_}")
    return Expression(repr(str(number)))


def unknown_key(key: KeyType) -> Expression:
    """Return a key that no row of a test has."""
    return key_sample(key, 999_999_999)
