"""The rules of hours."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.hour import HourRepository
from recipes.schemas.hour import HourCreate, HourInsert, HourQuery, HourRead


class HourService:
    """The rules of hours, and the only way in for callers."""

    def __init__(
        self,
        *,
        hours: HourRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._hours = hours
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, hour_id: int) -> HourRead:
        """Return an hour.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such hour.
        """
        actor.require_user()
        return self._hours.get(hour_id)

    def page(self, actor: Actor, query: HourQuery) -> Page[HourRead]:
        """Return a page of hours.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._hours.page(query)

    def require(self, actor: Actor, *hour_ids: int) -> None:
        """Make sure that there are these hours, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such hour.
        """
        actor.require_user()
        self._hours.require(*hour_ids)

    def create(self, actor: Actor, data: HourCreate) -> HourRead:
        """Create an hour.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.add_hour")
        with self._unit_of_work():
            return self._hours.add(HourInsert())

    def delete(self, actor: Actor, hour_id: int) -> None:
        """Delete an hour.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such hour.
            Forbidden: the actor lacks the permission.
            Conflict: something still refers to the hour.
        """
        actor.require("recipes.delete_hour")
        with self._unit_of_work():
            self._hours.delete(hour_id)
