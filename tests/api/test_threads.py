"""Asynchronous endpoints: from the request to the service and back."""

import asyncio
import contextvars
import json
import logging
import threading

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.contrib.auth.models import Group, User
from django.core.asgi import get_asgi_application
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, AsyncRequestFactory
from ninja import File, Query, Router
from ninja.errors import ConfigError
from ninja.files import UploadedFile
from ninja.security import HttpBearer
from ninja.streaming import JSONL
from ninja.throttling import BaseThrottle

from django_layers.api import (
    SessionAuthentication,
    if_match,
    in_thread,
    public,
    raises,
    set_etag,
    upload_of,
    user_of,
)
from django_layers.errors import Conflict, NotFound, Stale
from django_layers.schemas import Page, PageQuery, RequestSchema, ResponseSchema
from tests.api.serving import api_of, bearer, urls_of

flavour = contextvars.ContextVar("flavour", default="plain")


class GroupRead(ResponseSchema):
    id: int
    name: str


class InternalGroup(GroupRead):
    secret: str = "hunter2"


class GroupCreate(RequestSchema):
    name: str


class GroupService:
    """Asks the database, as services do."""

    def page(self, query: PageQuery) -> Page[GroupRead]:
        rows = Group.objects.order_by("pk")[: query.limit]
        return Page[GroupRead](items=tuple(self._read(group) for group in rows), next_cursor=None)

    def create(self, data: GroupCreate) -> GroupRead:
        with transaction.atomic():
            group = Group.objects.create(name=data.name)
            if Group.objects.filter(name=data.name).count() > 1 or data.name == "taken":
                raise Conflict("There is a group of this name.", fields=("name",))
            return self._read(group)

    def rename(self, key: int, data: GroupCreate, *, expected_version: int | None) -> GroupRead:
        if expected_version not in (None, 1):
            raise Stale
        if not Group.objects.filter(pk=key).update(name=data.name):
            raise NotFound("group")
        return self._read(Group.objects.get(pk=key))

    @staticmethod
    def _read(group: Group) -> GroupRead:
        return InternalGroup(id=group.pk, name=group.name)


@pytest.fixture
def router():
    router = Router()
    service = GroupService()

    @router.get("/groups", response=Page[GroupRead])
    async def list_groups(request: HttpRequest, query: Query[PageQuery]) -> Page[GroupRead]:
        return await in_thread(service.page, query)

    @router.post("/groups", response={201: GroupRead})
    @raises(Conflict)
    async def create_group(request: HttpRequest, data: GroupCreate) -> GroupRead:
        return await in_thread(service.create, data)

    @router.patch("/groups/{group_id}", response=GroupRead)
    @raises(NotFound, Stale)
    async def rename_group(request: HttpRequest, response: HttpResponse, group_id: int, data: GroupCreate) -> GroupRead:
        group = await in_thread(service.rename, group_id, data, expected_version=if_match(request))
        set_etag(response, 2)
        return group

    @router.post("/groups/{group_id}/badge", response=int)
    async def set_badge(request: HttpRequest, group_id: int, badge: File[UploadedFile]) -> int:
        return (await in_thread(upload_of, badge, max_size=10, images_only=False)).size

    @router.get("/me", response=str)
    async def get_me(request: HttpRequest) -> str:
        return str(user_of(request))

    @router.get("/broken", auth=public)
    async def broken(request: HttpRequest) -> None:
        raise ValueError("secret")

    return router


