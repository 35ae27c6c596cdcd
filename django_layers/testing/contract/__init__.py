"""What every repository keeps to, as tests: subclass `RepositoryContract` and say how rows of yours are made."""

from __future__ import annotations

from typing import Generic

from django_layers.testing.contract.fixtures import Changes, ContractFixtures, Insert, Query, Read
from django_layers.testing.contract.lists import ListContract
from django_layers.testing.contract.rows import RowContract
from django_layers.testing.contract.sets import SetContract
from django_layers.testing.contract.transactions import TransactionContract

__all__ = ["ContractFixtures", "RepositoryContract"]


class RepositoryContract(
    RowContract[Read, Insert, Changes, Query],
    ListContract[Read, Insert, Changes, Query],
    SetContract[Read, Insert, Changes, Query],
    TransactionContract[Read, Insert, Changes, Query],
    Generic[Read, Insert, Changes, Query],
):
    """Tests that any repository passes, in the database, in memory, or of your own making.

    Subclass it, name the subclass `Test...`, and override the fixtures::

        class TestRatings(RepositoryContract[RatingRead, RatingInsert, RatingChanges, RatingQuery]):
            query = RatingQuery

            @pytest.fixture
            def repository(self, db: None) -> DjangoRatingRepository:
                return DjangoRatingRepository()

    What else there is to override stands in `ContractFixtures`.
    """
