"""Transactions of requests: what an error undoes although it has become a response, and what many at once are told."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client
from ninja import Router

from django_layers.api import if_match, in_thread, public, raises, set_etag
from django_layers.errors import Busy, Conflict, DomainError, NotFound, RuleViolated, Stale
from django_layers.repositories import database_unit_of_work
from django_layers.schemas import RequestSchema
from tests.api.serving import api_of, client_of, urls_of
from tests.bookings.models import Booking
from tests.bookings.repositories import BookingInsert, DjangoBookingRepository
from tests.depot.models import Counter
from tests.depot.repositories import CounterChanges, CounterInsert, CounterRead, Counters
from tests.repositories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 32
IMPATIENT = {
    "postgresql": "SET LOCAL lock_timeout = '50ms'",
    "mysql": "SET SESSION innodb_lock_wait_timeout = 1",
}
unit_of_work = database_unit_of_work()
many_writers = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time.")


class CounterWrite(RequestSchema):
    """What a caller sends."""

    name: str = "a"
    value: int = 0


class CounterService:
    """The rules of counters."""

    def create(self, data: CounterWrite) -> CounterRead:
        """Store a counter."""
        with unit_of_work():
            return Counters().add(CounterInsert(name=data.name, value=data.value))

    def change(self, key: int, data: CounterWrite, version: int | None) -> CounterRead:
        """Change a counter."""
        with unit_of_work():
            return Counters().update(key, CounterChanges(value=data.value), version=version)

    def change_impatiently(self, key: int) -> CounterRead:
        """Change a counter, if nobody else does meanwhile."""
        with unit_of_work():
            with connection.cursor() as cursor:
                cursor.execute(IMPATIENT[connection.vendor])
            return Counters().update(key, CounterChanges(value=1))

    def fail(self, error: Exception) -> None:
        """Store a counter, and fail before the unit of work ends."""
        with unit_of_work():
            Counters().add(CounterInsert(name="undone", value=0))
            raise error

    def dangle(self) -> None:
        """Store a booking of a place that is not there."""
        with unit_of_work():
            DjangoBookingRepository().add(BookingInsert(place_id=10**9))


service = CounterService()
router = Router()


@router.post("/counters", auth=public, response={201: CounterRead})
@raises(Conflict)
def create(request: HttpRequest, data: CounterWrite) -> CounterRead:
    """Store a counter."""
    return service.create(data)


@router.patch("/counters/{key}", auth=public, response=CounterRead)
@raises(NotFound, Stale)
def change(request: HttpRequest, response: HttpResponse, key: int, data: CounterWrite) -> CounterRead:
    """Change a counter."""
    counter = service.change(key, data, if_match(request))
    set_etag(response, Counter.objects.get(pk=key).version)
    return counter


@router.post("/counters/{key}/impatient", auth=public, response=CounterRead)
@raises(NotFound, Busy)
def change_impatiently(request: HttpRequest, key: int) -> CounterRead:
    """Change a counter, if nobody else does meanwhile."""
    return service.change_impatiently(key)


@router.post("/dangling", auth=public, response=None)
@raises(RuleViolated)
def dangle(request: HttpRequest) -> None:
    """Store a booking of a place that is not there."""
    service.dangle()


def failing(error: Exception, *, asynchronous: bool = False) -> Router:
    """Return a router whose one endpoint fails in its service, after a write of its own."""
    failing = Router()

    if asynchronous:

        @failing.post("/fail", auth=public, response=None)
        async def fail_later(request: HttpRequest) -> None:
            await in_thread(service.fail, error)

    else:

        @failing.post("/fail", auth=public, response=None)
        def fail(request: HttpRequest) -> None:
            # The request's own write shows what becomes of the transaction around it.
            Counter.objects.create(name="request")
            service.fail(error)

    return failing


def names() -> list[str]:
    return list(Counter.objects.order_by("name").values_list("name", flat=True))


@pytest.fixture(params=[False, True], ids=["autocommit", "atomic_requests"])
def atomic_requests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", request.param)
    return bool(request.param)


@pytest.mark.usefixtures("atomic_requests")
@pytest.mark.parametrize(
    ("error", "status"),
    [(Conflict(), 409), (NotFound("counter"), 404), (Stale(), 412), (Busy(), 503), (RuleViolated(), 422)],
)
def test_an_error_that_becomes_a_response_undoes_what_the_service_wrote(
    settings: Any, error: DomainError, status: int
) -> None:
    response = client_of(settings, api_of(failing(error)), token="").post("/api/fail")
    assert response.status_code == status
    # Django commits: to it the request has ended well.
    assert names() == ["request"]


def test_an_error_that_nobody_foresaw_undoes_it_as_well(settings: Any, atomic_requests: bool) -> None:
    response = client_of(settings, api_of(failing(ZeroDivisionError())), token="").post("/api/fail")
    assert response.status_code == 500
    assert names() == ["request"]


@pytest.mark.usefixtures("atomic_requests")
def test_an_asynchronous_endpoint_undoes_it_as_well(settings: Any) -> None:
    settings.ROOT_URLCONF = urls_of(api_of(failing(Conflict(), asynchronous=True)))
    response = async_to_sync(AsyncClient().post)("/api/fail")
    assert response.status_code == 409
    assert names() == []


def test_an_endpoint_that_succeeds_is_kept(settings: Any, atomic_requests: bool) -> None:
    client = client_of(settings, api_of(router), token="")
    assert client.post("/api/counters", {"name": "kept"}, content_type="application/json").status_code == 201
    assert names() == ["kept"]


def test_a_reference_to_nothing_is_no_fault_of_the_server(settings: Any) -> None:
    response = client_of(settings, api_of(router), token="").post("/api/dangling")
    assert (response.status_code, response.json()["code"]) == (422, "reference_missing")
    assert [error["field"] for error in response.json()["errors"]] == ["place_id"]
    assert not Booking.objects.exists()


@many_writers
class TestManyAtOnce:
    def test_of_equal_posts_one_is_201_and_the_others_are_409(self, settings: Any, atomic_requests: bool) -> None:
        settings.ROOT_URLCONF = urls_of(api_of(router))
        answers = at_once(
            [lambda: Client().post("/api/counters", {"name": "same"}, content_type="application/json")] * WRITERS
        )
        statuses = [getattr(answer, "status_code", answer) for answer in answers]
        assert sorted(statuses, key=str) == [201, *[409] * (WRITERS - 1)]
        refused = next(answer.json() for answer in answers if getattr(answer, "status_code", 0) == 409)  # type: ignore[union-attr]
        assert [error["field"] for error in refused["errors"]] == ["name"]
        assert names() == ["same"]

    def test_of_changes_of_one_version_one_is_200_and_the_others_are_412(self, settings: Any) -> None:
        settings.ROOT_URLCONF = urls_of(api_of(router))
        counter = Counter.objects.create(name="a")

        def change(value: int) -> Any:
            path, body = f"/api/counters/{counter.pk}", {"value": value}
            return Client().patch(
                path, body, content_type="application/json", headers={"If-Match": f'"{counter.version}"'}
            )

        answers: list[Any] = at_once([lambda value=value: change(value) for value in range(1, WRITERS + 1)])
        (kept,) = [answer for answer in answers if answer.status_code == 200]
        assert [answer.status_code for answer in answers].count(412) == WRITERS - 1
        counter.refresh_from_db()
        assert (counter.value, counter.version) == (kept.json()["value"], 2)
        assert kept["ETag"] == '"2"'

    def test_who_waits_for_a_lock_in_vain_is_told_503_and_when_to_come_back(self, settings: Any) -> None:
        settings.ROOT_URLCONF = urls_of(api_of(router))
        counter = Counters().add(CounterInsert(name="a", value=0))
        is_locked, may_go = Event(), Event()

        def keep() -> None:
            with unit_of_work():
                Counters().lock(counter.id)
                is_locked.set()
                may_go.wait(timeout=30)

        def ask() -> Any:
            is_locked.wait(timeout=30)
            try:
                return Client().post(f"/api/counters/{counter.id}/impatient")
            finally:
                may_go.set()

        _, answer = at_once([keep, ask])
        assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "lock_timeout", "1")
        assert "errors" not in answer.json()
        assert Counters().get(counter.id).value == 0
