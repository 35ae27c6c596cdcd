"""The database in memory: repositories for the tests of services, a unit of work, and rows of other models."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar, cast

from django.apps import apps

from django_layers.repositories import ModelRepository
from django_layers.testing.memory.repository import InMemoryRepository
from django_layers.testing.memory.store import Store
from django_layers.testing.memory.unit_of_work import MemoryUnitOfWork

__all__ = ["MemoryDatabase"]

# Whatever a repository stores.
AnyRepository: TypeAlias = "ModelRepository[Any, Any, Any, Any, Any]"
AnyMemory: TypeAlias = "InMemoryRepository[Any, Any, Any, Any, Any]"
R = TypeVar("R", bound="AnyRepository")


class MemoryDatabase:
    """A database made of dictionaries, for the tests of services: no connection, and the rules of the models.

    Keys, defaults, automatic values, uniqueness, check constraints, references, `on_delete`, filters, orders and pages
    are what they are in the database. Not run are `Model.save` and `Model.delete` with their overrides, and signals;
    not known are a repository's own queries, for which see `use`.

    Example::

        database = MemoryDatabase()
        service = RatingService(
            ratings=database.repository(DjangoRatingRepository),
            unit_of_work=database.unit_of_work(),
        )
    """

    def __init__(self) -> None:
        self._store = Store()
        self._repositories: dict[type[AnyRepository], AnyRepository] = {}
        self._in_place_of: dict[type[AnyRepository], type[AnyRepository]] = {}

    def repository(self, repository: type[R]) -> R:
        """Return a repository like this one, on this database; the same one each time.

        Args:
            repository: a `ModelRepository` of an app.

        Raises:
            NotInMemory: its model inherits from several tables, or has another key than the one it inherits from.
        """
        if repository not in self._repositories:
            in_memory = _in_memory(self._in_place_of.get(repository, repository))
            self._repositories[repository] = in_memory.on(self._store)
        return cast("R", self._repositories[repository])

    def use(self, repository: type[R], in_memory: type[R]) -> None:
        """Use a subclass, which overrides the repository's own queries, wherever the repository is asked for.

        The subclass reads with `_rows()` of `InMemoryRepository`::

            class InMemoryRatingRepository(DjangoRatingRepository, InMemoryRepository[...]):
                def best(self) -> tuple[RatingRead, ...]:
                    return tuple(rating for rating in self._rows() if rating.stars == 5)

            database.use(DjangoRatingRepository, InMemoryRatingRepository)

        Args:
            repository: the repository of the app.
            in_memory: a subclass of it.

        Raises:
            TypeError: the class is no subclass of the repository, or the repository has been asked for already.
        """
        if not issubclass(in_memory, repository):
            raise TypeError(f"{in_memory.__name__} is no subclass of {repository.__name__}: inherit from it.")
        if repository in self._repositories:
            raise TypeError(
                f"{repository.__name__} has been asked for already: call use() before the first repository()."
            )
        self._in_place_of[repository] = in_memory

    def unit_of_work(self) -> MemoryUnitOfWork:
        """Return a unit of work on this database."""
        return MemoryUnitOfWork(self._store.transactions)

    def register(self, label: str, *keys: object) -> None:
        """Add rows of a model that has no repository here, so that others can refer to them.

        Args:
            label: the label of the model ("auth.User").
            keys: their primary keys.

        Raises:
            LookupError: there is no model with this label.
        """
        self._store.register(apps.get_model(label), keys)


# A class for each repository, made once: what is worked out of a class is kept as long as the class.
_CLASSES: dict[type[AnyRepository], type[AnyMemory]] = {}


def _in_memory(repository: type[AnyRepository]) -> type[AnyMemory]:
    """Return the repository with memory below it: its own methods stay, what they stand on is replaced."""
    if issubclass(repository, InMemoryRepository):
        return repository
    if repository not in _CLASSES:
        namespace = {"__doc__": repository.__doc__, "__module__": repository.__module__}
        made = type(f"InMemory{repository.__name__}", (repository, InMemoryRepository), namespace)
        _CLASSES[repository] = cast("type[AnyMemory]", made)
    return _CLASSES[repository]