class Caller(AsyncClient):
    """A client that sends a token, to Django's handler of ASGI, and gets 500 as a response."""

    def __init__(self, token, *, enforce_csrf):
        super().__init__(enforce_csrf_checks=enforce_csrf, raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def generic(self, *args, headers=None, **options):
        return super().generic(*args, headers={**self._headers, **(headers or {})}, **options)


def client_of(settings, *routers, token="alice", enforce_csrf=False, **options):
    settings.ROOT_URLCONF = urls_of(api_of(*routers, **options))
    return Caller(token, enforce_csrf=enforce_csrf)


def ask(client, method, path, **options):
    return async_to_sync(getattr(client, method))(path, **options)


def test_a_call_gives_back_what_the_function_returns():
    assert async_to_sync(in_thread)(divmod, 7, 2) == (3, 1)


def test_a_call_raises_what_the_function_raises():
    def refuse(*, name: str) -> None:
        raise Conflict(fields=(name,))

    async def call() -> None:
        await in_thread(refuse, name="x")

    with pytest.raises(Conflict) as refusal:
        async_to_sync(call)()
    assert refusal.value.fields == ("x",)


def test_calls_of_one_request_share_a_thread_that_is_not_the_loop_s():
    async def threads() -> list[int]:
        return [threading.get_ident(), *[await in_thread(threading.get_ident) for _ in range(2)]]

    loop, first, second = async_to_sync(threads)()

    assert first == second == threading.get_ident()
    assert loop != first


def test_context_variables_go_there_and_back():
    def change() -> str:
        before = flavour.get()
        flavour.set("sour")
        return before

    async def call() -> tuple[str, str]:
        flavour.set("sweet")
        return await in_thread(change), flavour.get()

    assert async_to_sync(call)() == ("sweet", "sour")


def test_an_asynchronous_function_is_refused():
    async def call() -> None:
        await in_thread(asyncio.sleep, 0)

    with pytest.raises(TypeError, match="sync"):
        async_to_sync(call)()


def test_a_server_gives_each_request_a_thread_for_all_its_calls(settings):
    router = Router()

    @router.get("/threads", response=list[int], auth=public)
    async def get_threads(request: HttpRequest) -> list[int]:
        return [threading.get_ident(), *[await in_thread(threading.get_ident) for _ in range(2)]]

    settings.ROOT_URLCONF = urls_of(api_of(router))
    scope = AsyncRequestFactory()._base_scope(path="/api/threads", headers=[(b"host", b"testserver")])

    async def ask_server() -> list[int]:
        server = ApplicationCommunicator(get_asgi_application(), {**scope, "type": "http"})
        await server.send_input({"type": "http.request", "body": b""})
        start, body = [await server.receive_output() for _ in range(2)]
        await server.wait()
        assert start["status"] == 200
        return json.loads(body["body"])

    loop, first, second = async_to_sync(ask_server)()

    assert first == second != loop


@pytest.mark.django_db
def test_a_service_asks_the_database_of_the_test(settings, router):
    Group.objects.create(name="bakers")

    response = ask(client_of(settings, router), "get", "/api/groups", data={"limit": "1"})

    assert response.status_code == 200
    assert response.json()["items"] == [{"id": Group.objects.get().pk, "name": "bakers"}]
    assert b"hunter2" not in response.content


@pytest.mark.django_db
def test_a_row_is_created(settings, router):
    response = ask(
        client_of(settings, router), "post", "/api/groups", data={"name": "bakers"}, content_type="application/json"
    )

    assert response.status_code == 201
    assert response.json()["name"] == Group.objects.get().name == "bakers"


@pytest.mark.django_db
def test_a_refusal_of_the_domain_is_a_problem_and_leaves_nothing(settings, router):
    response = ask(
        client_of(settings, router), "post", "/api/groups", data={"name": "taken"}, content_type="application/json"
    )

    assert (response.status_code, response["Content-Type"]) == (409, "application/problem+json")
    assert response.json()["errors"][0]["field"] == "name"
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "field"),
    [
        ("get", "/api/groups", {"data": {"limt": "1"}}, 422, "limt"),
        ("get", "/api/groups", {"data": {"limit": "x"}}, 422, "query.limit"),
        ("post", "/api/groups", {"data": {"x": 1}, "content_type": "application/json"}, 422, "name"),
        ("post", "/api/groups", {"data": "{", "content_type": "application/json"}, 400, None),
        ("put", "/api/groups", {}, 405, None),
        ("get", "/api/nothing", {}, 404, None),
    ],
)
def test_a_wrong_request_is_a_problem(settings, router, method, path, options, status, field):
    response = ask(client_of(settings, router), method, path, **options)

    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    if field:
        assert field.rsplit(".", 1)[-1] in {error["field"] for error in response.json()["errors"]}


def test_what_an_endpoint_refuses_is_in_the_document(router):
    paths = api_of(router).get_openapi_schema(path_prefix="")["paths"]

    assert {401, 409, 422} <= set(paths["/groups"]["post"]["responses"])
    assert {404, 412} <= set(paths["/groups/{group_id}"]["patch"]["responses"])


@pytest.mark.django_db
@pytest.mark.parametrize(("header", "status"), [("", 200), ('"1"', 200), ('"3"', 412), ("3", 422)])
def test_preconditions_hold(settings, router, header, status):
    group = Group.objects.create(name="bakers")
    headers = {"If-Match": header} if header else {}

    response = ask(
        client_of(settings, router),
        "patch",
        f"/api/groups/{group.pk}",
        data={"name": "cooks"},
        content_type="application/json",
        headers=headers,
    )

    assert response.status_code == status
    assert response.headers.get("ETag") == ('"2"' if status == 200 else None)


@pytest.mark.parametrize(("content", "status"), [(b"x" * 10, 200), (b"x" * 11, 422), (b"", 422)])
def test_an_upload_is_checked(settings, router, content, status):
    response = ask(
        client_of(settings, router),
        "post",
        "/api/groups/1/badge",
        data={"badge": SimpleUploadedFile("badge.bin", content)},
    )

    assert response.status_code == status


@pytest.mark.django_db
def test_a_session_is_read_without_blocking_the_loop(settings, router):
    client = client_of(settings, router, token="", auth=[bearer(), SessionAuthentication()])
    assert ask(client, "get", "/api/me").status_code == 401

    client.force_login(User.objects.create_user("carol"))

    assert ask(client, "get", "/api/me").json() == "carol"


