"""Whether the queries of a repository, or of a collection, can be kept at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.sql import Query

from django_layers.conf import layers_settings
from django_layers.repositories.placeholder import NotPreparable, fact_of, filled, given
from django_layers.repositories.prepared.conditions import conditions_of, refilled
from django_layers.repositories.prepared.eligibility import has_plain_managers, is_plain_manager, overrides
from django_layers.repositories.prepared.inspection import check_declared
from django_layers.repositories.prepared.queries import PreparedQueries, Row
from django_layers.repositories.scopes import as_said

__all__ = ["Preparing"]


class Preparing:
    """The queries of a repository or of a collection; where it must be so, the ORM makes each of them anew.

    Args:
        models: the tables whose managers say what there is.
        joined: the tables that are joined or asked about, of which some rows may not be there.
        expressions: what a repository declares to be worked out by the database.
        repository: the class of the repository, where it is one.
    """

    def __init__(
        self,
        models: Iterable[type[Model]],
        *,
        joined: Iterable[type[Model]] = (),
        expressions: Iterable[object] = (),
        repository: type | None = None,
    ) -> None:
        models = tuple(models)
        self._models = tuple(dict.fromkeys((*models, *joined)))
        plain = all(map(has_plain_managers, models)) and all(
            is_plain_manager(each._base_manager) for each in self._models
        )
        self._queries = PreparedQueries()
        self._possible = plain and not (repository and overrides(repository))
        try:
            check_declared(expressions)
        except NotPreparable:
            self._possible = False

    def rows(
        self,
        operation: tuple[object, ...],
        arguments: Sequence[object],
        build: Callable[..., Query],
        connection: BaseDatabaseWrapper,
    ) -> list[Row] | None:
        """Return the rows of a query whose SQL is kept, or None where the ORM must be asked for them.

        Args:
            operation: what is asked for, besides the arguments; equal operations ask for the same.
            arguments: the values that are asked for: None, plain values, and lists of them.
            build: what makes the query of the arguments, some of which may be placeholders.
            connection: where to run it.
        """
        if not self._possible or not layers_settings.prepared_queries:
            return None
        try:
            facts = tuple(map(fact_of, arguments))
            conditions, said = conditions_of(self._models)
        except NotPreparable:
            return None

        def filled_in(slots: Sequence[object]) -> Query:
            filling = iter(slots)
            with as_said(refilled(conditions, filling)):
                return build(*filled(facts, filling))

        shape = (operation, facts, conditions)
        return self._queries.rows(shape, [*said, *given(facts, arguments)], filled_in, connection)
