"""The rules of samples, on in-memory repositories."""

import datetime as dt
from io import BytesIO

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.schemas import Upload
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.sample import SampleCreate, SampleQuery, SampleUpdate
from recipes.services.sample import SampleService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.sample import requested_sample, stored_sample
from recipes.tests.memory import memory_database, sample_service

EDITOR = Actor.user(
    ALICE.user_id,
    permissions=[
        "recipes.add_sample",
        "recipes.change_sample",
        "recipes.delete_sample",
    ],
)


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def samples(database: MemoryDatabase) -> SampleService:
    return sample_service(database)


def test_a_created_sample_can_be_read(
    samples: SampleService, database: MemoryDatabase
) -> None:
    request = requested_sample(database)

    created = samples.create(EDITOR, request)

    assert samples.get(BOB, created.id) == created
    assert created.line == request.line
    assert created.nickname == request.nickname
    assert created.text == request.text
    assert created.number == request.number
    assert created.big == request.big
    assert created.small == request.small
    assert created.ratio == request.ratio
    assert created.price == request.price
    assert created.active == request.active
    assert created.day == request.day
    assert created.moment == request.moment
    assert created.at == request.at
    assert created.length == request.length
    assert created.code == request.code
    assert created.email == request.email
    assert created.site == request.site
    assert created.slug == request.slug
    assert created.address == request.address
    assert created.data == request.data
    assert created.level == request.level


def test_what_a_new_sample_leaves_out_has_its_default(
    samples: SampleService, database: MemoryDatabase
) -> None:
    request = requested_sample(database)

    created = samples.create(
        EDITOR,
        SampleCreate(
            line=request.line,
            text=request.text,
            number=request.number,
            big=request.big,
            ratio=request.ratio,
            price=request.price,
            day=request.day,
            moment=request.moment,
            length=request.length,
            code=request.code,
            email=request.email,
            slug=request.slug,
            address=request.address,
            level=request.level,
        ),
    )

    assert created.nickname is None
    assert created.small is None
    assert created.active is False
    assert created.at == dt.time(9, 0)
    assert created.site == ""
    assert created.data is None


def test_a_list_holds_the_stored_samples(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)

    assert samples.page(BOB, SampleQuery()).items == (sample,)


def test_a_change_keeps_what_it_leaves_out(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)

    assert samples.update(EDITOR, sample.id, SampleUpdate()) == sample


def test_every_field_that_can_be_changed_is(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    request = requested_sample(database)

    changed = samples.update(
        EDITOR,
        sample.id,
        SampleUpdate(
            line=request.line,
            nickname=request.nickname,
            text=request.text,
            number=request.number,
            big=request.big,
            small=request.small,
            ratio=request.ratio,
            price=request.price,
            active=request.active,
            day=request.day,
            moment=request.moment,
            at=request.at,
            length=request.length,
            code=request.code,
            email=request.email,
            site=request.site,
            slug=request.slug,
            address=request.address,
            data=request.data,
            level=request.level,
        ),
    )

    assert changed.id == sample.id
    assert changed.line == request.line
    assert changed.nickname == request.nickname
    assert changed.text == request.text
    assert changed.number == request.number
    assert changed.big == request.big
    assert changed.small == request.small
    assert changed.ratio == request.ratio
    assert changed.price == request.price
    assert changed.active == request.active
    assert changed.day == request.day
    assert changed.moment == request.moment
    assert changed.at == request.at
    assert changed.length == request.length
    assert changed.code == request.code
    assert changed.email == request.email
    assert changed.site == request.site
    assert changed.slug == request.slug
    assert changed.address == request.address
    assert changed.data == request.data
    assert changed.level == request.level


def test_a_deleted_sample_is_gone(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)

    samples.delete(EDITOR, sample.id)

    with pytest.raises(NotFound):
        samples.get(EDITOR, sample.id)


def test_only_a_sample_that_is_there_can_be_referred_to(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)

    samples.require(BOB, sample.id)
    samples.delete(EDITOR, sample.id)
    with pytest.raises(NotFound):
        samples.require(BOB, sample.id)


def test_samples_are_written_with_the_permission_only(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    request = requested_sample(database)

    with pytest.raises(Forbidden):
        samples.create(BOB, request)
    with pytest.raises(Forbidden):
        samples.update(BOB, sample.id, SampleUpdate())
    with pytest.raises(Forbidden):
        samples.delete(BOB, sample.id)


def test_each_permission_lets_do_one_thing(
    samples: SampleService, database: MemoryDatabase
) -> None:
    adder = Actor.user(BOB.user_id, permissions=["recipes.add_sample"])
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_sample"])
    deleter = Actor.user(BOB.user_id, permissions=["recipes.delete_sample"])

    sample = samples.create(adder, requested_sample(database))
    assert samples.update(changer, sample.id, SampleUpdate()) == sample
    samples.delete(deleter, sample.id)
    assert samples.page(BOB, SampleQuery()).items == ()


def test_nobody_cannot_read_samples(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)

    with pytest.raises(NotAuthenticated):
        samples.get(NOBODY, sample.id)
    with pytest.raises(NotAuthenticated):
        samples.require(NOBODY, sample.id)
    with pytest.raises(NotAuthenticated):
        samples.page(NOBODY, SampleQuery())


def test_nobody_cannot_write_samples(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    request = requested_sample(database)

    with pytest.raises(NotAuthenticated):
        samples.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        samples.update(NOBODY, sample.id, SampleUpdate())
    with pytest.raises(NotAuthenticated):
        samples.delete(NOBODY, sample.id)


def test_the_manual_of_a_sample_can_be_set_and_removed(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    assert samples.set_manual(EDITOR, sample.id, upload).manual is not None
    assert samples.remove_manual(EDITOR, sample.id).manual is None


def test_only_who_may_change_a_sample_sets_its_manual(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    with pytest.raises(Forbidden):
        samples.set_manual(BOB, sample.id, upload)
    with pytest.raises(Forbidden):
        samples.remove_manual(BOB, sample.id)


def test_a_holder_of_the_permission_sets_the_manual_of_a_sample(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_sample"])

    assert samples.set_manual(changer, sample.id, upload).manual is not None
    assert samples.remove_manual(changer, sample.id).manual is None


def test_the_picture_of_a_sample_can_be_set_and_removed(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    assert samples.set_picture(EDITOR, sample.id, upload).picture is not None
    assert samples.remove_picture(EDITOR, sample.id).picture is None


def test_only_who_may_change_a_sample_sets_its_picture(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    with pytest.raises(Forbidden):
        samples.set_picture(BOB, sample.id, upload)
    with pytest.raises(Forbidden):
        samples.remove_picture(BOB, sample.id)


def test_a_holder_of_the_permission_sets_the_picture_of_a_sample(
    samples: SampleService, database: MemoryDatabase
) -> None:
    sample = stored_sample(database)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_sample"])

    assert samples.set_picture(changer, sample.id, upload).picture is not None
    assert samples.remove_picture(changer, sample.id).picture is None