@pytest.mark.django_db
def test_a_session_needs_the_csrf_token_to_change_something(settings, router):
    client = client_of(settings, router, token="", auth=SessionAuthentication(), enforce_csrf=True)
    client.force_login(User.objects.create_user("carol"))

    response = ask(client, "post", "/api/groups", data={"name": "x"}, content_type="application/json")

    assert response.json()["code"] == "csrf_failed"


def test_a_bearer_token_may_be_looked_up_in_the_database(settings, router, django_user_model, db):
    django_user_model.objects.create_user("carol")

    class Tokens(HttpBearer):
        def authenticate(self, request, token):
            return django_user_model.objects.filter(username=token).first()

    class AsynchronousTokens(HttpBearer):
        async def authenticate(self, request, token):
            return await django_user_model.objects.filter(username=token).afirst()

    for auth in (Tokens(), AsynchronousTokens()):
        client = client_of(settings, router, token="carol", auth=auth)

        assert ask(client, "get", "/api/me").json() == "carol"
        assert ask(client, "get", "/api/me", headers={"Authorization": "Bearer x"}).status_code == 401


class ThreeGroups(BaseThrottle):
    """Counts in the database, and lets nobody in once there are three rows."""

    def allow_request(self, request: HttpRequest) -> bool:
        Group.objects.create(name=f"{user_of(request)} {Group.objects.count()}")
        return Group.objects.count() < 3

    def wait(self) -> float:
        return 7.0


@pytest.mark.django_db
@pytest.mark.parametrize("throttled", ["endpoint", "api"])
def test_a_throttle_may_count_in_the_database_and_is_asked_once_who_calls_is_known(settings, throttled):
    limited = Router()
    throttle = ThreeGroups()

    @limited.get("/often", response=str, **({"throttle": throttle} if throttled == "endpoint" else {}))
    async def often(request: HttpRequest) -> str:
        return "here"

    client = client_of(settings, limited, **({"throttle": throttle} if throttled == "api" else {}))
    assert ask(Caller("", enforce_csrf=False), "get", "/api/often").status_code == 401
    assert Group.objects.count() == 0
    statuses = [ask(client, "get", "/api/often").status_code for _ in range(2)]
    refused = ask(client, "get", "/api/often")

    assert statuses == [200, 200]
    assert (refused.status_code, refused["Retry-After"], refused.json()["code"]) == (429, "7", "throttled")
    assert Group.objects.filter(name__startswith="alice").count() == 3


@pytest.mark.django_db
def test_an_unforeseen_error_tells_nothing_and_its_receivers_may_ask_the_database(settings, caplog, router):
    told = []

    def count(sender, **kwargs):
        told.append(sender)
        Group.objects.count()

    got_request_exception.connect(count)
    try:
        with caplog.at_level(logging.ERROR, "django.request"):
            response = ask(client_of(settings, router), "get", "/api/broken")
    finally:
        got_request_exception.disconnect(count)

    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in response.content
    assert [str(record.exc_info[1]) for record in caplog.records] == ["secret"]
    assert len(told) == 1


def test_a_stream_is_written_item_by_item(settings):
    router = Router()

    @router.get("/stream", response=JSONL[GroupRead])
    async def stream(request: HttpRequest):
        yield InternalGroup(id=1, name="bakers")

    async def content() -> bytes:
        response = await client_of(settings, router).get("/api/stream")
        return b"".join([chunk async for chunk in response])

    assert async_to_sync(content)() == b'{"id": 1, "name": "bakers"}\n'


@pytest.fixture
def atomic_requests():
    """Let requests be transactions."""
    before = connection.settings_dict["ATOMIC_REQUESTS"]
    connection.settings_dict["ATOMIC_REQUESTS"] = True
    yield
    connection.settings_dict["ATOMIC_REQUESTS"] = before


@pytest.mark.django_db
@pytest.mark.usefixtures("atomic_requests")
def test_where_requests_are_transactions_its_services_have_their_own(settings, router):
    client = client_of(settings, router)
    options = {"content_type": "application/json"}

    assert ask(client, "post", "/api/groups", data={"name": "taken"}, **options).status_code == 409
    assert not Group.objects.exists()
    assert ask(client, "post", "/api/groups", data={"name": "bakers"}, **options).status_code == 201
    assert Group.objects.get().name == "bakers"


@pytest.mark.usefixtures("atomic_requests")
def test_a_synchronous_endpoint_does_not_lose_its_transaction_to_an_asynchronous_one(settings, router):
    @router.delete("/groups", response={204: None})
    def delete_groups(request: HttpRequest) -> None:
        Group.objects.all().delete()

    with pytest.raises(ConfigError, match="delete_groups is synchronous"):
        client_of(settings, router)


def test_synchronous_and_asynchronous_endpoints_share_a_path_else(settings, router):
    @router.delete("/groups", response={204: None})
    def delete_groups(request: HttpRequest) -> None:
        return None

    assert ask(client_of(settings, router), "delete", "/api/groups").status_code == 204
