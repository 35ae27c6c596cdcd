"""What is said about a repository, as data."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BuiltDTO", "Explanation", "FilterUse", "IndexUse", "Operation", "OrderUse", "Statement"]


@dataclass(frozen=True, kw_only=True)
class BuiltDTO:
    """A DTO that rows become.

    Attributes:
        path: where it is in the outermost one; empty for that one.
        schema: the name of its class.
        tier: how it is built.
    """

    path: str
    schema: str
    tier: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement that an operation runs.

    Attributes:
        purpose: what it is for.
        columns: what it reads or writes, as lookups from its model.
        sql: with `%s` where values are bound; empty where Django knows that there is nothing to ask for.
        plan: what the database says about how it runs it; empty unless it was asked.
    """

    purpose: str
    columns: tuple[str, ...]
    sql: str
    plan: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What a method of a repository does.

    Attributes:
        name: the method.
        statements: what it runs, at most, for however many rows.
        notes: what else happens, a sentence each.
    """

    name: str
    statements: tuple[Statement, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndexUse:
    """Which index serves something.

    Attributes:
        serves: "full", "partly" or "none".
        index: the index; empty where there is none.
        says: what that means, and the way out where it could be better.
        planned: the indexes that the database takes; empty unless it was asked.
    """

    serves: str
    index: str
    says: str
    planned: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FilterUse:
    """A filter of lists.

    Attributes:
        name: the field of the query schema.
        lookups: what it asks the database for; any of them is enough.
        use: what serves it.
    """

    name: str
    lookups: tuple[str, ...]
    use: IndexUse


@dataclass(frozen=True, kw_only=True)
class OrderUse:
    """An order of lists.

    Attributes:
        name: what a query calls it; empty for the order of a query that names none.
        terms: what it orders by, the key at the end.
        use: what serves it.
    """

    name: str
    terms: tuple[str, ...]
    use: IndexUse


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What a repository does.

    Attributes:
        repository: its class, with the label of its app.
        model: the label of its model.
        table: the name of its table.
        owner: the column that says whose a row is; empty where rows are nobody's.
        database: the alias that was explained for.
        vendor: of that database.
        builds: the DTOs that rows become, the outermost first.
        prepared: whether the SQL of reads is compiled once and kept.
        operations: its methods.
        filters: what lists can be filtered by.
        orders: what lists can be ordered by.
    """

    repository: str
    model: str
    table: str
    owner: str
    database: str
    vendor: str
    builds: tuple[BuiltDTO, ...]
    prepared: str
    operations: tuple[Operation, ...]
    filters: tuple[FilterUse, ...]
    orders: tuple[OrderUse, ...]
