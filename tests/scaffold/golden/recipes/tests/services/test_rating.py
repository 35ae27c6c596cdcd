"""The rules of ratings, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.rating import RatingCreate, RatingLevel, RatingQuery, RatingUpdate
from recipes.services.rating import RatingService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.rating import requested_rating, stored_rating
from recipes.tests.memory import memory_database, rating_service


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def ratings(database: MemoryDatabase) -> RatingService:
    return rating_service(database)


def test_a_created_rating_can_be_read(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    request = requested_rating(database)

    created = ratings.create(ALICE, request)

    assert ratings.get(BOB, created.id) == created
    assert created.recipe_id == request.recipe_id
    assert created.stars == request.stars
    assert created.comment == request.comment
    assert created.user_id == ALICE.user_id


def test_what_a_new_rating_leaves_out_has_its_default(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    request = requested_rating(database)

    created = ratings.create(
        ALICE,
        RatingCreate(
            recipe_id=request.recipe_id,
            stars=request.stars,
        ),
    )

    assert created.comment == ""


def test_a_list_holds_the_stored_ratings(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    assert ratings.page(BOB, RatingQuery()).items == (rating,)


def test_a_change_keeps_what_it_leaves_out(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    assert ratings.update(ALICE, rating.id, RatingUpdate()) == rating


def test_every_field_that_can_be_changed_is(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)
    request = requested_rating(database)

    changed = ratings.update(
        ALICE,
        rating.id,
        RatingUpdate(
            stars=request.stars,
            comment=request.comment,
        ),
    )

    assert changed.id == rating.id
    assert changed.stars == request.stars
    assert changed.comment == request.comment


def test_a_deleted_rating_is_gone(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    ratings.delete(ALICE, rating.id)

    with pytest.raises(NotFound):
        ratings.get(ALICE, rating.id)


def test_only_a_rating_that_is_there_can_be_referred_to(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    ratings.require(BOB, rating.id)
    ratings.delete(ALICE, rating.id)
    with pytest.raises(NotFound):
        ratings.require(BOB, rating.id)


def test_a_rating_cannot_refer_to_a_missing_recipe(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    request = requested_rating(database).model_copy(update={"recipe_id": 999_999_999})

    with pytest.raises(NotFound):
        ratings.create(ALICE, request)


def test_others_cannot_change_a_rating(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    with pytest.raises(Forbidden):
        ratings.update(BOB, rating.id, RatingUpdate())
    with pytest.raises(Forbidden):
        ratings.delete(BOB, rating.id)


def test_each_permission_opens_the_ratings_of_others(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_rating"])
    deleter = Actor.user(BOB.user_id, permissions=["recipes.delete_rating"])

    assert ratings.update(changer, rating.id, RatingUpdate()) == rating
    ratings.delete(deleter, rating.id)
    assert ratings.page(BOB, RatingQuery()).items == ()


def test_nobody_cannot_read_ratings(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    with pytest.raises(NotAuthenticated):
        ratings.get(NOBODY, rating.id)
    with pytest.raises(NotAuthenticated):
        ratings.require(NOBODY, rating.id)
    with pytest.raises(NotAuthenticated):
        ratings.page(NOBODY, RatingQuery())


def test_nobody_cannot_write_ratings(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)
    request = requested_rating(database)

    with pytest.raises(NotAuthenticated):
        ratings.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        ratings.update(NOBODY, rating.id, RatingUpdate())
    with pytest.raises(NotAuthenticated):
        ratings.delete(NOBODY, rating.id)


def test_praise_answers_with_what_is_stored(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    changed = ratings.praise(ALICE, rating.id)

    assert changed.id == rating.id
    assert ratings.get(BOB, rating.id) == changed


def test_praise_of_a_missing_rating_is_refused(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        ratings.praise(ALICE, 999_999_999)


def test_praise_is_for_who_may_change_a_rating(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_rating"])

    with pytest.raises(Forbidden):
        ratings.praise(BOB, rating.id)
    ratings.praise(changer, rating.id)


def test_praise_is_not_for_nobody(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    with pytest.raises(NotAuthenticated):
        ratings.praise(NOBODY, rating.id)


def level_request(database: MemoryDatabase) -> RatingLevel:
    """Return a request to level all ratings of the actor."""
    request = requested_rating(database)
    return RatingLevel(
        stars=request.stars,
        by=2,
    )


def test_level_stores_what_it_is_told(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)
    data = level_request(database)

    (changed,) = ratings.level(ALICE, data)

    assert changed.id == rating.id
    assert ratings.get(BOB, rating.id) == changed
    assert changed.stars == data.stars


def test_level_leaves_the_ratings_of_others_alone(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    rating = stored_rating(database, ALICE)

    assert ratings.level(BOB, level_request(database)) == ()
    assert ratings.get(ALICE, rating.id) == rating


def test_level_is_not_for_nobody(
    ratings: RatingService, database: MemoryDatabase
) -> None:
    data = level_request(database)

    with pytest.raises(NotAuthenticated):
        ratings.level(NOBODY, data)
