"""The rules of samples."""

from django_layers.schemas import Page, Upload
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.sample import SampleRepository
from recipes.schemas.sample import (
    SampleChanges,
    SampleCreate,
    SampleInsert,
    SampleQuery,
    SampleRead,
    SampleUpdate,
)


class SampleService:
    """The rules of samples, and the only way in for callers."""

    def __init__(
        self,
        *,
        samples: SampleRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._samples = samples
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, sample_id: int) -> SampleRead:
        """Return a sample.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
        """
        actor.require_user()
        return self._samples.get(sample_id)

    def page(self, actor: Actor, query: SampleQuery) -> Page[SampleRead]:
        """Return a page of samples.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._samples.page(query)

    def require(self, actor: Actor, *sample_ids: int) -> None:
        """Make sure that there are these samples, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
        """
        actor.require_user()
        self._samples.require(*sample_ids)

    def create(self, actor: Actor, data: SampleCreate) -> SampleRead:
        """Create a sample.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
            Conflict: there is a sample with this nickname, or with this big, or with
                this code, or with this email, or with this slug already.
        """
        actor.require("recipes.add_sample")
        with self._unit_of_work():
            return self._samples.add(
                SampleInsert(
                    line=data.line,
                    nickname=data.nickname,
                    text=data.text,
                    number=data.number,
                    big=data.big,
                    small=data.small,
                    ratio=data.ratio,
                    price=data.price,
                    active=data.active,
                    day=data.day,
                    moment=data.moment,
                    at=data.at,
                    length=data.length,
                    code=data.code,
                    email=data.email,
                    site=data.site,
                    slug=data.slug,
                    address=data.address,
                    data=data.data,
                    level=data.level,
                )
            )

    def update(self, actor: Actor, sample_id: int, data: SampleUpdate) -> SampleRead:
        """Change a sample; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
            Forbidden: the actor lacks the permission.
            Conflict: there is a sample with this nickname, or with this big, or with
                this code, or with this email, or with this slug already.
        """
        actor.require("recipes.change_sample")
        with self._unit_of_work():
            return self._samples.update(
                sample_id,
                SampleChanges(
                    line=data.line,
                    nickname=data.nickname,
                    text=data.text,
                    number=data.number,
                    big=data.big,
                    small=data.small,
                    ratio=data.ratio,
                    price=data.price,
                    active=data.active,
                    day=data.day,
                    moment=data.moment,
                    at=data.at,
                    length=data.length,
                    code=data.code,
                    email=data.email,
                    site=data.site,
                    slug=data.slug,
                    address=data.address,
                    data=data.data,
                    level=data.level,
                ),
            )

    def delete(self, actor: Actor, sample_id: int) -> None:
        """Delete a sample.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
            Forbidden: the actor lacks the permission.
            Conflict: something still refers to the sample.
        """
        actor.require("recipes.delete_sample")
        with self._unit_of_work():
            self._samples.delete(sample_id)

    def set_manual(self, actor: Actor, sample_id: int, upload: Upload) -> SampleRead:
        """Store the manual of a sample, in place of the one before.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_sample")
        with self._unit_of_work():
            return self._samples.set_manual(sample_id, upload)

    def remove_manual(self, actor: Actor, sample_id: int) -> SampleRead:
        """Remove the manual of a sample.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_sample")
        with self._unit_of_work():
            return self._samples.remove_manual(sample_id)

    def set_picture(self, actor: Actor, sample_id: int, upload: Upload) -> SampleRead:
        """Store the picture of a sample, in place of the one before.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_sample")
        with self._unit_of_work():
            return self._samples.set_picture(sample_id, upload)

    def remove_picture(self, actor: Actor, sample_id: int) -> SampleRead:
        """Remove the picture of a sample.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such sample.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_sample")
        with self._unit_of_work():
            return self._samples.remove_picture(sample_id)
