"""What the methods of QuerySets, managers and instances give: one table."""

from django_layers.architecture.inference.values import MAPPING, PLAIN, UNKNOWN, Kind, Value, container

__all__ = ["DISTINCTIVE", "INSTANCE_METHODS", "QUERY_METHODS", "result_of_query"]

_QUERYSETS = [
    "all",
    "filter",
    "exclude",
    "order_by",
    "reverse",
    "distinct",
    "select_related",
    "prefetch_related",
    "defer",
    "only",
    "using",
    "annotate",
    "alias",
    "extra",
    "select_for_update",
    "union",
    "intersection",
    "difference",
    "none",
    "complex_filter",
    "raw",
    "get_queryset",
    "with_perm",
]
_ROWS = ["values", "values_list", "dates", "datetimes"]
_INSTANCES = [
    "get",
    "first",
    "last",
    "latest",
    "earliest",
    "create",
    "create_user",
    "create_superuser",
    "get_by_natural_key",
]
_CONTAINERS = ["get_or_create", "update_or_create", "in_bulk", "iterator", "bulk_create"]
_PLAIN = [
    "count",
    "exists",
    "aggregate",
    "update",
    "delete",
    "bulk_update",
    "contains",
    "explain",
    "add",
    "remove",
    "set",
    "clear",
]

_SYNCHRONOUS = {
    **dict.fromkeys(_QUERYSETS, Kind.QUERYSET),
    **dict.fromkeys(_ROWS, Kind.UNKNOWN),
    **dict.fromkeys(_INSTANCES, Kind.INSTANCE),
    **dict.fromkeys(_CONTAINERS, Kind.CONTAINER),
    **dict.fromkeys(_PLAIN, Kind.PLAIN),
}
_RESULTS = _SYNCHRONOUS | {
    f"a{name}": kind for name, kind in _SYNCHRONOUS.items() if kind not in {Kind.QUERYSET, Kind.UNKNOWN}
}

QUERY_METHODS = frozenset({*_RESULTS, "db_manager"})
"""Methods of QuerySets and managers."""

INSTANCE_METHODS = frozenset(
    ["save", "delete", "refresh_from_db", "asave", "adelete", "arefresh_from_db", "full_clean", "validate_constraints"]
)
"""Methods of instances that read or write the database."""

DISTINCTIVE = frozenset(
    [
        "select_related",
        "prefetch_related",
        "select_for_update",
        "values_list",
        "order_by",
        "annotate",
        "aggregate",
        "in_bulk",
        "bulk_create",
        "bulk_update",
        "update_or_create",
        "get_or_create",
        "aget_or_create",
        "aupdate_or_create",
        "abulk_create",
        "abulk_update",
    ]
)
"""Methods that hardly anything but a QuerySet has, so that they tell what an unknown value is."""


def result_of_query(receiver: Value, name: str) -> Value:
    """Return what a method of a QuerySet or manager gives.

    Args:
        receiver: the QuerySet or manager.
        name: the method.
    """
    if name == "db_manager":
        return receiver
    kind = _RESULTS.get(name)
    if kind is None:
        return UNKNOWN
    if name in _ROWS:
        return Value(Kind.QUERYSET, receiver.of, receiver.symbol, inner=PLAIN)
    row = receiver.inner if receiver.kind is Kind.QUERYSET and receiver.inner else Value(Kind.INSTANCE, receiver.of)
    if kind is Kind.QUERYSET:
        return Value(Kind.QUERYSET, receiver.of, receiver.symbol, inner=receiver.inner)
    if kind is Kind.INSTANCE:
        return row
    if name.endswith("or_create"):
        return container(row, PLAIN)
    if name.endswith("in_bulk"):
        return Value(Kind.CONTAINER, MAPPING, inner=row)
    return Value(Kind.CONTAINER, inner=row) if kind is Kind.CONTAINER else PLAIN
